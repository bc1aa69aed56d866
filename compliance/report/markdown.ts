/** A run for the page of a CI job: the verdict, the counts, and each failure with the command that repeats it. GitHub's Markdown. */
import type { Notice } from '../events.ts';
import { formatAddress, type StepReport } from '../step-report.ts';
import { plural } from './conclusion.ts';
import { countSteps } from './counts.ts';
import { failureText, headline } from './failure-text.ts';
import { fenceNote } from './fence.ts';
import type { FinishedRun } from './finished-run.ts';
import { code, folded, foreignBlock, foreignCode, idCode, table } from './markdown-text.ts';
import { newFailures } from './new-failures.ts';
import { NO_SCHEMAS } from './no-schemas.ts';
import { paint } from './paint.ts';
import { problemText } from './problem-text.ts';
import { showId } from './quote.ts';
import { type StoryboardRecord, verdictOf } from './run-record.ts';
import { shownValues } from './step-result.ts';
import { checkCounts, stepCounts } from './summary.ts';
import { trackStatuses } from './tracks.ts';
import { transportLines } from './transport-differences.ts';
import { isGradedInPart } from './ungraded.ts';

/** A job page takes 1 MiB. */
const MAX_FAILURES = 40;
const MAX_BLOCK = 6000;
const MAX_LEFT_OUT = 200;

const SIGNS = { passed: '✅', failed: '❌', unproven: '❗', not_applicable: '➖', incomplete: '⏳' } as const;

export function markdownReport(run: FinishedRun): string {
  const { conclusion, nonce } = run;
  return `${[
    `## ${conclusion.exit_code === 0 ? '✅' : '❌'} ${conclusion.kind.replaceAll('_', ' ')}`,
    foreignCode(run.redact.text(conclusion.detail), nonce, 1000), facts(run), counts(run), tracks(run), ...unreached(run), ...failures(run), ...broken(run),
    ...unproven(run), ...advisories(run), ...transports(run), ...baseline(run), ...storyboards(run), ...leftOut(run), ...notices(run), `<sub>${fenceNote(nonce)}</sub>`,
  ].filter((part) => part !== '').join('\n\n')}\n`;
}

function facts({ record, redact }: FinishedRun): string {
  const { run, profile } = record;
  if (run === undefined) return '';
  return table(['what', ''], [
    ['seller', code(redact.text(run.seller_url))], ['bundle', `${code(run.bundle.source)}, version ${code(run.bundle.version)}`],
    ['SHA-256', code(run.bundle.digest)], ['schemas', run.bundle.schemas === null ? NO_SCHEMAS : code(run.bundle.schemas)],
    ['requests', `${run.request_policy}, seed ${code(redact.text(run.seed))}`],
    ...(profile === undefined ? [] : [['answered with', plural(profile.tools.size, 'tool', 'tools')]]),
  ]);
}

/** Advisory failures stand beside those that count. */
function counts({ record }: FinishedRun): string {
  const steps = stepCounts(record);
  const { advisory_failed: advisory, unknown } = checkCounts(record.reports.flatMap(({ validations }) => validations));
  return table(
    ['steps', 'passed', 'failed', 'skipped', 'not run', '[ADVISORY] failed', 'ungraded checks'],
    [[steps.planned, steps.passed, steps.failed_optional === 0 ? steps.failed : `${steps.failed} (${steps.failed_optional} optional)`,
      steps.skipped, steps.not_run, advisory, unknown]]
  );
}

function tracks({ record, nonce }: FinishedRun): string {
  const statuses = Object.entries(trackStatuses(record.storyboards.values()));
  return statuses.length === 0 ? '' : table(['track', 'status'], statuses.map(([track, status]) => [idCode(track, nonce), status]));
}

function unreached({ record, redact, nonce }: FinishedRun): readonly string[] {
  const { discoveryFailure, refusal } = record;
  return [
    ...(discoveryFailure === undefined ? [] : [foreignBlock(redact.text(discoveryFailure.failure.message).slice(0, MAX_BLOCK), nonce)]),
    ...(refusal === undefined ? [] : [foreignBlock(redact.text(refusal.message).slice(0, MAX_BLOCK), nonce)]),
  ];
}

function failures(run: FinishedRun): readonly string[] {
  const all = newFailures(run);
  if (all.length === 0) return [];
  const rest = all.length - MAX_FAILURES;
  return [
    `### ${plural(all.length, 'failed step', 'failed steps')}`, ...all.slice(0, MAX_FAILURES).map((report) => failure(report, run)),
    ...(rest > 0 ? [`… and ${rest} more: the other reports hold them all.`] : []),
  ];
}

