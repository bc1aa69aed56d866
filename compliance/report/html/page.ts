/** A run as one HTML file: browsable without a network or a server, with nothing in it that foreign text could set going. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatAddress } from '../../step-report.ts';
import { failureHeadline } from '../failure-headline.ts';
import { fenceNote } from '../fence.ts';
import type { FinishedRun } from '../finished-run.ts';
import { newFailures } from '../new-failures.ts';
import { NO_SCHEMAS } from '../no-schemas.ts';
import { problemText } from '../problem-text.ts';
import { paint } from '../paint.ts';
import { type StoryboardRecord, verdictOf } from '../run-record.ts';
import { checkCounts, stepCounts } from '../summary.ts';
import { trackStatuses } from '../tracks.ts';
import { transportLines } from '../transport-differences.ts';
import { anchor, foreign, idOf, text } from './foreign.ts';
import { storyboardHtml } from './storyboard.ts';

const asset = (name: string): string => readFileSync(join(import.meta.dirname, name), 'utf8');
const hash = (content: string): string => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
/** What the filter offers: a verdict of storyboards or of their steps. */
const FILTERS = ['failed', 'unproven', 'incomplete', 'passed', 'skipped', 'not_applicable'] as const;

/** More failures than these are folded, so that the page stays a list. */
const MAX_UNFOLDED = 30;

