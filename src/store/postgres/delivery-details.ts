/** What some platforms tell beyond the counters: other metrics, and parts by place, device ... */
import type { DeliveryFact } from '../../domain/delivery-facts.ts';
import type { MoreMetric, MoreRow } from '../../domain/delivery-more.ts';
import { PART_COUNTERS, type Dimension, type PartCounters, type PartRow } from '../../domain/delivery-parts.ts';
import type { DeliveryRange } from '../../domain/ports/store.ts';
import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { Queries } from './connections.ts';
import { Additions } from './counters.ts';
import { every, raw, sql, when, type Sql } from './sql.ts';

export async function recordDetails(tx: Queries, buy: number, { day, increments, parts = [] }: DeliveryFact): Promise<void> {
  const metrics = new Additions(['package_id', 'creative_id', 'day', 'metric'], ['amount']);
  for (const { package_id, creative_id = '', more = {} } of increments)
    for (const [metric, amount] of Object.entries(more)) metrics.add({ buy, key: { package_id, creative_id, day, metric }, amounts: { amount } });
  const divided = new Additions(['dimension', 'package_id', 'part', 'day'], PART_COUNTERS);
  for (const { package_id, dimension, about, ...amounts } of parts)
    divided.add({ buy, key: { package_id, dimension, part: canonicalJson(about), day }, amounts });
  await metrics.write(tx, 'delivery_metrics');
  await divided.write(tx, 'delivery_parts');
}

export async function moreRows(db: Queries, buy: number, range: DeliveryRange | undefined): Promise<MoreRow[]> {
  const rows = await db.all<{ package_id: string; creative_id: string; day: string; metric: MoreMetric; amount: number }>(
    sql`SELECT package_id, creative_id, day, metric, amount FROM delivery_metrics WHERE ${inDays(buy, range)} ORDER BY package_id, creative_id, day, metric`);
  return rows.map(({ creative_id, ...row }) => ({ ...row, ...(creative_id === '' ? {} : { creative_id }) }));
}

export async function partRows(db: Queries, buy: number, dimensions: readonly Dimension[], range: DeliveryRange | undefined): Promise<PartRow[]> {
  const rows = await db.all<PartCounters & { package_id: string; dimension: Dimension; part: string }>(
    sql`SELECT package_id, dimension, part, ${raw(PART_COUNTERS.map((name) => `sum(${name})::bigint AS ${name}`).join(', '))} FROM delivery_parts
        WHERE ${inDays(buy, range)} AND dimension = ANY(${dimensions}::text[]) GROUP BY dimension, package_id, part ORDER BY dimension, package_id, part`);
  return rows.map(({ part, ...row }) => ({ ...row, about: JSON.parse(part) as PartRow['about'] }));
}

/** Details are kept by the day: of hours, the days that they lie in. */
function inDays(buy: number, range: DeliveryRange | undefined): Sql {
  const end = range?.by === 'hour' ? range.end : undefined;
  return every(sql`buy = ${buy}`, when(range?.start.slice(0, 10), (day) => sql`day >= ${day}`), when(end ?? range?.end, (day) => sql`day < ${day}`));
}
