/** Logged events and what follows from them: an event is stored once, and counted once for each buy that aims at it. */
import { aimOf, valuations, type GoalEntry } from '../../domain/attribution.ts';
import type { EventBatch, EventRecord } from '../../domain/conversion-event.ts';
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import { count, revalue, type Aims } from './attributions.ts';
import type { Queries } from './connections.ts';
import { recordingOf, type EventRow } from './recordings.ts';
import { raw, sql } from './sql.ts';
import type { Stream } from './streams.ts';

/** How many events a buy that begins to aim at a source looks at together. */
const TOGETHER = 5_000;

export async function recordEvents(tx: Queries, { library, event_source_id, received_at, events }: EventBatch, policy: AttributionPolicy): Promise<void> {
  // In one order for everybody, lest two servers wait for each other's events in a circle.
  const byType = [...Map.groupBy(events, ({ event_type }) => event_type)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [event_type, some] of byType) {
    const stream = { library, event_source_id, event_type };
    const fresh = await insert(tx, await openStream(tx, stream), Date.parse(received_at), some);
    if (fresh.length > 0) await countForAll(tx, stream, fresh, policy);
  }
}

async function openStream(tx: Queries, { library, event_source_id, event_type }: Stream): Promise<number> {
  const known = await streamOf(tx, { library, event_source_id, event_type });
  if (known !== undefined) return known;
  await tx.run(sql`INSERT INTO event_streams (library, event_source_id, event_type) VALUES (${library}, ${event_source_id}, ${event_type}) ON CONFLICT DO NOTHING`);
  return (await streamOf(tx, { library, event_source_id, event_type }))!;
}

async function streamOf(tx: Queries, { library, event_source_id, event_type }: Stream): Promise<number | undefined> {
  return (await tx.get<{ stream: number }>(
    sql`SELECT stream FROM event_streams WHERE library = ${library} AND event_source_id = ${event_source_id} AND event_type = ${event_type}`))?.stream;
}

/** Of an id that comes twice, the first counts. @returns those that were not there */
async function insert(tx: Queries, stream: number, received_at: number, events: readonly EventRecord[]): Promise<EventRow[]> {
  const first = new Map<string, EventRecord>();
  for (const event of events) if (!first.has(event.event_id)) first.set(event.event_id, event);
  const rows = [...first.values()].sort((a, b) => (a.event_id < b.event_id ? -1 : 1));
  const fresh = await tx.all<{ event_id: string }>(
    sql`INSERT INTO events (stream, event_id, event_time, received_at, event) SELECT ${stream}, id, time, ${received_at}, event
        FROM unnest(${rows.map(({ event_id }) => event_id)}::text[], ${rows.map(({ event_time }) => Date.parse(event_time))}::bigint[],
          ${rows.map(({ event }) => JSON.stringify(event))}::json[]) AS e (id, time, event)
        ON CONFLICT DO NOTHING RETURNING event_id`);
  return fresh.map(({ event_id }) => {
    const { event, event_time } = first.get(event_id)!;
    return { event_id, event, event_time: Date.parse(event_time) };
  });
}

async function countForAll(tx: Queries, stream: Stream, events: readonly EventRow[], policy: AttributionPolicy): Promise<void> {
  const { library, event_source_id, event_type } = stream;
  const goals = await tx.all<{ buy: number; entry: GoalEntry }>(
    sql`SELECT buy, entry FROM goals WHERE library = ${library} AND event_source_id = ${event_source_id} AND event_type = ${event_type} ORDER BY buy, position`);
  const recordings = events.map((row) => recordingOf(row, stream));
  const aims = [...Map.groupBy(goals, ({ buy }) => buy)].map(([buy, rows]) => ({ buy, entries: rows.map(({ entry }) => entry) }));
  await count(tx, library, recordings, aims, policy);
}

/**
 * A buy counts what was logged before it aimed at a source, too.
 * @param before how it valued what it aimed at before
 */
export async function catchUp(tx: Queries, { library }: MediaBuyRecord, seq: number, before: ReadonlyMap<string, string>, policy: AttributionPolicy): Promise<void> {
  const rows = await tx.all<{ entry: GoalEntry }>(sql`SELECT entry FROM goals WHERE buy = ${seq} ORDER BY position`);
  const aims = rows.map(({ entry }) => entry);
  for (const [aim, entries] of Map.groupBy(aims, aimOf)) if (!before.has(aim)) await countLogged(tx, library, { buy: seq, entries }, policy);
  const now = valuations(aims);
  const moved = aims.filter((entry) => before.has(aimOf(entry)) && before.get(aimOf(entry)) !== now.get(aimOf(entry)));
  if (moved.length > 0) await revalue(tx, library, seq, [...new Set(moved.map(({ event_type }) => event_type))], policy);
}

async function countLogged(tx: Queries, library: string, aims: Aims, policy: AttributionPolicy): Promise<void> {
  const { event_source_id, event_type } = aims.entries[0]!;
  const stream = { library, event_source_id, event_type };
  const seq = await streamOf(tx, stream);
  if (seq === undefined) return;
  let behind = sql`event_time >= ${earliest(aims.entries, policy)}`;
  for (;;) {
    const rows = await tx.all<EventRow>(
      sql`SELECT event_id, event_time, event FROM events WHERE stream = ${seq} AND ${behind} ORDER BY event_time, event_id LIMIT ${raw(String(TOGETHER))}`);
    await count(tx, library, rows.map((row) => recordingOf(row, stream)), [aims], policy);
    const last = rows.at(-1);
    if (last === undefined || rows.length < TOGETHER) return;
    behind = sql`(event_time, event_id) > (${last.event_time}, ${last.event_id})`;
  }
}

function earliest(entries: readonly GoalEntry[], policy: AttributionPolicy): number {
  const times = entries.map((entry) => policy.earliest?.(entry));
  return times.includes(undefined) ? Number.MIN_SAFE_INTEGER : Math.min(...times.map((time) => Date.parse(time!)));
}
