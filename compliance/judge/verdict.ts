/** The verdict on a storyboard, from the outcomes of its steps. */
import type { Phase } from '../storyboard.ts';
import type { Skip, StepReport } from '../step-report.ts';

export type StoryboardVerdict =
  | 'passed'
  /** A step failed that counts, or an invariant of the whole storyboard did. */
  | 'failed'
  /** Nothing failed, and nothing was shown either: its required steps were skipped for missing tools or prerequisites. */
  | 'unproven'
  /** Nothing of it applies to this seller. */
  | 'not_applicable'
  /** The run ended before all of its steps were reached. */
  | 'incomplete';

export interface PhaseResult {
  readonly phase: Phase;
  readonly how: 'ran' | 'capability_gated' | 'condition_met';
  readonly reports: readonly StepReport[];
}

/** Grades a storyboard of which every planned step was reached. Steps that ran as prerequisites can fail it, and prove nothing. */
export function storyboardVerdict(phases: readonly PhaseResult[]): Exclude<StoryboardVerdict, 'incomplete'> {
  const reports = phases.flatMap((phase) => phase.reports);
  if (reports.some((report) => report.outcome.kind === 'failed' && report.outcome.counted)) return 'failed';
  const required = phases.filter(({ phase, reports: own }) => !phase.optional && (own.length === 0 || own.some(asked)));
  const anyPassed = reports.some((report) => asked(report) && passed(report));
  if (required.some(provesSomething)) return 'passed';
  const settled = required.every((phase) => phase.how !== 'ran' || phase.reports.every(isNotApplicable));
  if (!settled) return 'unproven';
  return anyPassed ? 'passed' : 'not_applicable';
}

/** A phase in which at least one step passed and none failed or lacked what it needed. */
function provesSomething({ reports }: PhaseResult): boolean {
  return reports.some((report) => asked(report) && passed(report))
    && reports.every(
      ({ outcome }) => outcome.kind !== 'failed' && !(outcome.kind === 'skipped' && lacksState(outcome.skip))
    );
}

/** A request that the official runner leaves unsent for want of a value says nothing about its phase. */
const lacksState = ({ reason, cause }: Skip): boolean => reason === 'prerequisite_failed' && cause !== 'unresolved_context';
const asked = ({ prerequisite }: StepReport): boolean => !prerequisite;
const passed = ({ outcome }: StepReport): boolean => outcome.kind === 'passed';
const isNotApplicable = ({ outcome }: StepReport): boolean => outcome.kind === 'skipped' && outcome.skip.reason === 'not_applicable';