function failure(report: StepReport, { redact, rerun, nonce }: FinishedRun): string {
  const text = redact.text(failureText(report, { colours: paint(false), redact, rerun, verbose: false }));
  const shown = text.length <= MAX_BLOCK ? text : `${text.slice(0, MAX_BLOCK)}\n… (${text.length} characters)`;
  return `#### ${idCode(formatAddress(report.address), nonce)}\n\n${foreignBlock(shown, nonce)}`;
}

function broken({ record, nonce }: FinishedRun): readonly string[] {
  const problems = (record.plan?.entries ?? []).flatMap((entry) => (entry.kind === 'broken' ? entry.problems : []));
  if (problems.length === 0) return [];
  const text = problems.slice(0, MAX_FAILURES).map((problem) => problemText(problem, paint(false))).join('\n\n');
  return ['### Broken storyboards', foreignBlock(text, nonce)];
}

function unproven({ record, nonce }: FinishedRun): readonly string[] {
  const ids = [...record.storyboards.values()].filter((storyboard) => verdictOf(storyboard) === 'unproven').map(({ id }) => id);
  return ids.length === 0 ? [] : ['### Unproven: nothing failed, and nothing was shown', ids.map((id) => `- ${idCode(id, nonce)}`).join('\n')];
}

/** Findings that count for nothing, and must not be taken for those that do. */
function advisories({ record, redact, nonce }: FinishedRun): readonly string[] {
  const lines = record.reports.flatMap((report) => report.validations.flatMap(({ check, finding, severity }) => {
    if (finding.kind !== 'failed' || severity !== 'advisory') return [];
    const text = headline(check, finding, shownValues(check, finding, redact));
    return [`[ADVISORY] ${showId(formatAddress(report.address))}: ${check}: ${text}`];
  }));
  if (lines.length === 0) return [];
  const shown = [...lines.slice(0, MAX_FAILURES), ...(lines.length > MAX_FAILURES ? [`… and ${lines.length - MAX_FAILURES} more`] : [])];
  return [folded(`${lines.length} [ADVISORY] findings, which are not counted`, foreignBlock(shown.join('\n'), nonce))];
}

/** Where the answers over MCP and over A2A differ, when both were asked. */
function transports({ record, nonce }: FinishedRun): readonly string[] {
  const lines = transportLines(record);
  return lines.length === 0 ? [] : ['### MCP and A2A', foreignBlock(lines.join('\n'), nonce)];
}

function baseline({ baseline: compared, nonce }: FinishedRun): readonly string[] {
  if (compared === undefined) return [];
  const reasons = new Map(compared.entries.map(({ address, reason }) => [address, reason]));
  const rows = (['known', 'mended', 'ungraded'] as const).flatMap((what) => compared.comparison[what].map((address) => {
    const reason = reasons.get(address);
    return [what, idCode(address, nonce), reason === undefined ? '' : foreignCode(reason, nonce)];
  }));
  return rows.length === 0 ? [] : ['### Baseline', table(['entry', 'step', 'reason'], rows)];
}

function storyboards({ record, nonce }: FinishedRun): readonly string[] {
  const all = [...record.storyboards.values()];
  if (all.length === 0) return [];
  const row = (storyboard: StoryboardRecord): readonly (string | number)[] => {
    const steps = countSteps(storyboard.planned.size, storyboard.reports.values());
    const verdict = verdictOf(storyboard);
    const sign = verdict === 'passed' && isGradedInPart(storyboard) ? '❔' : SIGNS[verdict];
    const { passed, failed, skipped } = steps;
    return [`${sign} ${verdict.replace('_', ' ')}`, idCode(storyboard.id, nonce), passed, failed, skipped, Math.round(storyboard.duration_ms)];
  };
  const rows = table(['verdict', 'storyboard', 'passed', 'failed', 'skipped', 'ms'], all.map(row));
  return [folded(plural(all.length, 'storyboard', 'storyboards'), rows)];
}

function leftOut({ record, nonce }: FinishedRun): readonly string[] {
  const all = record.plan?.not_selected ?? [];
  if (all.length === 0) return [];
  const rows = all.slice(0, MAX_LEFT_OUT).map(({ storyboard_id: id, reason, detail }) => [idCode(id, nonce), reason, foreignCode(detail, nonce)]);
  return [folded(`${plural(all.length, 'storyboard', 'storyboards')} not selected`, table(['storyboard', 'reason', 'why'], rows))];
}

function notices({ record, nonce }: FinishedRun): readonly string[] {
  if (record.notices.length === 0) return [];
  const line = ({ severity, code: name, message }: Notice): string => `- ${severity} ${code(name)}: ${foreignCode(message, nonce)}`;
  return ['### Notices', record.notices.map(line).join('\n')];
}
