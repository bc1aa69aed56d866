/** A request that could not be sent because a placeholder has no value: skipped or failed, by who should have given the value. */
import { failed } from '../judge/checks/check.ts';
import type { Fault, Skip, StepReport } from '../step-report.ts';
import { synthesized } from '../step-report.ts';
import type { Step } from '../storyboard.ts';
import type { Unresolved } from './placeholders.ts';
import { failure, skippedReport, type StepRun } from './step-run.ts';
import type { StoryboardState } from './storyboard-state.ts';

export function unresolvedRequest(run: StepRun, report: StepReport, unresolved: readonly Unresolved[]): StepReport {
  const skip = excuse(unresolved, run);
  if (skip !== undefined) return skippedReport(run, report, skip);
  run.state.missed(report.task, run.step.sample_request);
  return { ...report, outcome: failure(run), validations: unresolved.map(({ token }) => {
    const producers = producersOf(token, run.state);
    const problem = `has no value${producerNote(producers)}, so that the request was not sent`;
    const fault: Fault = producers.length > 0
      ? { party: 'seller', reason: 'it follows from the step that should have given the value' }
      : { party: 'storyboard', reason: 'no step before this one can have given it a value' };
    return synthesized(
      'unresolved_substitution', 'every placeholder of the request has a value', failed(token, problem, { expected: token, actual: null, fault }),
      run.step.location
    );
  }) };
}

/** Why nobody is to blame for the missing value, undefined when the step fails by it. */
function excuse(unresolved: readonly Unresolved[], { state, env: { policy } }: StepRun): Skip | undefined {
  const keys = unresolved.filter(({ kind }) => kind === 'context').map(({ token }) => token.slice('$context.'.length));
  const blank = keys.find((key) => state.blankKeys.has(key));
  if (blank !== undefined)
    return { reason: 'not_applicable', cause: 'terminal_page', detail: `${blank} is unset: the seller has no further page` };
  if (keys.length > 0 && policy.unresolvedContext === 'skipped')
    return { reason: 'prerequisite_failed', cause: 'unresolved_context', detail: `unresolved: ${keys.map((key) => `$context.${key}`).join(', ')}` };
  const lost = keys.find((key) => state.failedCaptures.has(key));
  if (lost !== undefined)
    return {
      reason: 'prerequisite_failed', cause: 'capture_failed', detail: `${lost} was not captured by step ${state.failedCaptures.get(lost)!}`,
    };
  const asset = unresolved.find(({ kind }) => kind === 'asset');
  if (asset !== undefined && policy.unfillableSlots === 'skip')
    return { reason: 'not_applicable', cause: 'fixture_unavailable', detail: `fixture_unavailable: ${asset.token}` };
  const runner = unresolved.find(({ kind }) => kind === 'runner');
  if (runner !== undefined)
    return { reason: 'not_applicable', cause: 'probe_unsupported', detail: `this judge does not provide ${runner.token}` };
  const prior = unresolved.find(({ kind }) => kind === 'prior_step');
  return prior === undefined ? undefined : { reason: 'prerequisite_failed', detail: `${prior.token} has no value` };
}

/** The earlier steps that should have given a context key its value, and did not pass. */
function producersOf(token: string, { reports, storyboard }: StoryboardState): readonly StepReport[] {
  const captures = (each: Step): boolean => each.context_outputs.some(({ key }) => token === `$context.${key}`);
  const producers = storyboard.phases.flatMap((phase) => phase.steps.filter(captures).map((step) => `${phase.id}/${step.id}`));
  return reports.filter(
    ({ address, outcome }) => outcome.kind !== 'passed' && producers.includes(`${address.phase_id}/${address.step_id}`)
  );
}

function producerNote([producer]: readonly StepReport[]): string {
  if (producer === undefined) return '';
  return ` (its step ${producer.address.phase_id}/${producer.address.step_id} ${producer.outcome.kind === 'failed' ? 'failed' : 'was skipped'})`;
}
