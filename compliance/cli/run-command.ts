/** `storyboard run`: opens the bundle, runs, prints, writes reports, and gives the exit code. */
import { secretsOf } from '../credential.ts';
import type { AskedFor, RunEvent } from '../events.ts';
import { systemClock } from '../execute/clock.ts';
import type { PollingTimes } from '../execute/run-environment.ts';
import { Reach } from '../execute/reach.ts';
import { runOver } from '../execute/run-over.ts';
import { own } from '../json/object.ts';
import type { Bundle } from '../load/bundle.ts';
import { apiKeysOf, basicCredential, defaultCredential, namesOf, type OperatorTokens, withKeyOfEnvironment } from '../plan/kit-credential.ts';
import { compareBaseline } from '../report/baseline.ts';
import { conclude } from '../report/conclusion.ts';
import type { FailureStyle } from '../report/failure-text.ts';
import type { FinishedRun } from '../report/finished-run.ts';
import { paint } from '../report/paint.ts';
import { redactor } from '../report/redact.ts';
import { RunRecord } from '../report/run-record.ts';
import { told } from '../report/without-secrets.ts';
import { openBaseline, rewriteBaseline } from './baseline-file.ts';
import { type Chosen, chooseBundle } from './chosen-bundle.ts';
import { showPlan } from './dry-run.ts';
import { type CliIo, coloursWanted, EXIT_INCOMPLETE, UsageError } from './io.ts';
import type { RunSettings } from './run-options.ts';
import { RunOutput } from './run-output.ts';

const POLLING: PollingTimes = { intervalMs: 1500, timeoutMs: 30_000 };

export async function runCommand(settings: RunSettings, io: CliIo): Promise<number> {
  const prepared = prepareRun(await chooseBundle(settings, io), settings, io);
  if (settings.dryRun) return showPlan(prepared.events(), prepared.style, io);
  return (await runOnce(prepared, settings, io)).conclusion.exit_code;
}

/** Everything that stands before anything is sent. */
export interface PreparedRun extends Chosen {
  readonly style: FailureStyle;
  /** Runs; each time anew. */
  events(): AsyncIterable<RunEvent>;
}

export function prepareRun(chosen: Chosen, settings: RunSettings, io: CliIo): PreparedRun {
  const { bundle } = chosen;
  refuseUnknownKits(bundle, settings.tokens);
  const secrets = [...operatorSecrets(settings), ...secretsOf(defaultCredential(bundle, settings.tokens))];
  const style = styleOf(settings, secrets, io);
  return { ...chosen, style, events: () => told(eventsWithKits(chosen, settings, secrets, io), style.redact) };
}

/** The credentials of kits come into play with the storyboards of the plan: until then no kit but one has to be parsed. */
async function* eventsWithKits(chosen: Chosen, settings: RunSettings, secrets: string[], io: CliIo): AsyncGenerator<RunEvent> {
  for await (const event of eventsOf(chosen, settings, secrets, io)) {
    if (event.kind === 'planned') secrets.push(...kitSecrets(chosen.bundle, settings.tokens));
    yield event;
  }
}

/** One whole run: shown as it happens, compared with the baseline, told in every report. */
export async function runOnce({ style, events }: PreparedRun, settings: RunSettings, io: CliIo): Promise<Pick<FinishedRun, 'record' | 'conclusion'>> {
  const earlier = settings.baseline === undefined ? undefined : openBaseline(settings.baseline, settings.updateBaseline, io);
  const output = new RunOutput(settings.reports, style, io);
  try {
    const record = new RunRecord();
    const broke = await follow(events(), record, (event) => output.show(event, record));
    const finished = conclude(record, undefined).exit_code !== EXIT_INCOMPLETE;
    const current = earlier !== undefined && settings.updateBaseline && finished ? rewriteBaseline(earlier, record, io) : earlier;
    const baseline = current === undefined ? undefined : { entries: current.entries, comparison: compareBaseline(record, current.entries) };
    const conclusion = conclude(record, baseline?.comparison);
    output.finish({ record, conclusion, ...(baseline !== undefined && { baseline }) });
    if (broke !== undefined) throw broke.error;
    return { record, conclusion };
  } finally {
    output.close();
  }
}

/** Folds the events into the record. Gives what the judge itself broke over, so that what was graded until then is told first. */
export async function follow(
  events: AsyncIterable<RunEvent>, record: RunRecord, listen: (event: RunEvent) => void
): Promise<{ readonly error: unknown } | undefined> {
  try {
    for await (const event of events) {
      record.add(event);
      listen(event);
    }
    return undefined;
  } catch (error) {
    return { error };
  }
}

function givenAddresses({ url, agents, contracts }: RunSettings): readonly string[] {
  return [url, ...agents.map((each) => each.url), ...(contracts.replayEndpoint === undefined ? [] : [contracts.replayEndpoint])];
}

function eventsOf({ bundle, scope }: Chosen, settings: RunSettings, secrets: readonly string[], io: CliIo): AsyncIterable<RunEvent> {
  return runOver({
    url: settings.url, bundle, scope, asked: askedFor(settings), tokens: settings.tokens, policy: settings.policy, transport: settings.transport,
    agents: settings.agents,
    secrets, seed: settings.seed, shuffled: settings.shuffled, reach: new Reach({ given: givenAddresses(settings), allowPrivate: settings.allowPrivate, map: settings.map }),
    limits: { timeoutMs: settings.timeoutMs, maxBytes: settings.maxBytes }, polling: pollingTimes(io), clock: io.clock ?? systemClock,
    signal: io.signal, planOnly: settings.dryRun, jobs: settings.jobs, contracts: settings.contracts,
    ...(settings.sessionHeader !== undefined && { sessionHeader: settings.sessionHeader }),
    ...(settings.deadlineMs !== undefined && { deadlineMs: settings.deadlineMs }),
  });
}

function askedFor({ bundle = 'ours', paths, select, exclude, tracks, specialisms }: RunSettings): AskedFor {
  return { bundle, paths, select: select.map(({ text }) => text), exclude: exclude.map(({ text }) => text), tracks, specialisms };
}

function styleOf(settings: RunSettings, secrets: readonly string[], io: CliIo): FailureStyle {
  return {
    colours: paint(coloursWanted(io, settings.color)), redact: redactor(secrets), verbose: settings.verbose,
    rerun: { url: settings.url, paths: settings.paths, flags: settings.given },
  };
}

function refuseUnknownKits(bundle: Bundle, tokens: OperatorTokens): void {
  if (tokens.kitTokens.size === 0) return;
  const kits = [...bundle.kits.values()].flatMap((reading) => (reading.kind === 'kit' ? [reading.kit] : []));
  const unknown = [...tokens.kitTokens.keys()].find((name) => !kits.some((kit) => namesOf(kit).includes(name)));
  if (unknown !== undefined)
    throw new UsageError(`--kit-token names ${JSON.stringify(unknown)}; the bundle's kits are ${kits.map(({ id }) => id).join(', ') || 'none'}`);
}

function operatorSecrets(settings: RunSettings): readonly string[] {
  const ofAgents = settings.agents.flatMap(({ token }) => token ?? []);
  return [...ofAgents, ...(settings.tokens.token === undefined ? [] : [settings.tokens.token]), ...settings.tokens.kitTokens.values()];
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
