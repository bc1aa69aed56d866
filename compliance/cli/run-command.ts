/** `storyboard run`: opens the bundle, runs, prints, writes reports, and gives the exit code. */
import { accessSync, constants, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { secretsOf } from '../credential.ts';
import { systemClock } from '../execute/clock.ts';
import type { PollingTimes } from '../execute/run-environment.ts';
import { runSuite } from '../execute/run.ts';
import { own } from '../json/object.ts';
import { type Bundle, shownName } from '../load/bundle.ts';
import { type Address } from '../plan/address.ts';
import { apiKeysOf, basicCredential, namesOf, type OperatorTokens, withKeyOfEnvironment } from '../plan/kit-credential.ts';
import { filesMatching } from '../plan/plan.ts';
import { type BaselineEntry, compareBaseline, readBaseline, writeBaseline } from '../report/baseline.ts';
import { conclude } from '../report/conclusion.ts';
import type { FailureStyle } from '../report/failure-text.ts';
import { jsonReport } from '../report/json-report.ts';
import { paint } from '../report/paint.ts';
import { redactor } from '../report/redact.ts';
import { RunRecord } from '../report/run-record.ts';
import { finalText, liveText } from '../report/terminal.ts';
import { openBundleOption } from './bundle-option.ts';
import { type CliIo, coloursWanted, EXIT_INCOMPLETE, UsageError } from './io.ts';
import type { RunSettings } from './run-options.ts';

const POLLING: PollingTimes = { intervalMs: 1500, timeoutMs: 30_000 };

export async function runCommand(settings: RunSettings, io: CliIo): Promise<number> {
  const bundle = openBundleOption(settings.bundle, io);
  refuseUnmatched(bundle, '--select', settings.select);
  refuseUnmatched(bundle, '--exclude', settings.exclude);
  refuseUnknownKits(bundle, settings.tokens);
  const entries = settings.baseline === undefined ? undefined : knownFailures(settings, io);
  for (const file of [...settings.jsonFiles, ...(settings.updateBaseline ? [settings.baseline!] : [])]) refuseUnwritable(file, io);
  const secrets = [...operatorSecrets(settings), ...kitSecrets(bundle, settings.tokens)];
  const style = styleOf(settings, secrets, io);
  const human = settings.jsonFiles.includes('-') ? io.stderr : io.stdout;
  const record = await follow(bundle, settings, secrets, io, (sofar, event) => {
    const text = liveText(event, sofar, style);
    if (text !== undefined) human.write(`${style.redact.text(text)}\n`);
  });
  const finished = conclude(record, undefined).exit_code !== EXIT_INCOMPLETE;
  const current = entries !== undefined && settings.updateBaseline && finished ? rewriteBaseline(record, entries, settings, io) : entries;
  const comparison = current === undefined ? undefined : compareBaseline(record, current);
  const conclusion = conclude(record, comparison);
  const compared = current === undefined || comparison === undefined ? undefined : { entries: current, comparison };
  human.write(`${style.redact.text(finalText(record, conclusion, compared, style))}\n`);
  if (settings.jsonFiles.length > 0) {
    const json = JSON.stringify(
      jsonReport(record, conclusion, { redact: style.redact, ...(comparison !== undefined && { comparison }) }), null, 2
    );
    for (const file of settings.jsonFiles) write(file, `${json}\n`, io);
  }
  return conclusion.exit_code;
}

type Listener = (record: RunRecord, event: Parameters<RunRecord['add']>[0]) => void;

async function follow(bundle: Bundle, settings: RunSettings, secrets: readonly string[], io: CliIo, listen: Listener): Promise<RunRecord> {
  const record = new RunRecord();
  const events = runSuite({
    url: settings.url, bundle, select: settings.select, exclude: settings.exclude, tokens: settings.tokens, secrets, seed: settings.seed,
    limits: { timeoutMs: settings.timeoutMs, maxBytes: settings.maxBytes }, polling: pollingTimes(io), clock: io.clock ?? systemClock,
    signal: io.signal,
    ...(settings.deadlineMs !== undefined && { deadlineMs: settings.deadlineMs }),
  });
  for await (const event of events) {
    record.add(event);
    listen(record, event);
  }
  return record;
}

function styleOf(settings: RunSettings, secrets: readonly string[], io: CliIo): FailureStyle {
  return {
    colours: paint(coloursWanted(io, settings.color)), redact: redactor(secrets), verbose: settings.verbose,
    rerun: {
      url: settings.url, hasToken: settings.tokens.token !== undefined, kits: [...settings.tokens.kitTokens.keys()],
      ...(settings.bundle !== undefined && { bundle: settings.bundle }),
    },
  };
}

function refuseUnmatched(bundle: Bundle, flag: string, addresses: readonly Address[]): void {
  for (const address of addresses) {
    if (filesMatching(bundle, [address]).length > 0) continue;
    const near = bundle.files.flatMap(({ reading }) => (reading.kind === 'storyboard' ? [reading.storyboard.id] : []))
      .filter((id) => id.includes(address.storyboard) || address.storyboard.includes(id)).slice(0, 3);
    const hint = near.length > 0 ? `near it: ${near.join(', ')}` : 'see: adwright storyboard list';
    throw new UsageError(`${flag} ${JSON.stringify(address.text)} matches nothing in the bundle; ${hint}`);
  }
}

function refuseUnknownKits(bundle: Bundle, tokens: OperatorTokens): void {
  const kits = [...bundle.kits.values()].flatMap((reading) => (reading.kind === 'kit' ? [reading.kit] : []));
  const unknown = [...tokens.kitTokens.keys()].find((name) => !kits.some((kit) => namesOf(kit).includes(name)));
  if (unknown !== undefined)
    throw new UsageError(`--kit-token names ${JSON.stringify(unknown)}; the bundle's kits are ${kits.map(({ id }) => id).join(', ') || 'none'}`);
}

function knownFailures(settings: RunSettings, io: CliIo): readonly BaselineEntry[] {
  const path = resolve(io.cwd, settings.baseline!);
  if (!existsSync(path) && settings.updateBaseline) return [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`the baseline ${shownName(path, io.cwd)} cannot be read`);
  }
  const read = readBaseline(text);
  if (read.kind === 'refused') throw new UsageError(`the baseline ${shownName(path, io.cwd)} ${read.problem}`);
  return read.entries;
}

