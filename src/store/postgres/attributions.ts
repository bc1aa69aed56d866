/**
 * Which event counted for which buy. An event counts once for a buy, whatever sources it came through: the first transaction to count it puts the row, and
 * every other that would waits for it there and decides again over all recordings, which it then sees.
 */
import { attribute, type Attribution, type GoalEntry, type Recording } from '../../domain/attribution.ts';
import { COUNTER_NAMES } from '../../domain/delivery-facts.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Queries } from './connections.ts';
import { Additions } from './counters.ts';
import { recordingsOf } from './recordings.ts';
import { raw, sql } from './sql.ts';

/** What counts events. */
export interface CountingBuy {
  readonly seq: number;
  readonly library: string;
}

interface EventName {
  readonly event_type: string;
  readonly event_id: string;
}

interface CountedRow extends EventName {
  readonly package_id: string;
  readonly creative_id: string;
  readonly day: string;
  readonly hour: string;
  readonly value_micros: number;
}

const ATTRIBUTED = ['attributed_conversions', 'attributed_value_micros'] as const;
/** No platform has reported anything for a row of `delivery`. */
const UNREPORTED = raw(COUNTER_NAMES.map((name) => `${name} = 0`).join(' AND '));
const COLUMNS = raw('event_type, event_id, package_id, creative_id, day, hour, value_micros');

const rowOf = ({ event_type, event_id }: EventName, { package_id, creative_id = '', day, hour = '', value_micros }: Attribution): CountedRow =>
  ({ event_type, event_id, package_id, creative_id, day, hour, value_micros });
const nameOf = ({ event_type, event_id }: EventName): string => JSON.stringify([event_type, event_id]);

/**
 * Counts events for a buy; those that counted already, through another source, are decided again.
 * @param entries those of the buy's goals that name the source and type of the events
 */
export async function count(tx: Queries, buy: CountingBuy, events: readonly Recording[], entries: readonly GoalEntry[], policy: AttributionPolicy): Promise<void> {
  const counting = events.flatMap((event) => {
    const alone = attribute([event], entries, policy);
    return alone === undefined ? [] : [rowOf(event, alone)];
  });
  if (counting.length === 0) return;
  const fresh = new Set((await insert(tx, buy, counting)).map(nameOf));
  await addUp(tx, buy, [], counting.filter((row) => fresh.has(nameOf(row))));
  const again = counting.filter((row) => !fresh.has(nameOf(row)));
  if (again.length > 0) await decideAgain(tx, buy, await held(tx, buy, again), policy, (_before, now) => now);
}

/** What has counted is worth what the goals say now, and stays with the creative that it counted for. */
export async function revalue(tx: Queries, buy: CountingBuy, event_types: readonly string[], policy: AttributionPolicy): Promise<void> {
  const counted = await tx.all<CountedRow>(
    sql`SELECT ${COLUMNS} FROM attributions WHERE buy = ${buy.seq} AND event_type = ANY(${event_types}::text[]) ORDER BY event_type, event_id FOR UPDATE`);
  await decideAgain(tx, buy, counted, policy, ({ package_id, creative_id }, now) => (package_id === now.package_id && creative_id !== '' ? { ...now, creative_id } : now));
}

/** @returns those that were not there */
const insert = (tx: Queries, buy: CountingBuy, rows: readonly CountedRow[]): Promise<EventName[]> => tx.all<EventName>(
  sql`INSERT INTO attributions (buy, ${COLUMNS}) SELECT ${buy.seq}, * FROM ${listed(rows)} ON CONFLICT DO NOTHING RETURNING event_type, event_id`);

/** The rows of some events, kept from everybody else. */
const held = (tx: Queries, buy: CountingBuy, events: readonly EventName[]): Promise<CountedRow[]> => tx.all<CountedRow>(
  sql`SELECT ${COLUMNS} FROM attributions WHERE buy = ${buy.seq} AND (event_type, event_id) IN (SELECT * FROM unnest(
        ${events.map(({ event_type }) => event_type)}::text[], ${events.map(({ event_id }) => event_id)}::text[]))
      ORDER BY event_type, event_id FOR UPDATE`);

const listed = (rows: readonly CountedRow[]) => {
  const sorted = rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const texts = (['event_type', 'event_id', 'package_id', 'creative_id', 'day', 'hour'] as const).map((name) => sorted.map((row) => row[name]));
  const [types, ids, packages, creatives, days, hours] = texts;
  return sql`unnest(${types}::text[], ${ids}::text[], ${packages}::text[], ${creatives}::text[], ${days}::text[], ${hours}::text[],
    ${sorted.map(({ value_micros }) => value_micros)}::bigint[]) AS c (${COLUMNS})`;
};

async function decideAgain(
  tx: Queries, buy: CountingBuy, before: readonly CountedRow[], policy: AttributionPolicy, settled: (before: CountedRow, now: CountedRow) => CountedRow,
): Promise<void> {
  const goals = (await tx.all<{ entry: GoalEntry }>(sql`SELECT entry FROM goals WHERE buy = ${buy.seq} ORDER BY position`)).map(({ entry }) => entry);
  const recordings = await recordingsOf(tx, buy.library, goals, before);
  const decided = before.flatMap((row) => {
    const entries = goals.filter(({ event_type }) => event_type === row.event_type);
    const now = attribute(recordings.get(nameOf(row)) ?? [], entries, policy);
    return now === undefined ? [] : [{ row, now: settled(row, rowOf(row, now)) }];
  });
  const moved = decided.filter(({ row, now }) => JSON.stringify(row) !== JSON.stringify(now));
  if (moved.length === 0) return;
  await tx.run(
    sql`UPDATE attributions held SET package_id = c.package_id, creative_id = c.creative_id, day = c.day, hour = c.hour, value_micros = c.value_micros
        FROM ${listed(moved.map(({ now }) => now))} WHERE held.buy = ${buy.seq} AND held.event_type = c.event_type AND held.event_id = c.event_id`);
  await addUp(tx, buy, moved.map(({ row }) => row), moved.map(({ now }) => now));
}

/** Takes some off the counters and adds others. */
async function addUp(tx: Queries, { seq }: CountingBuy, off: readonly CountedRow[], on: readonly CountedRow[]): Promise<void> {
  const days = new Additions(['package_id', 'creative_id', 'day'], ATTRIBUTED);
  const hours = new Additions(['hour', 'package_id', 'creative_id'], ATTRIBUTED);
  for (const [rows, times] of [[off, -1], [on, 1]] as const)
    for (const { package_id, creative_id, day, hour, value_micros } of rows) {
      const addition = { key: { package_id, creative_id, day, hour }, amounts: { attributed_conversions: times, attributed_value_micros: times * value_micros } };
      days.add(addition);
      if (hour !== '') hours.add(addition);
    }
  await days.write(tx, 'delivery', seq);
  await hours.write(tx, 'delivery_hours', seq);
  if (off.length > 0) await tx.run(sql`DELETE FROM delivery WHERE buy = ${seq} AND attributed_conversions = 0 AND ${UNREPORTED}`);
}
