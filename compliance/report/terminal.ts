/** What a person sees of a run: a line for each storyboard as it finishes, then failures, then the summary. Pure text. */
import type { RunEvent } from '../events.ts';
import type { StepReport, Validation } from '../step-report.ts';
import { formatAddress } from '../step-report.ts';
import type { BaselineComparison, BaselineEntry } from './baseline.ts';
import { type Conclusion, plural } from './conclusion.ts';
import { countSteps, tally } from './counts.ts';
import { failureText, type FailureStyle, remarkText } from './failure-text.ts';
import { problemText } from './problem-text.ts';
import { escapeControls, showId, showText } from './quote.ts';
import { type RunRecord, type StoryboardRecord, verdictOf } from './run-record.ts';
import { checkCounts, stepCounts } from './summary.ts';

const ID_WIDTH = 50;

/** The line (or lines) that an event adds to the live output, undefined when it adds none. */
export function liveText(event: RunEvent, record: RunRecord, style: FailureStyle): string | undefined {
  const { colours, redact } = style;
  switch (event.kind) {
    case 'run_started': return [
      `bundle    ${escapeControls(event.run.bundle.source)}, version ${escapeControls(event.run.bundle.version)}, sha256 ${event.run.bundle.digest.slice(0, 12)}`,
      `requests  ${event.run.request_policy}, seed ${escapeControls(event.run.seed)}`,
    ].join('\n');
    case 'seller_discovered': return `seller    ${escapeControls(redact.text(event.profile.url))}, ${plural(event.profile.tools.size, 'tool', 'tools')}, MCP ${escapeControls(event.profile.mcp_version)}\n`;
    case 'discovery_failed': return `${colours.bad(`error[${event.failure.code}]`)}: ${event.authentication ? 'the seller refused the credential' : 'the seller could not be reached'}: ${showText(redact.text(event.failure.message))}`;
    case 'run_refused': return `${colours.bad(`error[${event.code}]`)}: ${escapeControls(event.message)}`;
    case 'storyboard_finished': return storyboardLine(record.storyboards.get(event.storyboard_id)!, style);
    default: return undefined;
  }
}

function storyboardLine(storyboard: StoryboardRecord, { colours, verbose }: FailureStyle): string {
  const reports = [...storyboard.reports.values()];
  const unknown = checkCounts(reports.flatMap(({ validations }) => validations)).unknown;
  const line = `${sign(storyboard, unknown, colours)} ${showId(storyboard.id).padEnd(ID_WIDTH)} ${tale(storyboard, reports, unknown)}  ${colours.dim(`${Math.round(storyboard.duration_ms)} ms`)}`;
  return verbose ? [line, ...reports.map((report) => stepLine(report, colours))].join('\n') : line;
}

function sign(storyboard: StoryboardRecord, unknown: number, colours: FailureStyle['colours']): string {
  switch (verdictOf(storyboard)) {
    case 'passed': return unknown > 0 ? colours.warn('?') : colours.good('✓');
    case 'failed': return colours.bad('✗');
    case 'unproven': return colours.bad('!');
    case 'not_applicable': return colours.dim('-');
    case 'incomplete': return colours.warn('…');
  }
}

function tale(storyboard: StoryboardRecord, reports: readonly StepReport[], unknown: number): string {
  const verdict = verdictOf(storyboard);
  const only = reports.length === 1 ? reports[0]!.outcome : undefined;
  if (verdict === 'not_applicable' && only?.kind === 'skipped') return `not applicable: ${only.skip.reason === 'not_applicable' ? '' : `${only.skip.reason}: `}${cut(only.skip.detail)}`;
  const counts = countSteps(storyboard.planned.size, reports);
  const parts = [
    counts.passed > 0 && `${counts.passed} passed`, counts.failed > counts.failed_optional && `${counts.failed - counts.failed_optional} failed`,
    counts.failed_optional > 0 && `${counts.failed_optional} failed (optional)`, counts.skipped > 0 && `${counts.skipped} skipped`,
    counts.not_run > 0 && `${counts.not_run} not run`, unknown > 0 && `? ${plural(unknown, 'unknown check', 'unknown checks')}`,
  ].filter((part) => part !== false);
  return `${verdict === 'unproven' || verdict === 'not_applicable' ? `${verdict.replace('_', ' ')}: ` : ''}${parts.join(', ') || 'no steps'}`;
}

function stepLine(report: StepReport, colours: FailureStyle['colours']): string {
  const { outcome, validations, address } = report;
  const unknown = validations.some(({ finding }) => finding.kind === 'unknown');
  const mark = outcome.kind === 'failed' ? colours.bad('✗') : outcome.kind === 'skipped' ? colours.dim('-') : unknown ? colours.warn('?') : colours.good('✓');
  const why = outcome.kind === 'skipped' ? `  ${outcome.skip.reason}: ${cut(outcome.skip.detail)}` : '';
  return `    ${mark} ${showId(`${address.phase_id}/${address.step_id}`).padEnd(ID_WIDTH - 4)} ${showId(report.task)}  ${colours.dim(`${Math.round(report.duration_ms)} ms`)}${report.prerequisite ? ' (prerequisite)' : ''}${why}`;
}