function rewriteBaseline(record: RunRecord, entries: readonly BaselineEntry[], settings: RunSettings, io: CliIo): readonly BaselineEntry[] {
  const text = writeBaseline(record, entries);
  write(settings.baseline!, text, io);
  const read = readBaseline(text);
  return read.kind === 'baseline' ? read.entries : entries;
}

/** Said before the run: after it, the report would be lost. */
function refuseUnwritable(file: string, io: CliIo): void {
  if (file === '-') return;
  const path = resolve(io.cwd, file);
  try {
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function write(file: string, text: string, io: CliIo): void {
  if (file === '-') {
    io.stdout.write(text);
    return;
  }
  try {
    writeFileSync(resolve(io.cwd, file), text);
  } catch (error) {
    throw new UsageError(`cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function operatorSecrets(settings: RunSettings): readonly string[] {
  return [...(settings.tokens.token === undefined ? [] : [settings.tokens.token]), ...settings.tokens.kitTokens.values()];
}

function kitSecrets(bundle: Bundle, tokens: OperatorTokens): readonly string[] {
  return [...bundle.kits.values()].flatMap((reading) => {
    if (reading.kind !== 'kit') return [];
    const { auth } = withKeyOfEnvironment(reading.kit.document, tokens);
    const basic = basicCredential(own(auth, 'basic'));
    return [...apiKeysOf(auth), ...(basic === undefined ? [] : secretsOf(basic))];
  });
}

/** The contract's names for how long a submitted task is asked about. */
function pollingTimes(io: CliIo): PollingTimes {
  const read = (name: string, fallback: number): number => {
    const value = Number(io.env[name]);
    return io.env[name] !== undefined && value > 0 && Number.isFinite(value) ? value : fallback;
  };
  return {
    intervalMs: read('STORYBOARD_TASK_POLL_INTERVAL_MS', POLLING.intervalMs),
    timeoutMs: read('STORYBOARD_TASK_POLL_TIMEOUT_MS', POLLING.timeoutMs),
  };
}
