import { COUNTER_NAMES, type DeliveryCounters, type DeliveryFact } from '../../domain/delivery-facts.ts';
import type { Statements } from './rows.ts';

export type HourRow = DeliveryCounters & { package_id: string; creative_id: string; day: string; attributed_conversions: number; attributed_value_micros: number };

interface Counted {
  readonly package_id: string;
  readonly creative_id?: string;
  /** Empty or absent: hours are not kept for the package. */
  readonly hour?: string;
  readonly value_micros: number;
}

const COUNTERS = COUNTER_NAMES.join(', ');
/** What is left of a conversion that counts in another hour by now. */
const NOTHING = [...COUNTER_NAMES, 'attributed_conversions', 'attributed_value_micros'].map((name) => `${name} = 0`).join(' AND ');
const ADDED = COUNTER_NAMES.map((name) => `${name} = ${name} + excluded.${name}`).join(', ');

/** Delivery by the hour. */
export class Hours {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  record(buy: number, { day, hour = 0, increments }: DeliveryFact): void {
    for (const increment of increments)
      this.#sql.run(
        `INSERT INTO delivery_hours (buy, hour, package_id, creative_id, ${COUNTERS}) VALUES (?, ?, ?, ?, ${COUNTER_NAMES.map(() => '?').join(', ')})
         ON CONFLICT DO UPDATE SET ${ADDED}`,
        buy, `${day}T${String(hour).padStart(2, '0')}`, increment.package_id, increment.creative_id ?? '', ...COUNTER_NAMES.map((name) => increment[name] ?? 0));
  }

  /** @param times 1 for a conversion that counts, -1 for one that counts no longer */
  count(buy: number, { package_id, creative_id = '', hour = '', value_micros }: Counted, times: 1 | -1): void {
    if (hour === '') return;
    this.#sql.run(
      `INSERT INTO delivery_hours (buy, hour, package_id, creative_id, attributed_conversions, attributed_value_micros) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET attributed_conversions = attributed_conversions + excluded.attributed_conversions,
         attributed_value_micros = attributed_value_micros + excluded.attributed_value_micros`,
      buy, hour, package_id, creative_id, times, times * value_micros);
  }

  /** @param range half-open, in hours */
  rows(buy: number, { start, end }: { readonly start: string; readonly end: string }): HourRow[] {
    return this.#sql.all<HourRow>(
      `SELECT *, hour day FROM delivery_hours WHERE buy = ? AND hour >= ? AND hour < ? AND NOT (${NOTHING}) ORDER BY package_id, creative_id, hour`, buy, start, end);
  }
}
