/** `storyboard run`: opens the bundle, runs, prints, writes reports, and gives the exit code. */
import { randomBytes } from 'node:crypto';
import { secretsOf } from '../credential.ts';
import type { RunEvent } from '../events.ts';
import { systemClock } from '../execute/clock.ts';
import type { PollingTimes } from '../execute/run-environment.ts';
import { Reach } from '../execute/reach.ts';
import { runOver } from '../execute/run-over.ts';
import { own } from '../json/object.ts';
import type { Bundle } from '../load/bundle.ts';
import { apiKeysOf, basicCredential, namesOf, type OperatorTokens, withKeyOfEnvironment } from '../plan/kit-credential.ts';
import { compareBaseline } from '../report/baseline.ts';
import { conclude } from '../report/conclusion.ts';
import type { FailureStyle } from '../report/failure-text.ts';
import { paint } from '../report/paint.ts';
import { redactor } from '../report/redact.ts';
import { RunRecord } from '../report/run-record.ts';
import { finalText } from '../report/terminal.ts';
import { openBaseline, rewriteBaseline } from './baseline-file.ts';
import { type Chosen, chooseBundle } from './chosen-bundle.ts';
import { showPlan } from './dry-run.ts';
import { type CliIo, coloursWanted, EXIT_INCOMPLETE, redrawnColumns, UsageError } from './io.ts';
import { LiveOutput } from './live-output.ts';
import { ReportFiles, STANDARD_OUTPUT } from './report-files.ts';
import type { RunSettings } from './run-options.ts';

const POLLING: PollingTimes = { intervalMs: 1500, timeoutMs: 30_000 };

export async function runCommand(settings: RunSettings, io: CliIo): Promise<number> {
  const chosen = await chooseBundle(settings, io);
  const { bundle } = chosen;
  refuseUnknownKits(bundle, settings.tokens);
  const secrets = [...operatorSecrets(settings), ...kitSecrets(bundle, settings.tokens)];
  const style = styleOf(settings, secrets, io);
  if (settings.dryRun) return showPlan(eventsOf(chosen, settings, secrets, io), style, io);
  const earlier = settings.baseline === undefined ? undefined : openBaseline(settings.baseline, settings.updateBaseline, io);
  const reports = new ReportFiles(settings.reports, io);
  const taken = settings.reports.some(({ file }) => file === STANDARD_OUTPUT);
  const human = taken ? io.stderr : io.stdout;
  const live = new LiveOutput(
    { write: (text) => human.write(text), columns: taken ? undefined : redrawnColumns(io), clock: io.clock ?? systemClock }, style
  );
  const record = await follow(eventsOf(chosen, settings, secrets, io), (sofar, event) => {
    reports.event(event, style.redact);
    live.show(event, sofar);
  }).finally(() => live.clear());
  const finished = conclude(record, undefined).exit_code !== EXIT_INCOMPLETE;
  const current = earlier !== undefined && settings.updateBaseline && finished ? rewriteBaseline(earlier, record, io) : earlier;
  const baseline = current === undefined ? undefined : { entries: current.entries, comparison: compareBaseline(record, current.entries) };
  const conclusion = conclude(record, baseline?.comparison);
  human.write(`${style.redact.text(finalText(record, conclusion, baseline, style))}\n`);
  reports.finish({
    record, conclusion, redact: style.redact, rerun: style.rerun, nonce: randomBytes(6).toString('hex'), ...(baseline !== undefined && { baseline }),
  });
  return conclusion.exit_code;
}

async function follow(events: AsyncIterable<RunEvent>, listen: (record: RunRecord, event: RunEvent) => void): Promise<RunRecord> {
  const record = new RunRecord();
  for await (const event of events) {
    record.add(event);
    listen(record, event);
  }
  return record;
}

function givenAddresses({ url, contracts }: RunSettings): readonly string[] {
  return [url, ...(contracts.replayEndpoint === undefined ? [] : [contracts.replayEndpoint])];
}

function eventsOf({ bundle, scope }: Chosen, settings: RunSettings, secrets: readonly string[], io: CliIo): AsyncIterable<RunEvent> {
  return runOver({
    url: settings.url, bundle, scope, tokens: settings.tokens, policy: settings.policy, transport: settings.transport,
    secrets, seed: settings.seed, reach: new Reach({ given: givenAddresses(settings), allowPrivate: settings.allowPrivate, map: settings.map }),
    limits: { timeoutMs: settings.timeoutMs, maxBytes: settings.maxBytes }, polling: pollingTimes(io), clock: io.clock ?? systemClock,
    signal: io.signal, planOnly: settings.dryRun, jobs: settings.jobs, contracts: settings.contracts,
    ...(settings.sessionHeader !== undefined && { sessionHeader: settings.sessionHeader }),
    ...(settings.deadlineMs !== undefined && { deadlineMs: settings.deadlineMs }),
  });
}

function styleOf(settings: RunSettings, secrets: readonly string[], io: CliIo): FailureStyle {
  return {
    colours: paint(coloursWanted(io, settings.color)), redact: redactor(secrets), verbose: settings.verbose,
    rerun: { url: settings.url, paths: settings.paths, flags: settings.given },
  };
}

function refuseUnknownKits(bundle: Bundle, tokens: OperatorTokens): void {
  const kits = [...bundle.kits.values()].flatMap((reading) => (reading.kind === 'kit' ? [reading.kit] : []));
  const unknown = [...tokens.kitTokens.keys()].find((name) => !kits.some((kit) => namesOf(kit).includes(name)));
  if (unknown !== undefined)
    throw new UsageError(`--kit-token names ${JSON.stringify(unknown)}; the bundle's kits are ${kits.map(({ id }) => id).join(', ') || 'none'}`);
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