export function htmlReport(run: FinishedRun): string {
  const [style, script] = [asset('page.css'), asset('browse.js')];
  const { record, conclusion, nonce } = run;
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; base-uri 'none'; form-action 'none'`;
  return `${[
    '<!doctype html>', '<html lang="en">', '<head>', '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`, '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">', `<title>${text(verdictText(run))}: ${text(sellerOf(run))}</title>`,
    `<style>${style}</style>`, '</head>', '<body>', '<a class="skip" href="#storyboards">To the storyboards</a>',
    `<header><div><h1><span class="${conclusion.exit_code === 0 ? 'passed' : 'failed'}">${text(verdictText(run))}</span></h1>`,
    `<p>${foreign(run.redact.text(conclusion.detail), nonce)}</p>`, facts(run), filters([...record.storyboards.values()]), '</div></header>',
    '<main id="storyboards">', ...reasons(run), ...failures(run), ...tracks(run), ...broken(run), ...transports(run), ...baseline(run),
    ...leftOut(run), ...notices(run), '</main>',
    `<footer><p>${text(fenceNote(nonce))}</p></footer>`, `<script>${script}</script>`, '</body>', '</html>',
  ].join('\n')}\n`;
}

const verdictText = ({ conclusion }: FinishedRun): string => conclusion.kind.replaceAll('_', ' ').toUpperCase();
const sellerOf = ({ record, redact }: FinishedRun): string => redact.text(record.run?.seller_url ?? '');

function facts(run: FinishedRun): string {
  const { record, redact } = run;
  const steps = stepCounts(record);
  const { advisory_failed: advisory, unknown } = checkCounts(record.reports.flatMap(({ validations }) => validations));
  const optional = steps.failed_optional === 0 ? '' : ` (${steps.failed_optional} in optional phases)`;
  const rows: readonly (readonly [string, string])[] = [
    ['seller', sellerOf(run)],
    ...(record.run === undefined ? [] : [
      ['bundle', `${record.run.bundle.source}, version ${record.run.bundle.version}, sha256 ${record.run.bundle.digest.slice(0, 12)}`] as const,
      ['schemas', record.run.bundle.schemas ?? NO_SCHEMAS] as const,
      ['requests', `${record.run.request_policy}, seed ${redact.text(record.run.seed)}`] as const,
    ]),
    ['began', `${new Date(record.startedAtMs).toISOString()}, took ${((record.finishedAtMs - record.startedAtMs) / 1000).toFixed(1)} s`],
    ['steps', `${steps.planned} planned = ${steps.passed} passed + ${steps.failed} failed${optional} + ${steps.skipped} skipped`
      + ` + ${steps.not_run} not run`],
    ['checks', `[ADVISORY] ${advisory} failed; ${unknown} of kinds that the judge does not know`],
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${text(value)}</dd>`).join('')}</dl>`;
}

/** Shown by the script that makes them work. */
function filters(storyboards: readonly StoryboardRecord[]): string {
  const verdicts = new Set<string>(
    storyboards.flatMap((each) => [verdictOf(each), ...[...each.reports.values()].map(({ outcome }) => outcome.kind)])
  );
  const button = (verdict: string, pressed: boolean): string =>
    `<button type="button" data-verdict="${verdict}" aria-pressed="${pressed}">${verdict === '' ? 'all' : verdict.replace('_', ' ')}</button>`;
  return [
    '<div class="tools" role="search" hidden>', button('', true),
    ...FILTERS.filter((verdict) => verdicts.has(verdict)).map((verdict) => button(verdict, false)),
    '<input id="search" type="search" placeholder="Search ids, tasks, titles (/)" aria-label="Search">',
    '<span id="told" role="status"></span><span>n, p: next, previous failure</span></div>',
  ].join('');
}

/** Why there is nothing to browse. */
function reasons({ record, redact, nonce }: FinishedRun): readonly string[] {
  const said = [record.discoveryFailure?.failure.message, record.refusal?.message].filter((each) => each !== undefined);
  return said.map((message) => `<pre>${foreign(redact.text(message), nonce)}</pre>`);
}

/** Links to what failed and counts, above everything else. */
function failures(run: FinishedRun): readonly string[] {
  const { redact, nonce } = run;
  const rows = newFailures(run).map((report) => {
    const address = formatAddress(report.address);
    const { kind, text: said } = failureHeadline(report, redact);
    const target = anchor(address);
    const name = target === undefined ? idOf(address, nonce) : `<a href="#${encodeURIComponent(target)}">${text(address)}</a>`;
    return [`<code>${name}</code>`, foreign(`${kind}: ${said}`, nonce)];
  });
  return rows.length === 0 ? [] : [`<h2>Failed steps <small>${rows.length}</small></h2>`, table(rows)];
}

function tracks(run: FinishedRun): readonly string[] {
  const all = [...run.record.storyboards.values()];
  const unfolded = newFailures(run).length <= MAX_UNFOLDED;
  return Object.entries(trackStatuses(all)).map(([track, status]) => [
    `<section class="track"><h2>${idOf(track, run.nonce)} <small>${status}</small></h2>`,
    ...all.filter((storyboard) => storyboard.track === track).map((storyboard) => storyboardHtml(storyboard, run, unfolded)), '</section>',
  ].join('\n'));
}

function broken({ record, nonce }: FinishedRun): readonly string[] {
  const problems = (record.plan?.entries ?? []).flatMap((entry) => (entry.kind === 'broken' ? entry.problems : []));
  if (problems.length === 0) return [];
  return ['<h2>Broken storyboards</h2>', ...problems.map((problem) => `<pre>${foreign(problemText(problem, paint(false)), nonce)}</pre>`)];
}

/** Where the answers over MCP and over A2A differ, when both were asked. */
function transports({ record, nonce }: FinishedRun): readonly string[] {
  const lines = transportLines(record);
  return lines.length === 0 ? [] : [`<h2>MCP and A2A</h2><pre>${foreign(lines.join('\n'), nonce)}</pre>`];
}

function baseline({ baseline: compared, nonce }: FinishedRun): readonly string[] {
  const reasonsOf = new Map(compared?.entries.map(({ address, reason }) => [address, reason]));
  const rows = (['known', 'mended', 'ungraded'] as const).flatMap((what) => (compared?.comparison[what] ?? []).map(
    (address) => [what, `<code>${idOf(address, nonce)}</code>`, foreign(reasonsOf.get(address) ?? '', nonce)]
  ));
  return rows.length === 0 ? [] : ['<h2>Baseline</h2>', table(rows)];
}

function leftOut({ record, nonce }: FinishedRun): readonly string[] {
  const rows = (record.plan?.not_selected ?? []).map(
    ({ storyboard_id: id, reason, detail }) => [`<code>${idOf(id, nonce)}</code>`, reason, foreign(detail, nonce)]
  );
  if (rows.length === 0) return [];
  return [
    `<h2>Not selected <small>${rows.length}</small></h2>`,
    `<details><summary>storyboards that were left out, and why</summary><div class="body">${table(rows)}</div></details>`,
  ];
}

function notices({ record, nonce }: FinishedRun): readonly string[] {
  const rows = record.notices.map(({ severity, code, message }) => [severity, `<code>${idOf(code, nonce)}</code>`, foreign(message, nonce)]);
  return rows.length === 0 ? [] : ['<h2>Notices</h2>', table(rows)];
}

/** @param rows cells that are HTML already */
function table(rows: readonly (readonly string[])[]): string {
  return `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</table>`;
}
