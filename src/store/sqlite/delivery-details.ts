import type { DeliveryFact } from '../../domain/delivery-facts.ts';
import type { MoreMetric, MoreRow } from '../../domain/delivery-more.ts';
import { PART_COUNTERS, type Dimension, type PartCounters, type PartRow } from '../../domain/delivery-parts.ts';
import type { DeliveryRange } from '../../domain/ports/store.ts';
import { canonicalJson } from '../../protocol/canonical-json.ts';
import { Conditions, type Statements } from './rows.ts';

const COUNTERS = PART_COUNTERS.join(', ');

/** What some platforms tell beyond the counters: other metrics, and parts by place, device ... */
export class DeliveryDetails {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  record(buy: number, { day, increments, parts = [] }: DeliveryFact): void {
    for (const { package_id, creative_id = '', more = {} } of increments)
      for (const [metric, amount] of Object.entries(more))
        this.#sql.run(
          `INSERT INTO delivery_metrics (buy, package_id, creative_id, day, metric, amount) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET amount = amount + excluded.amount`, buy, package_id, creative_id, day, metric, amount);
    for (const { package_id, dimension, about, ...counters } of parts)
      this.#sql.run(
        `INSERT INTO delivery_parts (buy, dimension, package_id, part, day, ${COUNTERS}) VALUES (?, ?, ?, ?, ?, ${PART_COUNTERS.map(() => '?').join(', ')})
         ON CONFLICT DO UPDATE SET ${PART_COUNTERS.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
        buy, dimension, package_id, canonicalJson(about), day, ...PART_COUNTERS.map((name) => counters[name] ?? 0));
  }

  more(buy: number, range: DeliveryRange | undefined): MoreRow[] {
    const where = inDays(buy, range);
    return this.#sql.all<{ package_id: string; creative_id: string; day: string; metric: MoreMetric; amount: number }>(
      `SELECT package_id, creative_id, day, metric, amount FROM delivery_metrics WHERE ${where} ORDER BY package_id, creative_id, day, metric`, ...where.values)
      .map(({ creative_id, ...row }) => ({ ...row, ...(creative_id === '' ? {} : { creative_id }) }));
  }

  parts(buy: number, dimensions: readonly Dimension[], range: DeliveryRange | undefined): PartRow[] {
    const where = inDays(buy, range).among('dimension', dimensions);
    return this.#sql.all<PartCounters & { package_id: string; dimension: Dimension; part: string }>(
      `SELECT package_id, dimension, part, ${PART_COUNTERS.map((name) => `sum(${name}) ${name}`).join(', ')} FROM delivery_parts
       WHERE ${where} GROUP BY dimension, package_id, part ORDER BY dimension, package_id, part`, ...where.values)
      .map(({ part, ...row }) => ({ ...row, about: JSON.parse(part) as PartRow['about'] }));
  }
}

/** Details are kept by the day: of hours, the days that they lie in. */
function inDays(buy: number, range: DeliveryRange | undefined): Conditions {
  const end = range?.by === 'hour' ? range.end : undefined;
  return new Conditions().and('buy = ?', buy).when(range?.start.slice(0, 10), 'day >= ?').when(end ?? range?.end, 'day < ?');
}
