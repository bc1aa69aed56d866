/** Alternative ways through a storyboard: when one phase of a set succeeds, the failures of its peers are moot. */
import type { Phase, Storyboard } from '../storyboard.ts';
import type { StepReport } from '../step-report.ts';

/** The first step that contributed a flag. */
export interface Contributor {
  readonly phase_id: string;
  readonly step_id: string;
}

/**
 * Phase id -> the set that it belongs to. When no phase of the storyboard declares a set, an optional phase that
 * contributes a flag which some `any_of` check asks for belongs to the set of that flag.
 */
export function branchSets(storyboard: Storyboard): ReadonlyMap<string, string> {
  const declared = storyboard.phases.filter((phase) => phase.branch_set !== undefined);
  if (declared.length > 0) return new Map(declared.map((phase) => [phase.id, phase.branch_set!]));
  const asked = new Set(storyboard.phases.flatMap((phase) => phase.steps).filter((step) => step.task === 'assert_contribution')
    .flatMap(
      (step) => step.validations.filter((check) => check.check === 'any_of').flatMap((check) => flagsOf(check.authored['allowed_values']))
    ));
  return new Map(storyboard.phases.filter((phase) => phase.optional).flatMap((phase) => {
    const flag = phase.steps.map((step) => step.contributes_to).find((each) => each !== undefined && asked.has(each));
    return flag === undefined ? [] : [[phase.id, flag] as const];
  }));
}

/** Regrades the uncounted failures of phases whose peer contributed the flag of their set. */
export function mootFailures(
  phases: readonly Phase[], sets: ReadonlyMap<string, string>, contributions: ReadonlyMap<string, Contributor>, reports: readonly StepReport[],
): readonly StepReport[] {
  return phases.flatMap((phase) => {
    const set = sets.get(phase.id);
    const by = set === undefined ? undefined : contributions.get(set);
    if (set === undefined || by === undefined || by.phase_id === phase.id) return [];
    const detail = `${set} contributed by ${by.phase_id}.${by.step_id} — ${phase.id} is moot`;
    return reports.filter((report) => report.address.phase_id === phase.id && report.outcome.kind === 'failed' && !report.outcome.counted)
      .map((report): StepReport => ({ ...report, outcome: { kind: 'skipped', skip: { reason: 'peer_branch_taken', detail } } }));
  });
}

const flagsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
