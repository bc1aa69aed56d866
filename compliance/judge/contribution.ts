import type { Step } from '../storyboard.ts';
import type { StepReport } from '../step-report.ts';

const PREDICATE = /^prior_step\.([A-Za-z0-9_]+)\.passed$/;

/** The flag that a step which passed contributes, undefined when it has none or its condition does not hold. */
export function contributedFlag(step: Step, earlier: readonly StepReport[]): string | undefined {
  if (step.contributes_to === undefined || step.contributes_if === undefined) return step.contributes_to;
  const named = PREDICATE.exec(step.contributes_if)?.[1];
  return earlier.some((report) => report.address.step_id === named && report.outcome.kind === 'passed') ? step.contributes_to : undefined;
}
