/** `storyboard run --watch`: after a run, waits until something changes that may mend a failure, and runs again what it may mend. */
import { acceptsConnections } from '../execute/accepts-connections.ts';
import { type Clock, systemClock } from '../execute/clock.ts';
import { Reach } from '../execute/reach.ts';
import { type Address, matchesStoryboard, unmarked } from '../plan/address.ts';
import type { Scope } from '../plan/scope.ts';
import { type Conclusion, plural } from '../report/conclusion.ts';
import { type RunRecord, verdictOf } from '../report/run-record.ts';
import { type Chosen, chooseBundle } from './chosen-bundle.ts';
import { type CliIo, UsageError } from './io.ts';
import { prepareRun, runOnce } from './run-command.ts';
import type { RunSettings } from './run-options.ts';

const POLL_MS = 300;
const STANDS: ReadonlySet<string> = new Set(['passed', 'not_applicable']);

type News = { readonly kind: 'seller' } | { readonly kind: 'files'; readonly paths: readonly string[] };
type Stamps = ReturnType<Chosen['stamps']>;

/** Ends when the operator ends it, with the exit code of the last run. */
export async function watchCommand(settings: RunSettings, io: CliIo): Promise<number> {
  let chosen = await chooseBundle(settings, io);
  let { scope } = chosen;
  for (;;) {
    let stamps = chosen.stamps();
    const { record, conclusion } = await runOnce(prepareRun({ ...chosen, scope }, settings, io), settings, io);
    const open = unsettled(record);
    if (!io.signal.aborted) io.stderr.write(`\n${waiting(record, open)}\n\n`);
    let next: Scope | undefined;
    while (next === undefined) {
      const news = await nextNews({ settings, io, stamps, chosen, lost: isLost(conclusion) });
      if (news === undefined) return conclusion.exit_code;
      stamps = chosen.stamps();
      chosen = await reopened(settings, chosen, io);
      next = scopeOf(news, open, record.plan === undefined, chosen);
    }
    scope = next;
  }
}

/** The storyboards that may come out better. */
function unsettled(record: RunRecord): readonly string[] {
  return [...record.storyboards.values()].filter((storyboard) => !STANDS.has(verdictOf(storyboard))).map(({ id }) => id);
}

function waiting(record: RunRecord, open: readonly string[]): string {
  if (record.plan === undefined) return 'watching  the run starts when the seller comes back or a storyboard changes; Ctrl-C ends it';
  const what = open.length === 0 ? 'nothing is open' : `${plural(open.length, 'storyboard is', 'storyboards are')} run again`;
  return `watching  ${what} when the seller comes back or a storyboard changes; Ctrl-C ends it`;
}

const isLost = ({ kind }: Conclusion): boolean => kind === 'unreachable' || kind === 'incomplete';

/** A bundle that cannot be opened as it stands is told of; the one before it stays. */
async function reopened(settings: RunSettings, before: Chosen, io: CliIo): Promise<Chosen> {
  try {
    return await chooseBundle(settings, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`adwright: ${error.message}\n`);
    return before;
  }
}

/** What to run again: what is open, and what was changed; all of it when nothing is known yet. Undefined: nothing of it concerns the run. */
function scopeOf(news: News, open: readonly string[], all: boolean, { bundle, scope }: Chosen): Scope | undefined {
  if (all || (news.kind === 'seller' && open.length === 0)) return scope;
  const changed = new Set(news.kind === 'files' ? news.paths : []);
  if (changed.has('index.json')) return scope;
  const failing = open.map(unmarked);
  const ids = bundle.files.flatMap(({ path, outline }) => {
    if (outline.kind === 'ignored' || outline.id === undefined) return [];
    const touched = changed.has(path) || (outline.kind === 'storyboard' && outline.test_kit !== undefined && changed.has(outline.test_kit));
    return touched || failing.includes(outline.id) ? [outline.id] : [];
  });
  return ids.length === 0 ? undefined : { ...scope, specialisms: [], select: ids.flatMap((id) => partsOf(id, scope)) };
}

/** The parts of a storyboard that were asked for, else all of it. */
function partsOf(id: string, { select }: Scope): readonly Address[] {
  const parts = select.filter((address) => matchesStoryboard(address, id)).map((address): Address => ({ ...address, storyboard: id }));
  return parts.length === 0 ? [{ text: id, storyboard: id }] : parts;
}

interface Watched {
  readonly settings: RunSettings;
  readonly io: CliIo;
  readonly chosen: Chosen;
  readonly stamps: Stamps;
  /** The seller was away at the end of the run. */
  readonly lost: boolean;
}

/** Undefined when the operator ends it. */
async function nextNews({ settings, io, chosen, stamps, lost }: Watched): Promise<News | undefined> {
  const clock = io.clock ?? systemClock;
  const reach = new Reach({ given: [settings.url], allowPrivate: settings.allowPrivate, map: settings.map });
  let isThere = !lost;
  while (await slept(clock, io.signal)) {
    const wasThere = isThere;
    isThere = await acceptsConnections(settings.url, reach);
    if (isThere && !wasThere) return { kind: 'seller' };
    if (differences(stamps, chosen.stamps()).length > 0) return { kind: 'files', paths: await settledChanges(stamps, chosen, clock, io.signal) };
  }
  return undefined;
}

/** Editors write in several strokes: the changes, once they have come to an end. */
async function settledChanges(before: Stamps, { stamps }: Chosen, clock: Clock, signal: AbortSignal): Promise<readonly string[]> {
  let last = stamps();
  while (await slept(clock, signal)) {
    const now = stamps();
    if (differences(last, now).length === 0) break;
    last = now;
  }
  return differences(before, last);
}

async function slept(clock: Clock, signal: AbortSignal): Promise<boolean> {
  await clock.sleep(POLL_MS, signal);
  return !signal.aborted;
}

function differences(before: Stamps, after: Stamps): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path));
}
