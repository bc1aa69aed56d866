/** What platforms reported, added up by day and by hour, and what logged events added to it. */
import { mergedGauges } from '../../domain/delivery-gauges.ts';
import { COUNTER_NAMES, type DeliveryCounters, type DeliveryFact, type DeliveryGauges, type DeliveryLedger, type DeliveryRow } from '../../domain/delivery-facts.ts';
import type { Dimension } from '../../domain/delivery-parts.ts';
import type { DeliveryRange } from '../../domain/ports/store.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { Additions } from './counters.ts';
import { moreRows, partRows, recordDetails } from './delivery-details.ts';
import { every, raw, sql, when } from './sql.ts';

type Row = DeliveryCounters & { package_id: string; creative_id: string; day: string; attributed_conversions: number; attributed_value_micros: number };

interface Head {
  readonly seq: number;
  readonly gauges: DeliveryGauges | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly more: boolean;
}

const ATTRIBUTED = ['attributed_conversions', 'attributed_value_micros'] as const;
const COLUMNS = raw(['package_id', 'creative_id', ...COUNTER_NAMES, ...ATTRIBUTED].join(', '));
/** What is left of a conversion that counts in another hour by now. */
const NOTHING = raw([...COUNTER_NAMES, ...ATTRIBUTED].map((name) => `${name} = 0`).join(' AND '));

/** @throws Stale when there is no such buy */
export async function recordDelivery(tx: Queries, fact: DeliveryFact): Promise<void> {
  const { principal_id, media_buy_id, increments, gauges } = fact;
  const buy = await tx.get<{ seq: number }>(sql`SELECT seq FROM media_buys WHERE principal_id = ${principal_id} AND media_buy_id = ${media_buy_id}`);
  if (buy === undefined) throw new Stale();
  const days = new Additions(['package_id', 'creative_id', 'day'], COUNTER_NAMES);
  const hours = new Additions(['hour', 'package_id', 'creative_id'], COUNTER_NAMES);
  for (const { package_id, creative_id = '', more: _more, ...amounts } of increments) {
    const key = { package_id, creative_id, day: fact.day, hour: `${fact.day}T${String(fact.hour ?? 0).padStart(2, '0')}` };
    days.add({ buy: buy.seq, key, amounts });
    hours.add({ buy: buy.seq, key, amounts });
  }
  await days.write(tx, 'delivery');
  await hours.write(tx, 'delivery_hours');
  await recordDetails(tx, buy.seq, fact);
  if (Object.keys(gauges).length > 0) await measure(tx, buy.seq, gauges);
}

/** Whoever measures the same buy meanwhile waits for this row. */
async function measure(tx: Queries, buy: number, gauges: DeliveryGauges): Promise<void> {
  await tx.run(sql`INSERT INTO delivery_gauges (buy, gauges) VALUES (${buy}, '{}') ON CONFLICT DO NOTHING`);
  const known = (await tx.get<{ gauges: DeliveryGauges }>(sql`SELECT gauges FROM delivery_gauges WHERE buy = ${buy} FOR UPDATE`))!;
  await tx.run(sql`UPDATE delivery_gauges SET gauges = ${JSON.stringify(mergedGauges(known.gauges, gauges))} WHERE buy = ${buy}`);
}

/** Ledgers of the buys that exist, in the order of the ids. */
export async function ledgers(db: Queries, principal_id: string, ids: readonly string[], range?: DeliveryRange, dimensions: readonly Dimension[] = []): Promise<DeliveryLedger[]> {
  const heads = await db.all<Head & { media_buy_id: string }>(
    sql`SELECT media_buy_id, seq, (SELECT gauges FROM delivery_gauges WHERE buy = seq) AS gauges, (SELECT min(day) FROM delivery WHERE buy = seq) AS first,
          (SELECT max(day) FROM delivery WHERE buy = seq) AS last, EXISTS (SELECT 1 FROM delivery_metrics WHERE buy = seq) AS more
        FROM media_buys WHERE principal_id = ${principal_id} AND media_buy_id = ANY(${ids}::text[])`);
  const known = new Map(heads.map((head) => [head.media_buy_id, head]));
  const found = ids.flatMap((media_buy_id) => {
    const head = known.get(media_buy_id);
    return head ? [ledger(db, media_buy_id, head, range, dimensions)] : [];
  });
  return Promise.all(found);
}

async function ledger(db: Queries, media_buy_id: string, head: Head, range: DeliveryRange | undefined, dimensions: readonly Dimension[]): Promise<DeliveryLedger> {
  const { seq, first, last } = head;
  const gauges = head.gauges ?? {};
  if (first === null || last === null) return { media_buy_id, rows: [], gauges };
  const rows = (await (range?.by === 'hour' ? hourRows(db, seq, range) : dayRows(db, seq, range))).map((row) => rowOf(media_buy_id, row));
  if (range?.by === 'hour') return { media_buy_id, rows, gauges, span: { first, last } };
  return {
    media_buy_id, rows, gauges, span: { first, last },
    ...(head.more ? { more: await moreRows(db, seq, range) } : {}),
    ...(dimensions.length > 0 ? { parts: await partRows(db, seq, dimensions, range) } : {}),
  };
}

const dayRows = (db: Queries, buy: number, range: DeliveryRange | undefined): Promise<Row[]> =>
  db.all<Row>(sql`SELECT day, ${COLUMNS} FROM delivery
    WHERE ${every(sql`buy = ${buy}`, when(range?.start, (day) => sql`day >= ${day}`), when(range?.end, (day) => sql`day < ${day}`))}
    ORDER BY package_id, creative_id, day`);

const hourRows = (db: Queries, buy: number, { start, end }: DeliveryRange): Promise<Row[]> =>
  db.all<Row>(sql`SELECT hour AS day, ${COLUMNS} FROM delivery_hours WHERE buy = ${buy} AND hour >= ${start} AND hour < ${end} AND NOT (${NOTHING})
    ORDER BY package_id, creative_id, hour`);

function rowOf(media_buy_id: string, row: Row): DeliveryRow {
  const counters = Object.fromEntries(COUNTER_NAMES.map((name) => [name, row[name]])) as unknown as DeliveryCounters;
  return {
    media_buy_id, package_id: row.package_id, day: row.day, counters, ...(row.creative_id === '' ? {} : { creative_id: row.creative_id }),
    attributed: { conversions: row.attributed_conversions, conversion_value_micros: row.attributed_value_micros },
  };
}
