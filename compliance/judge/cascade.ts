/**
 * What a stateful step that did not happen means for the stateful steps after it. A phase is *tripped* by such a step;
 * stateful steps of the phase itself and of phases that depend on it are then not run.
 */
import type { Phase, Step, Storyboard } from '../storyboard.ts';
import type { Policy } from '../policy.ts';
import type { Skip, SkipCause, SkipReason, StepOutcome, StepReport } from '../step-report.ts';
import { branchSets } from './branch-sets.ts';

/** The step that tripped a phase. */
export interface Trip {
  readonly phase_id: string;
  readonly step_id: string;
  readonly because: string;
}

interface PhaseState {
  readonly trip?: Trip;
  /** Skips that count only when nothing made up for them by the end of the phase. */
  readonly deferred: readonly { readonly step_id: string; readonly kind: 'missing' | 'not_applicable' }[];
}

/** State of every phase that was reached. */
export type Cascade = ReadonlyMap<string, PhaseState>;

export const NO_CASCADE: Cascade = new Map();

/** Applicability that says nothing about the seller's state. */
const HARMLESS: ReadonlySet<SkipCause | undefined> = new Set([
  'oauth_not_advertised', 'force_scenario_unsupported', 'capability_unsupported', 'phase_condition', 'rate_limit_not_triggered',
]);
/** What the step lacked of others. */
const NEEDS: ReadonlySet<SkipReason> = new Set(['prerequisite_failed', 'unsatisfied_contract']);
const UNTOUCHED: PhaseState = { deferred: [] };

/** The trip that keeps a stateful step of this phase from running. Peers of the same branch set do not block each other. */
export function blockedBy(cascade: Cascade, storyboard: Storyboard, phase: Phase): Trip | undefined {
  return [phase.id, ...dependencies(storyboard, phase)].map((id) => cascade.get(id)?.trip).find((trip) => trip !== undefined);
}

/** The earlier phases whose state a phase builds on. */
export function dependencies(storyboard: Storyboard, phase: Phase): readonly string[] {
  const sets = branchSets(storyboard);
  const earlier = storyboard.phases.slice(0, storyboard.phases.indexOf(phase)).map(({ id }) => id);
  return (phase.depends_on ?? earlier).filter((id) => !(sets.has(phase.id) && sets.get(id) === sets.get(phase.id)));
}

/** Takes note of a stateful step's outcome. */
export function recordOutcome(
  cascade: Cascade, phase: Phase, step: Step, outcome: StepOutcome, skippedState: Policy['skippedState'] = 'trips'
): Cascade {
  if (!step.stateful || outcome.kind === 'passed') return cascade;
  const state = cascade.get(phase.id) ?? UNTOUCHED;
  const trip = (because: string): PhaseState => ({ ...state, trip: { phase_id: phase.id, step_id: step.id, because } });
  if (skippedState === 'ignored' && outcome.kind === 'skipped' && NEEDS.has(outcome.skip.reason)) return cascade;
  const next = outcome.kind === 'failed' ? trip('it failed') : afterSkip(state, phase, step, outcome.skip, trip);
  return new Map(cascade).set(phase.id, next);
}

function afterSkip(state: PhaseState, phase: Phase, step: Step, skip: Skip, trip: (because: string) => PhaseState): PhaseState {
  const unlessTripped = (next: PhaseState): PhaseState => (state.trip === undefined ? next : state);
  switch (skip.reason) {
    case 'missing_tool': case 'missing_test_controller':
      if (substitutesOf(phase, step).length > 0) return { ...state, deferred: [...state.deferred, { step_id: step.id, kind: 'missing' }] };
      return isSoleStateful(phase, step) ? state : unlessTripped(trip(`it was skipped (${skip.reason})`));
    case 'not_applicable':
      if (HARMLESS.has(skip.cause) || isSoleStateful(phase, step)) return state;
      return { ...state, deferred: [...state.deferred, { step_id: step.id, kind: 'not_applicable' }] };
    case 'prerequisite_failed': case 'unsatisfied_contract': return unlessTripped(trip(`it was skipped (${skip.reason})`));
    case 'no_phases': case 'requirement_unmet': case 'peer_branch_taken': case 'peer_substituted': return state;
  }
}

/** Settles what was deferred: trips the phase, or regrades a missing step whose substitute passed. */
export function closePhase(cascade: Cascade, phase: Phase, reports: readonly StepReport[]): {
  readonly cascade: Cascade;
  readonly regraded: readonly StepReport[];
} {
  const state = cascade.get(phase.id);
  if (state === undefined || state.deferred.length === 0) return { cascade, regraded: [] };
  const own = reports.filter((report) => report.address.phase_id === phase.id);
  const passed = new Set(own.filter((report) => report.outcome.kind === 'passed').map((report) => report.address.step_id));
  const regraded: StepReport[] = [];
  let trip = state.trip;
  for (const { step_id, kind } of state.deferred) {
    const step = phase.steps.find(({ id }) => id === step_id)!;
    const substitute = kind === 'missing' ? substitutesOf(phase, step).find((id) => passed.has(id)) : undefined;
    const report = own.find(({ address }) => address.step_id === step_id)!;
    if (substitute !== undefined)
      regraded.push({
        ...report,
        outcome: {
          kind: 'skipped', skip: { reason: 'peer_substituted', detail: `${step_id} state provided by ${phase.id}.${substitute}` },
        },
      });
    else if (kind === 'missing' || !phase.steps.some((other) => other.stateful && passed.has(other.id)))
      trip ??= { phase_id: phase.id, step_id, because: 'it was skipped and nothing stood in for it' };
  }
  return { cascade: new Map(cascade).set(phase.id, { deferred: [], ...(trip !== undefined && { trip }) }), regraded };
}

/** What the detail of a skip adds when the phase has no other state to lose. */
export function exemptionNote(phase: Phase, step: Step): string {
  return step.stateful && isSoleStateful(phase, step) && substitutesOf(phase, step).length === 0
    ? ' (later steps still run: no other step of the phase is stateful)' : '';
}

function substitutesOf(phase: Phase, step: Step): readonly string[] {
  return phase.steps.filter((other) => other.provides_state_for.includes(step.id)).map((other) => other.id);
}

const isSoleStateful = (phase: Phase, step: Step): boolean => phase.steps.every((other) => other === step || !other.stateful);
