/** Which steps of a storyboard run when only some of them were asked for. */
import type { Phase, Step, Storyboard } from '../storyboard.ts';
import { type Address, matchesStep } from './address.ts';

export interface PlannedStep {
  readonly step: Step;
  /** `prerequisite`: not asked for, but an asked one may need its state or captures. */
  readonly role: 'target' | 'prerequisite';
}

export interface StepChoice {
  readonly phase: Phase;
  readonly steps: readonly PlannedStep[];
}

/**
 * The steps that the addresses name, with all earlier steps of their phases and of the phases that these depend on.
 * No addresses, or one that names the whole storyboard: every step.
 */
export function chooseSteps(storyboard: Storyboard, addresses: readonly Address[]): readonly StepChoice[] {
  const isTarget = (phase: Phase, step: Step): boolean =>
    addresses.length === 0 || addresses.some((address) => matchesStep(address, phase.id, step.id));
  const needed = new Map<string, number>();
  const dependencies = dependenciesOf(storyboard);
  for (const phase of storyboard.phases) {
    const last = phase.steps.findLastIndex((step) => isTarget(phase, step));
    if (last < 0) continue;
    needed.set(phase.id, Math.max(last + 1, needed.get(phase.id) ?? 0));
    for (const id of dependencies.get(phase.id) ?? []) needed.set(id, Number.MAX_SAFE_INTEGER);
  }
  return storyboard.phases.flatMap((phase) => {
    const steps = phase.steps.slice(0, needed.get(phase.id) ?? 0).map(
      (step): PlannedStep => ({ step, role: isTarget(phase, step) ? 'target' : 'prerequisite' })
    );
    return steps.length > 0 || addresses.length === 0 ? [{ phase, steps }] : [];
  });
}

/** Whether any step of the storyboard is meant. */
export function selectsAnyStep(storyboard: Storyboard, addresses: readonly Address[]): boolean {
  const whole = addresses.some((address) => address.phase === undefined);
  return whole
    || storyboard.phases.some((phase) => phase.steps.some((step) => addresses.some((address) => matchesStep(address, phase.id, step.id))));
}

/** For each phase, those that it depends on and those that these depend on. Without a declaration, all earlier ones. */
function dependenciesOf(storyboard: Storyboard): ReadonlyMap<string, ReadonlySet<string>> {
  const known = new Map<string, ReadonlySet<string>>();
  for (const { id, depends_on: declared } of storyboard.phases) {
    const earlier = declared?.filter((each) => known.has(each)).flatMap((each) => [each, ...known.get(each)!]);
    known.set(id, new Set(earlier ?? known.keys()));
  }
  return known;
}
