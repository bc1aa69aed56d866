/** The summary of a run on a terminal: what was planned and what became of it, what was left out, the baseline, the verdict. */
import { tally } from './counts.ts';
import type { ComparedBaseline } from './baseline.ts';
import type { Conclusion } from './conclusion.ts';
import type { Paint } from './paint.ts';
import { cut, escapeControls, showId, showText } from './quote.ts';
import type { RunRecord } from './run-record.ts';
import { checkCounts, stepCounts } from './summary.ts';
import { transportLines } from './transport-differences.ts';

const MAX_LINE = 120;

/** @param verbose names each storyboard that was left out */
export function summaryText(record: RunRecord, conclusion: Conclusion, colours: Paint, verbose: boolean): string {
  return [
    ...stepLines(record), checkLine(record), ...leftOutLines(record, verbose), ...transportLines(record),
    ...(record.plan?.remarks ?? []).map((remark) => `note      ${escapeControls(remark)}`),
    ...record.notices.map(({ severity, code, message }) => `notice    ${severity}: ${code}: ${escapeControls(message)}`),
    verdictLine(conclusion, colours),
  ].join('\n');
}

/** Known failures, entries that are none any more, and those that this run did not look at. */
export function baselineText({ entries, comparison }: ComparedBaseline): string | undefined {
  const reasons = new Map(entries.map(({ address, reason }) => [address, reason]));
  const line = (label: string) => (address: string): string => {
    const reason = reasons.get(address);
    return `${label.padEnd(9)} ${showId(address)}${reason === undefined ? '' : `  ${showText(reason)}`}`;
  };
  const { known, mended, ungraded } = comparison;
  const lines = [...known.map(line('known')), ...mended.map(line('mended')), ...ungraded.map(line('ungraded'))];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function stepLines(record: RunRecord): readonly string[] {
  const { planned, passed, failed, failed_optional: optional, skipped, not_run: notRun } = stepCounts(record);
  const prerequisites = record.reports.filter(({ prerequisite }) => prerequisite).length;
  return [
    `steps     ${planned} planned = ${passed} passed + ${failed} failed + ${skipped} skipped + ${notRun} not run`,
    ...(optional > 0 ? [`          ${optional} of the failed lie in optional phases and are not counted`] : []),
    ...(prerequisites > 0 ? [`          ${prerequisites} of them ran as prerequisites of what was selected`] : []),
  ];
}

function checkLine(record: RunRecord): string {
  const checks = checkCounts(record.reports.flatMap(({ validations }) => validations));
  const graded = `${checks.passed} passed, ${checks.failed} failed, ${checks.advisory_failed} advisory failed`;
  return `checks    ${graded}, ${checks.not_applicable} not applicable (${checks.unknown} unknown)`;
}

function leftOutLines(record: RunRecord, verbose: boolean): readonly string[] {
  const skipped = record.reports.flatMap(({ outcome }) => (outcome.kind === 'skipped' ? [outcome.skip.reason] : []));
  const notSelected = (record.plan?.not_selected ?? []).map(({ reason }) => reason);
  const absent = (record.plan?.unresolved ?? []).map(({ id, named_by }) => `${showId(id)} (named by ${showId(named_by)})`);
  return [
    ...(skipped.length === 0 ? [] : [`skipped   ${listed(skipped)}`]),
    ...(notSelected.length === 0 ? [] : [`left out  ${listed(notSelected)} (storyboards${verbose ? '' : '; -v names them'})`]),
    ...(verbose ? notSelectedLines(record) : []),
    ...wrapped('absent    ', absent),
  ];
}

function notSelectedLines({ plan }: RunRecord): readonly string[] {
  return (plan?.not_selected ?? []).map(({ storyboard_id: id, reason, detail }) => `          ${showId(id)}  ${reason}: ${cut(detail)}`);
}

/** Items after a label, over as many lines as they need. */
function wrapped(label: string, items: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= MAX_LINE) lines[lines.length - 1] = `${last}, ${item}`;
    else lines.push(`${lines.length === 0 ? label : ' '.repeat(label.length)}${item}`);
  }
  return lines;
}

const listed = (keys: readonly string[]): string => Object.entries(tally(keys)).map(([name, count]) => `${count} ${name}`).join(', ');

export function verdictLine({ kind, detail, exit_code }: Conclusion, colours: Paint): string {
  const shade = exit_code === 0 ? colours.good : colours.bad;
  return `verdict   ${shade(kind.replaceAll('_', ' ').toUpperCase())}: ${escapeControls(detail)}`;
}
