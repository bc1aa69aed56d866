/** What a person sees of a run: a line for each storyboard as it finishes, then failures, then the summary. Pure text. */
import type { RunEvent } from '../events.ts';
import type { ProblemCode } from '../problem.ts';
import type { Validation } from '../step-report.ts';
import type { ComparedBaseline } from './baseline.ts';
import { type Conclusion, plural } from './conclusion.ts';
import { tally } from './counts.ts';
import { failureText, type FailureStyle, remarkText } from './failure-text.ts';
import { newFailures } from './new-failures.ts';
import { NO_SCHEMAS } from './no-schemas.ts';
import { problemText } from './problem-text.ts';
import { cut, escapeControls, showId, showText } from './quote.ts';
import { type RunRecord, verdictOf } from './run-record.ts';
import { storyboardLine } from './storyboard-line.ts';
import { baselineText, summaryText } from './summary-text.ts';

const MAX_REASONS = 5;
/** Unknown checks stand among the remarks on their steps, references to nothing in the summary. */
const SHOWN_ELSEWHERE: ReadonlySet<ProblemCode> = new Set(['unknown_check', 'unresolved_scenario_reference']);

/** What an event adds to the live output, undefined when it adds nothing. */
export function liveText(event: RunEvent, record: RunRecord, style: FailureStyle): string | undefined {
  const { colours } = style;
  switch (event.kind) {
    case 'run_started': {
      const { bundle, request_policy: policy, seed } = event.run;
      const origin = `${escapeControls(bundle.source)}, version ${escapeControls(bundle.version)}, sha256 ${bundle.digest.slice(0, 12)}`;
      return `bundle    ${origin}\nschemas   ${escapeControls(bundle.schemas ?? NO_SCHEMAS)}\nrequests  ${policy}, seed ${escapeControls(seed)}`;
    }
    case 'seller_discovered': {
      const { url, tools, mcp_version: mcp = '', a2a_version: a2a } = event.profile;
      const [offers, spoken] = a2a === undefined
        ? [plural(tools.size, 'tool', 'tools'), `MCP ${escapeControls(mcp)}`]
        : [plural(tools.size, 'skill', 'skills'), `A2A ${escapeControls(a2a)}`];
      return `seller    ${escapeControls(url)}, ${offers}, ${spoken}\n`;
    }
    case 'discovery_failed': {
      const what = event.authentication ? 'the seller refused the credential (give one with --token)' : 'the seller could not be reached';
      return `${colours.bad(`error[${event.failure.code}]`)}: ${what}: ${showText(event.failure.message)}`;
    }
    case 'run_refused': return `${colours.bad(`error[${event.code}]`)}: ${escapeControls(event.message)}`;
    case 'storyboard_finished': return storyboardLine(record.storyboards.get(event.storyboard_id)!, style);
    default: return undefined;
  }
}

/** Everything after the last storyboard: failures, remarks, broken storyboards, summary, verdict. */
export function finalText(record: RunRecord, conclusion: Conclusion, baseline: ComparedBaseline | undefined, style: FailureStyle): string {
  const broken = record.plan?.entries.flatMap((entry) => (entry.kind === 'broken' ? entry.problems : [])) ?? [];
  const compared = baseline === undefined ? undefined : baselineText(baseline);
  return [
    ...newFailures({ record, ...(baseline !== undefined && { baseline }) }).map((report) => failureText(report, style)),
    ...remarks(record, style),
    ...[...record.storyboards.values()].flatMap(({ warnings }) => warnings).filter(({ code }) => !SHOWN_ELSEWHERE.has(code))
      .map((problem) => problemText(problem, style.colours)),
    ...broken.map((problem) => problemText(problem, style.colours)),
    ...unproven(record, style),
    ...(compared === undefined ? [] : [compared]),
    summaryText(record, conclusion, style.colours, style.verbose),
  ].map((block) => `\n${block}`).join('\n');
}

function remarks(record: RunRecord, style: FailureStyle): readonly string[] {
  const isRemark = ({ finding, severity }: Validation): boolean =>
    finding.kind === 'unknown' || (finding.kind === 'failed' && severity === 'advisory');
  return record.reports.flatMap((report) => report.validations.filter(isRemark).map((validation) => remarkText(report, validation, style)));
}

function unproven(record: RunRecord, { colours }: FailureStyle): readonly string[] {
  return [...record.storyboards.values()].filter((storyboard) => verdictOf(storyboard) === 'unproven').map((storyboard) => {
    const skips = [...storyboard.reports.values()].flatMap(({ outcome }) => (outcome.kind === 'skipped' ? [outcome.skip] : []));
    const reasons = Object.entries(tally(skips.map(({ reason, detail }) => `${reason}: ${cut(detail)}`))).slice(0, MAX_REASONS);
    return [
      `${colours.bad('error[unproven]')}: ${showId(storyboard.id)}: nothing failed, and nothing was shown`,
      ...reasons.map(([reason, count]) => `    | ${count} × ${reason}`),
    ].join('\n');
  });
}
