/** Events per second: our seller over HTTP, validated, deduplicated and durable, beside SQLite that only inserts the same rows. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { measure, toolCall } from './load.ts';
import { ACCOUNT, ourSeller, SOURCE } from './our-seller.ts';
import { median, type Result } from './result.ts';
import type { Settings } from './settings.ts';

const BATCH = 1_000;
const HALF = 0.5;
/** What a reference seller does in memory, per second. */
const RISING_FLOOR = 100_000;

type Ids = () => string;
const random: Ids = randomUUID;
const rising = (): Ids => {
  let last = Date.now() * 1_000_000;
  return () => `evt_${(last += 1)}`;
};

export async function events(settings: Settings): Promise<Result[]> {
  const ours = await ourSeller();
  const alone = sqliteAlone();
  const rates: Record<'random' | 'rising' | 'alone_random' | 'alone_rising', number[]> = { random: [], rising: [], alone_random: [], alone_rising: [] };
  try {
    await fill(ours, alone, settings);
    for (let round = 0; round < settings.rounds; round += 1)
      for (const [kind, ids] of [['random', random], ['rising', rising()]] as const) {
        const { rate } = await measure(ours.target, { ...settings, next: () => batchCall(ids) });
        rates[kind].push(rate * BATCH);
        rates[`alone_${kind}`].push(alone.rate(ids, settings));
        settings.progress(`${kind} ids: ours ${Math.round(rates[kind].at(-1)!)}/s, SQLite alone ${Math.round(rates[`alone_${kind}`].at(-1)!)}/s`);
      }
  } finally {
    await ours.stop();
    alone.remove();
  }
  const line = (name: string, measured: number[], beside: number, target: number): Result => ({ name, ours: median(measured), beside, unit: 'events/s', target, sense: 'at least' });
  return [
    line('log_event_random_ids_to_sqlite', rates.random, median(rates.alone_random), HALF),
    line('log_event_rising_ids_to_sqlite', rates.rising, median(rates.alone_rising), 0),
    line('log_event_rising_ids_to_100000', rates.rising, RISING_FLOOR, 1),
  ];
}

/** So many events are stored, here and there, before anything is timed. */
async function fill(ours: Awaited<ReturnType<typeof ourSeller>>, alone: SqliteAlone, { stored, progress }: Settings): Promise<void> {
  const most = 10_000;
  for (let count = 0; count < stored.events; count += most) {
    await ours.call('log_event', batch(random, most));
    alone.insert(rows(random, most));
    if (count % 100_000 === 0) progress(`stored ${count} of ${stored.events} events`);
  }
}

const batchCall = (ids: Ids): string => toolCall('log_event', batch(ids, BATCH));
const batch = (ids: Ids, size: number) => ({ idempotency_key: randomUUID(), account: ACCOUNT, event_source_id: SOURCE, events: Array.from({ length: size }, () => event(ids())) });
const event = (event_id: string) => ({
  event_id, event_type: 'purchase', event_time: new Date().toISOString(), action_source: 'website',
  user_match: { hashed_email: 'a'.repeat(64) }, custom_data: { value: 12.5, currency: 'USD' },
});

type Row = readonly [library: string, source: string, type: string, id: string, time: string, received: string, event: string];
const rows = (ids: Ids, size: number): Row[] =>
  Array.from({ length: size }, () => {
    const each = event(ids());
    return ['acct_229847022d4a0fa92c0e4ce8', SOURCE, each.event_type, each.event_id, each.event_time, each.event_time, JSON.stringify(each)];
  });

/** Of this process, in which SQLite works alone. */
function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

interface SqliteAlone {
  insert(rows: readonly Row[]): void;
  /** Rows per second, prepared beforehand, in transactions of a batch, each on disk. */
  rate(ids: Ids, settings: Pick<Settings, 'milliseconds' | 'clock'>): number;
  remove(): void;
}

function sqliteAlone(): SqliteAlone {
  const file = join(tmpdir(), `adwright-bench-${randomUUID()}.sqlite`);
  const sql = new Database(file);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -65536', 'wal_autocheckpoint = 8000']) sql.pragma(pragma);
  sql.exec(`CREATE TABLE events (seq INTEGER PRIMARY KEY, library TEXT NOT NULL, event_source_id TEXT NOT NULL, event_type TEXT NOT NULL, event_id TEXT NOT NULL,
    event_time TEXT NOT NULL, received_at TEXT NOT NULL, event TEXT NOT NULL) STRICT;
    CREATE UNIQUE INDEX events_once ON events (library, event_source_id, event_type, event_id);`);
  const put = sql.prepare('INSERT INTO events (library, event_source_id, event_type, event_id, event_time, received_at, event) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const insert = sql.transaction((all: readonly Row[]) => { for (const row of all) put.run(...row); });
  return {
    insert,
    rate(ids, { milliseconds, clock }) {
      const now = clock === 'wall' ? () => performance.now() : processorMilliseconds;
      let [count, spent] = [0, 0];
      while (spent < milliseconds) {
        const all = rows(ids, BATCH);
        const began = now();
        insert(all);
        spent += now() - began;
        count += all.length;
      }
      return (count / spent) * 1000;
    },
    remove() {
      sql.close();
      for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
    },
  };
}