/** Everything after the last storyboard: failures, remarks, summary, verdict. */
export function finalText(record: RunRecord, conclusion: Conclusion, baseline: { readonly entries: readonly BaselineEntry[]; readonly comparison: BaselineComparison } | undefined, style: FailureStyle): string {
  const known = new Set(baseline?.comparison.known ?? []);
  const failures = record.reports.filter((report) => report.outcome.kind === 'failed' && report.outcome.counted && !known.has(formatAddress(report.address)));
  const broken = record.plan?.entries.flatMap((entry) => (entry.kind === 'broken' ? entry.problems : [])) ?? [];
  return [
    ...failures.map((report) => failureText(report, style)), ...remarks(record, style), ...broken.map((problem) => problemText(problem, style.colours)),
    ...unproven(record, style), ...baselineText(baseline), [...summaryLines(record), verdictLine(conclusion, style)].join('\n'),
  ].map((block) => `\n${block}`).join('\n');
}

function remarks(record: RunRecord, style: FailureStyle): readonly string[] {
  const isRemark = ({ finding, severity }: Validation): boolean => finding.kind === 'unknown' || (finding.kind === 'failed' && severity === 'advisory');
  return record.reports.flatMap((report) => report.validations.filter(isRemark).map((validation) => remarkText(report, validation, style)));
}

function unproven(record: RunRecord, { colours }: FailureStyle): readonly string[] {
  return [...record.storyboards.values()].filter((storyboard) => verdictOf(storyboard) === 'unproven').map((storyboard) => {
    const reasons = Object.entries(tally([...storyboard.reports.values()].flatMap(({ outcome }) => (outcome.kind === 'skipped' ? [`${outcome.skip.reason}: ${cut(outcome.skip.detail)}`] : []))));
    return [`${colours.bad('error[unproven]')}: ${showId(storyboard.id)}: nothing failed, and nothing was shown`, ...reasons.slice(0, 5).map(([reason, count]) => `    | ${count} × ${reason}`)].join('\n');
  });
}

function baselineText(baseline: { readonly entries: readonly BaselineEntry[]; readonly comparison: BaselineComparison } | undefined): readonly string[] {
  if (baseline === undefined) return [];
  const reasons = new Map(baseline.entries.map(({ address, reason }) => [address, reason]));
  const line = (label: string) => (address: string): string => `${label.padEnd(9)} ${showId(address)}${reasons.get(address) === undefined ? '' : `  ${showText(reasons.get(address)!)}`}`;
  const { known, mended, ungraded } = baseline.comparison;
  const lines = [...known.map(line('known')), ...mended.map(line('mended')), ...ungraded.map(line('ungraded'))];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function summaryLines(record: RunRecord): readonly string[] {
  const steps = stepCounts(record);
  const checks = checkCounts(record.reports.flatMap(({ validations }) => validations));
  const skipped = Object.entries(tally(record.reports.flatMap(({ outcome }) => (outcome.kind === 'skipped' ? [outcome.skip.reason] : []))));
  const notSelected = Object.entries(tally((record.plan?.not_selected ?? []).map(({ reason }) => reason)));
  const unresolved = record.plan?.unresolved ?? [];
  const prerequisites = record.reports.filter(({ prerequisite }) => prerequisite).length;
  return [
    `steps     ${steps.planned} planned = ${steps.passed} passed + ${steps.failed} failed + ${steps.skipped} skipped + ${steps.not_run} not run${steps.failed_optional > 0 ? ` (${steps.failed_optional} of the failed in optional phases, not counted)` : ''}`,
    ...(prerequisites > 0 ? [`          ${prerequisites} of them ran as prerequisites of what was selected`] : []),
    `checks    ${checks.passed} passed, ${checks.failed} failed, ${checks.advisory_failed} advisory failed, ${checks.not_applicable} not applicable (${checks.unknown} unknown)`,
    ...(skipped.length === 0 ? [] : [`skipped   ${listed(skipped)}`]),
    ...(notSelected.length === 0 ? [] : [`left out  ${listed(notSelected)} (storyboards)`]),
    ...(unresolved.length === 0 ? [] : [`absent    ${unresolved.map(({ id, named_by }) => `${showId(id)} (named by ${showId(named_by)})`).join(', ')}`]),
    ...(record.plan?.remarks ?? []).map((remark) => `note      ${escapeControls(remark)}`),
    ...record.notices.map(({ severity, code, message }) => `notice    ${severity}: ${code}: ${escapeControls(message)}`),
  ];
}

const listed = (entries: readonly (readonly [string, number])[]): string => entries.map(([name, count]) => `${count} ${name}`).join(', ');

function verdictLine({ kind, detail, exit_code }: Conclusion, { colours }: FailureStyle): string {
  const shade = exit_code === 0 ? colours.good : colours.bad;
  return `verdict   ${shade(kind.replaceAll('_', ' ').toUpperCase())}: ${escapeControls(detail)}`;
}

const cut = (text: string): string => {
  const safe = escapeControls(text);
  return safe.length > 160 ? `${safe.slice(0, 160)}…` : safe;
};
