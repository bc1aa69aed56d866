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
import { raw, sql, type Sql } from './sql.ts';

interface CountedRow {
  readonly buy: number;
  readonly event_type: string;
  readonly event_id: string;
  readonly package_id: string;
  readonly creative_id: string;
  readonly day: string;
  readonly hour: string;
  readonly value_micros: number;
}

/** What a buy aims at: entries of its goals. */
export interface Aims {
  readonly buy: number;
  readonly entries: readonly GoalEntry[];
}

const ATTRIBUTED = ['attributed_conversions', 'attributed_value_micros'] as const;
/** No platform has reported anything for a row of `delivery`. */
const UNREPORTED = raw(COUNTER_NAMES.map((name) => `${name} = 0`).join(' AND '));
const COLUMNS = raw('buy, event_type, event_id, package_id, creative_id, day, hour, value_micros');

const rowOf = ({ buy, event_type, event_id }: Pick<CountedRow, 'buy' | 'event_type' | 'event_id'>, { package_id, creative_id = '', day, hour = '', value_micros }: Attribution): CountedRow =>
  ({ buy, event_type, event_id, package_id, creative_id, day, hour, value_micros });
const nameOf = ({ buy, event_type, event_id }: Pick<CountedRow, 'buy' | 'event_type' | 'event_id'>): string => JSON.stringify([buy, event_type, event_id]);

/**
 * Counts events for all buys that aim at them; those that counted already, through another source, are decided again.
 * @param aims entries that name the source and type of the events
 */
export async function count(tx: Queries, library: string, events: readonly Recording[], aims: readonly Aims[], policy: AttributionPolicy): Promise<void> {
  const counting = aims.flatMap(({ buy, entries }) => events.flatMap((event) => {
    const alone = attribute([event], entries, policy);
    return alone === undefined ? [] : [rowOf({ buy, ...event }, alone)];
  }));
  if (counting.length === 0) return;
  const fresh = new Set((await insert(tx, counting)).map(nameOf));
  await addUp(tx, [], counting.filter((row) => fresh.has(nameOf(row))));
  const again = counting.filter((row) => !fresh.has(nameOf(row)));
  if (again.length > 0) await decideAgain(tx, library, await held(tx, again), policy, (_before, now) => now);
}

/** What has counted for a buy is worth what its goals say now, and stays with the creative that it counted for. */
export async function revalue(tx: Queries, library: string, buy: number, event_types: readonly string[], policy: AttributionPolicy): Promise<void> {
  const counted = await tx.all<CountedRow>(
    sql`SELECT ${COLUMNS} FROM attributions WHERE buy = ${buy} AND event_type = ANY(${event_types}::text[]) ORDER BY event_type, event_id FOR UPDATE`);
  await decideAgain(tx, library, counted, policy, ({ package_id, creative_id }, now) => (package_id === now.package_id && creative_id !== '' ? { ...now, creative_id } : now));
}

/** @returns those that were not there */
const insert = (tx: Queries, rows: readonly CountedRow[]): Promise<CountedRow[]> => tx.all<CountedRow>(
  sql`INSERT INTO attributions (${COLUMNS}) SELECT * FROM ${listed(rows)} ON CONFLICT DO NOTHING RETURNING buy, event_type, event_id`);

/** The rows of some events, kept from everybody else. */
const held = (tx: Queries, rows: readonly CountedRow[]): Promise<CountedRow[]> => tx.all<CountedRow>(
  sql`SELECT ${COLUMNS} FROM attributions WHERE (buy, event_type, event_id) IN (SELECT * FROM unnest(
        ${rows.map(({ buy }) => buy)}::bigint[], ${rows.map(({ event_type }) => event_type)}::text[], ${rows.map(({ event_id }) => event_id)}::text[]))
      ORDER BY buy, event_type, event_id FOR UPDATE`);

/** In one order for everybody, so that two transactions never wait for each other in a circle. */
function listed(rows: readonly CountedRow[]): Sql {
  const sorted = rows.toSorted((a, b) => a.buy - b.buy || (nameOf(a) < nameOf(b) ? -1 : 1));
  const [types, ids, packages, creatives, days, hours] = (['event_type', 'event_id', 'package_id', 'creative_id', 'day', 'hour'] as const).map((name) => sorted.map((row) => row[name]));
  return sql`unnest(${sorted.map(({ buy }) => buy)}::bigint[], ${types}::text[], ${ids}::text[], ${packages}::text[], ${creatives}::text[], ${days}::text[], ${hours}::text[],
    ${sorted.map(({ value_micros }) => value_micros)}::bigint[]) AS c (${COLUMNS})`;
}

async function decideAgain(
  tx: Queries, library: string, before: readonly CountedRow[], policy: AttributionPolicy, settled: (before: CountedRow, now: CountedRow) => CountedRow,
): Promise<void> {
  const rows = await tx.all<{ buy: number; entry: GoalEntry }>(
    sql`SELECT buy, entry FROM goals WHERE buy = ANY(${[...new Set(before.map(({ buy }) => buy))]}::bigint[]) ORDER BY buy, position`);
  const goals = Map.groupBy(rows, ({ buy }) => buy);
  const recordings = await recordingsOf(tx, library, rows.map(({ entry }) => entry), before);
  const decided = before.flatMap((row) => {
    const entries = (goals.get(row.buy) ?? []).map(({ entry }) => entry).filter(({ event_type }) => event_type === row.event_type);
    const now = attribute(recordings(row), entries, policy);
    return now === undefined ? [] : [{ row, now: settled(row, rowOf(row, now)) }];
  });
  const moved = decided.filter(({ row, now }) => JSON.stringify(row) !== JSON.stringify(now));
  if (moved.length === 0) return;
  await tx.run(
    sql`UPDATE attributions held SET package_id = c.package_id, creative_id = c.creative_id, day = c.day, hour = c.hour, value_micros = c.value_micros
        FROM ${listed(moved.map(({ now }) => now))} WHERE held.buy = c.buy AND held.event_type = c.event_type AND held.event_id = c.event_id`);
  await addUp(tx, moved.map(({ row }) => row), moved.map(({ now }) => now));
}

/** Takes some off the counters and adds others. */
async function addUp(tx: Queries, off: readonly CountedRow[], on: readonly CountedRow[]): Promise<void> {
  const days = new Additions(['package_id', 'creative_id', 'day'], ATTRIBUTED);
  const hours = new Additions(['hour', 'package_id', 'creative_id'], ATTRIBUTED);
  for (const [rows, times] of [[off, -1], [on, 1]] as const)
    for (const { buy, package_id, creative_id, day, hour, value_micros } of rows) {
      const addition = { buy, key: { package_id, creative_id, day, hour }, amounts: { attributed_conversions: times, attributed_value_micros: times * value_micros } };
      days.add(addition);
      if (hour !== '') hours.add(addition);
    }
  await days.write(tx, 'delivery');
  await hours.write(tx, 'delivery_hours');
  const emptied = [...new Set(off.map(({ buy }) => buy))];
  if (emptied.length > 0) await tx.run(sql`DELETE FROM delivery WHERE buy = ANY(${emptied}::bigint[]) AND attributed_conversions = 0 AND ${UNREPORTED}`);
}
