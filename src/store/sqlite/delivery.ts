import { COUNTER_NAMES, type DeliveryCounters, type DeliveryFact, type DeliveryGauges, type DeliveryLedger, type DeliveryRow } from '../../domain/delivery-facts.ts';
import type { Dimension } from '../../domain/delivery-parts.ts';
import type { DeliveryRange } from '../../domain/ports/store.ts';
import { mergedGauges } from '../../domain/delivery-gauges.ts';
import { Stale } from '../stale.ts';
import { DeliveryDetails } from './delivery-details.ts';
import { Hours } from './hours.ts';
import { Conditions, type Statements } from './rows.ts';

type Row = DeliveryCounters & { package_id: string; creative_id: string; day: string; attributed_conversions: number; attributed_value_micros: number };

interface Head {
  readonly seq: number;
  readonly gauges: string | null;
  readonly first: string | null;
  readonly last: string | null;
  readonly more: 1 | null;
}

const COUNTERS = COUNTER_NAMES.join(', ');

export class Delivery {
  readonly #sql: Statements;
  readonly #hours: Hours;
  readonly #details: DeliveryDetails;

  constructor(statements: Statements) {
    this.#sql = statements;
    this.#hours = new Hours(statements);
    this.#details = new DeliveryDetails(statements);
  }

  record(fact: DeliveryFact): void {
    const buy = this.#buy(fact.principal_id, fact.media_buy_id);
    if (buy === undefined) throw new Stale();
    for (const increment of fact.increments)
      this.#sql.run(
        `INSERT INTO delivery (buy, package_id, creative_id, day, ${COUNTERS}) VALUES (?, ?, ?, ?, ${COUNTER_NAMES.map(() => '?').join(', ')})
         ON CONFLICT DO UPDATE SET ${COUNTER_NAMES.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
        buy, increment.package_id, increment.creative_id ?? '', fact.day, ...COUNTER_NAMES.map((name) => increment[name] ?? 0));
    this.#hours.record(buy, fact);
    this.#details.record(buy, fact);
    if (Object.keys(fact.gauges).length > 0)
      this.#sql.run('INSERT INTO delivery_gauges (buy, gauges) VALUES (?, ?) ON CONFLICT DO UPDATE SET gauges = excluded.gauges',
        buy, JSON.stringify(mergedGauges(this.#gauges(buy), fact.gauges)));
  }

  /** @param range in days or, of a ledger by the hour, in hours */
  ledger(principal_id: string, media_buy_id: string, range?: DeliveryRange, dimensions: readonly Dimension[] = []): DeliveryLedger | undefined {
    const head = this.#sql.get<Head>(
      `SELECT seq, (SELECT gauges FROM delivery_gauges WHERE buy = seq) gauges, (SELECT min(day) FROM delivery WHERE buy = seq) first,
         (SELECT max(day) FROM delivery WHERE buy = seq) last,
         (SELECT 1 FROM delivery_metrics WHERE buy = seq LIMIT 1) more
       FROM media_buys WHERE principal_id = ? AND media_buy_id = ?`, principal_id, media_buy_id);
    if (head === undefined) return undefined;
    const { seq, first, last } = head;
    const gauges = head.gauges === null ? {} : (JSON.parse(head.gauges) as DeliveryGauges);
    if (first === null || last === null) return { media_buy_id, rows: [], gauges };
    if (range?.by === 'hour') return { media_buy_id, rows: this.#hours.rows(seq, range).map((row) => rowOf(media_buy_id, row)), gauges, span: { first, last } };
    const where = new Conditions().and('buy = ?', seq).when(range?.start, 'day >= ?').when(range?.end, 'day < ?');
    const rows = this.#sql.all<Row>(`SELECT * FROM delivery WHERE ${where} ORDER BY package_id, creative_id, day`, ...where.values);
    return {
      media_buy_id, rows: rows.map((row) => rowOf(media_buy_id, row)), gauges, span: { first, last },
      ...(head.more ? { more: this.#details.more(seq, range) } : {}),
      ...(dimensions.length > 0 ? { parts: this.#details.parts(seq, dimensions, range) } : {}),
    };
  }

  #buy(principal_id: string, media_buy_id: string): number | undefined {
    return this.#sql.get<{ seq: number }>('SELECT seq FROM media_buys WHERE principal_id = ? AND media_buy_id = ?', principal_id, media_buy_id)?.seq;
  }

  #gauges(buy: number): DeliveryGauges {
    const row = this.#sql.get<{ gauges: string }>('SELECT gauges FROM delivery_gauges WHERE buy = ?', buy);
    return row ? (JSON.parse(row.gauges) as DeliveryGauges) : {};
  }
}

function rowOf(media_buy_id: string, row: Row): DeliveryRow {
  const counters = Object.fromEntries(COUNTER_NAMES.map((name) => [name, row[name]])) as unknown as DeliveryCounters;
  return {
    media_buy_id, package_id: row.package_id, day: row.day, counters, ...(row.creative_id === '' ? {} : { creative_id: row.creative_id }),
    attributed: { conversions: row.attributed_conversions, conversion_value_micros: row.attributed_value_micros },
  };
}
