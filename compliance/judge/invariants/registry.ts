/** The invariants that hold in every storyboard unless it switches one off. */
import type { Location } from '../../location.ts';
import type { InvariantChoice } from '../../storyboard.ts';
import { synthesized, type Validation } from '../../step-report.ts';
import { conflictNoPayloadLeak } from './conflict-no-payload-leak.ts';
import { denialBlocksMutation } from './denial-blocks-mutation.ts';
import { impairmentCoherence } from './impairment-coherence.ts';
import type { Invariant, InvariantState, StepObservation } from './invariant.ts';
import { noSecretEcho } from './no-secret-echo.ts';
import { statusMonotonic } from './status-monotonic.ts';

const INVARIANTS: readonly Invariant[] = [statusMonotonic, conflictNoPayloadLeak, noSecretEcho, denialBlocksMutation, impairmentCoherence];

export const KNOWN_INVARIANTS: readonly string[] = INVARIANTS.map(({ id }) => id);

export function isKnownInvariant(id: string): boolean {
  return INVARIANTS.some((invariant) => invariant.id === id);
}

/** The states of the invariants that a storyboard is held to. */
export type InvariantStates = ReadonlyMap<string, InvariantState>;

export function beginInvariants(choice: InvariantChoice, secrets: readonly string[]): InvariantStates {
  const active = INVARIANTS.filter(({ id }) => !choice.disable.includes(id) || choice.enable.includes(id));
  return new Map(active.map((invariant) => [invariant.id, invariant.begin(secrets)]));
}

/** Shows a step to every invariant. `disabled` are those that the step is exempt from; they do not see it. */
export function observeInvariants(
  states: InvariantStates, step: StepObservation, disabled: readonly string[], location: Location,
): { readonly states: InvariantStates; readonly violations: readonly Validation[] } {
  const violations: Validation[] = [];
  const next = new Map([...states].map(([id, state]) => {
    if (disabled.includes(id)) return [id, state] as const;
    const observed = state.observe(step);
    if (observed.violation !== undefined) violations.push(violated(id, observed.violation, location));
    return [id, observed.next] as const;
  }));
  return { states: next, violations };
}

function violated(
  id: string, violation: { problem: string; json_pointer?: string; expected?: unknown; actual?: unknown }, location: Location
): Validation {
  return synthesized('assertion', `${id}: ${violation.problem}`, {
    kind: 'failed', subject: id, problem: violation.problem, json_pointer: violation.json_pointer ?? null,
    ...(violation.expected !== undefined && { expected: violation.expected }),
    ...(violation.actual !== undefined && { actual: violation.actual }),
  }, location);
}
