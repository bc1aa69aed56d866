/** A finished storyboard on one line of a terminal; every step on a line of its own when that is wanted. */
import type { StepReport } from '../step-report.ts';
import { plural } from './conclusion.ts';
import { countSteps } from './counts.ts';
import type { FailureStyle } from './failure-text.ts';
import type { Paint } from './paint.ts';
import { cut, showId } from './quote.ts';
import { inPlanOrder, type StoryboardRecord, verdictOf } from './run-record.ts';
import { type Ungraded, ungradedOf } from './ungraded.ts';

const ID_WIDTH = 50;

export function storyboardLine(storyboard: StoryboardRecord, { colours, verbose }: FailureStyle): string {
  const reports = inPlanOrder(storyboard);
  const ungraded = ungradedOf(storyboard);
  const line = [
    `${sign(storyboard, ungraded, colours)} ${showId(storyboard.id).padEnd(ID_WIDTH)} ${tale(storyboard, reports, ungraded)}`,
    duration(storyboard.duration_ms, colours),
  ].join('  ');
  return verbose ? [line, ...reports.map((report) => stepLine(report, colours))].join('\n') : line;
}

/** A storyboard that passed with something that nobody knows has no tick: something of it may not have been graded. */
function sign(storyboard: StoryboardRecord, { checks, members }: Ungraded, colours: Paint): string {
  switch (verdictOf(storyboard)) {
    case 'passed': return checks + members > 0 ? colours.warn('?') : colours.good('✓');
    case 'failed': return colours.bad('✗');
    case 'unproven': return colours.bad('!');
    case 'not_applicable': return colours.dim('-');
    case 'incomplete': return colours.warn('…');
  }
}

function tale(storyboard: StoryboardRecord, reports: readonly StepReport[], { checks, members }: Ungraded): string {
  const verdict = verdictOf(storyboard);
  const only = reports.length === 1 ? reports[0]!.outcome : undefined;
  if (verdict === 'not_applicable' && only?.kind === 'skipped')
    return `not applicable: ${only.skip.reason === 'not_applicable' ? '' : `${only.skip.reason}: `}${cut(only.skip.detail)}`;
  const counts = countSteps(storyboard.planned.size, reports);
  const parts = [
    counts.passed > 0 && `${counts.passed} passed`,
    counts.failed > counts.failed_optional && `${counts.failed - counts.failed_optional} failed`,
    counts.failed_optional > 0 && `${counts.failed_optional} failed (optional)`,
    counts.skipped > 0 && `${counts.skipped} skipped`,
    counts.not_run > 0 && `${counts.not_run} not run`,
    checks > 0 && `? ${plural(checks, 'unknown check', 'unknown checks')}`,
    members > 0 && `? ${plural(members, 'unknown member', 'unknown members')}`,
  ].filter((part) => part !== false);
  const label = verdict === 'unproven' || verdict === 'not_applicable' ? `${verdict.replace('_', ' ')}: ` : '';
  return `${label}${parts.join(', ') || 'no steps'}`;
}

function stepLine(report: StepReport, colours: Paint): string {
  const { outcome, address } = report;
  return [
    `    ${stepSign(report, colours)} ${showId(`${address.phase_id}/${address.step_id}`).padEnd(ID_WIDTH - 4)} ${showId(report.task)}`,
    duration(report.duration_ms, colours),
    ...(report.prerequisite ? ['(prerequisite)'] : []),
    ...(outcome.kind === 'skipped' ? [`${outcome.skip.reason}: ${cut(outcome.skip.detail)}`] : []),
  ].join('  ');
}

function stepSign({ outcome, validations }: StepReport, colours: Paint): string {
  switch (outcome.kind) {
    case 'failed': return colours.bad('✗');
    case 'skipped': return colours.dim('-');
    case 'passed': return validations.some(({ finding }) => finding.kind === 'unknown') ? colours.warn('?') : colours.good('✓');
  }
}

const duration = (ms: number, colours: Paint): string => colours.dim(`${Math.round(ms)} ms`);
