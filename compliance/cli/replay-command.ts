/** `storyboard replay REPORT`: asks for what a report was asked for, runs it again, and prints what changed. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { own } from '../json/object.ts';
import { type Change, changesBetween, isReport } from '../report/changes.ts';
import { conclude, plural } from '../report/conclusion.ts';
import { failureText, type FailureStyle } from '../report/failure-text.ts';
import { jsonReport } from '../report/json-report.ts';
import { escapeControls, showId } from '../report/quote.ts';
import { RunRecord } from '../report/run-record.ts';
import { verdictLine } from '../report/summary-text.ts';
import { formatAddress } from '../step-report.ts';
import { chooseBundle } from './chosen-bundle.ts';
import { type CliIo, UsageError } from './io.ts';
import { follow, prepareRun } from './run-command.ts';
import { type RunFlags, runSettings } from './run-options.ts';

export interface ReplayRequest {
  /** File of a JSON report. */
  readonly report: string;
  /** Another seller than the one of the report. */
  readonly url?: string;
  readonly flags: RunFlags;
  readonly given: Parameters<typeof runSettings>[3];
}

/** The exit code is that of the new run. */
export async function replayCommand({ report: file, url, flags, given }: ReplayRequest, io: CliIo): Promise<number> {
  const before = readReport(file, io);
  const asked = own(own(before, 'run'), 'asked');
  const bundle = flags.bundle ?? text(own(asked, 'bundle'));
  const told = (member: string): string | undefined => text(own(own(before, 'run'), member));
  const [transport, compat] = [flags.transport ?? told('transport'), flags.compat ?? told('request_policy')];
  const settings = runSettings(
    { url: url ?? String(own(own(before, 'run'), 'seller_url')), paths: texts(own(asked, 'paths')) },
    {
      ...flags, ...(bundle !== undefined && { bundle }), ...(transport !== undefined && { transport }), ...(compat !== undefined && { compat }),
      select: texts(own(asked, 'select')), exclude: texts(own(asked, 'exclude')),
      track: texts(own(asked, 'tracks')), specialism: texts(own(asked, 'specialisms')),
    },
    io.env, given
  );
  const chosen = await chooseBundle(settings, io);
  if (chosen.bundle.digest !== own(own(own(before, 'run'), 'bundle'), 'digest'))
    io.stderr.write('adwright: the bundle is not the one of the report: its storyboards or kits have changed\n');
  const { events, style } = prepareRun(chosen, settings, io);
  const record = new RunRecord();
  const broke = await follow(events(), record, () => undefined);
  if (broke !== undefined) throw broke.error;
  const conclusion = conclude(record, undefined);
  const { changes, same } = changesBetween(before, jsonReport({ record, conclusion, redact: style.redact, rerun: style.rerun, nonce: '' }));
  for (const change of changes) io.stdout.write(`${style.redact.text(changeText(change, record, style))}\n`);
  const counted = changes.length === 0 ? 'nothing changed' : `${plural(changes.length, 'step', 'steps')} changed`;
  io.stdout.write(`${counted}, ${plural(same, 'step', 'steps')} as before\n${style.redact.text(verdictLine(conclusion, style.colours))}\n`);
  return conclusion.exit_code;
}

function readReport(file: string, io: CliIo): unknown {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(resolve(io.cwd, file), 'utf8'));
  } catch (error) {
    throw new UsageError(`${file} cannot be read as a report: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isReport(report)) throw new UsageError(`${file} is no report of this judge: give one that --json wrote`);
  return report;
}

/** One line, and for a step that fails now the whole story. */
function changeText(change: Change, record: RunRecord, style: FailureStyle): string {
  const { colours } = style;
  const id = showId(change.address).padEnd(60);
  switch (change.kind) {
    case 'new': return `${colours.dim('new')}     ${id} ${escapeControls(change.outcome)}`;
    case 'gone': return `${colours.dim('gone')}    ${id} was ${escapeControls(change.outcome)}`;
    case 'other': return `${colours.warn('other')}   ${id} ${arrow(change)}`;
    case 'mended': return `${colours.good('mended')}  ${id} ${arrow(change)}`;
    case 'broken': {
      const report = record.reports.find(({ address }) => formatAddress(address) === change.address);
      const line = `${colours.bad('broken')}  ${id} ${arrow(change)}`;
      return report === undefined ? line : `${line}\n\n${failureText(report, style)}\n`;
    }
  }
}

const arrow = ({ before, after }: { readonly before: string; readonly after: string }): string => escapeControls(`${before} -> ${after}`);
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);
