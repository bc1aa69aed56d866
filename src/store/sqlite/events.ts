/** Logged events and what follows from them: an event is stored once, and counted once for each buy that aims at it. */
import { attribute, type GoalEntry } from '../../domain/attribution.ts';
import type { EventBatch, EventRecord } from '../../domain/conversion-event.ts';
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Statements } from './rows.ts';

interface GoalRow {
  readonly buy: number;
  readonly entry: string;
}

interface EventRow {
  readonly event_id: string;
  readonly event_type: string;
  readonly event_time: string;
  readonly event: string;
}

export class Events {
  readonly #sql: Statements;
  readonly #policy: AttributionPolicy;

  constructor(statements: Statements, policy: AttributionPolicy) {
    this.#sql = statements;
    this.#policy = policy;
  }

  record(batch: EventBatch): void {
    const aims = new Map<string, Map<number, GoalEntry[]>>();
    for (const event of batch.events) {
      const fresh = this.#sql.run(
        `INSERT INTO events (library, event_source_id, event_type, event_id, event_time, received_at, event) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        batch.library, batch.event_source_id, event.event_type, event.event_id, event.event_time, batch.received_at, JSON.stringify(event.event));
      if (fresh === 0) continue;
      if (!aims.has(event.event_type)) aims.set(event.event_type, this.#aimsAt(batch.library, batch.event_source_id, event.event_type));
      for (const [buy, entries] of aims.get(event.event_type)!) this.#count(buy, event, entries);
    }
  }

  /** A buy counts what was logged before it aimed at a source, too. */
  catchUp(buy: MediaBuyRecord, { seq, aimedBefore }: { readonly seq: number; readonly aimedBefore: ReadonlySet<string> }): void {
    const rows = this.#sql.all<GoalRow>('SELECT buy, entry FROM goals WHERE buy = ?', seq);
    const bySource = Map.groupBy(rows.map((row) => JSON.parse(row.entry) as GoalEntry), (entry) => `${entry.event_source_id}\n${entry.event_type}`);
    for (const [aim, entries] of bySource) {
      if (aimedBefore.has(aim)) continue;
      const { event_source_id, event_type } = entries[0]!;
      const earlier = this.#sql.all<EventRow>(
        `SELECT event_id, event_type, event_time, event FROM events WHERE library = ? AND event_source_id = ? AND event_type = ? ORDER BY seq`,
        buy.library, event_source_id, event_type);
      for (const row of earlier) this.#count(seq, { ...row, event: JSON.parse(row.event) as EventRecord['event'] }, entries);
    }
  }

  #aimsAt(library: string, event_source_id: string, event_type: string): Map<number, GoalEntry[]> {
    const rows = this.#sql.all<GoalRow>('SELECT buy, entry FROM goals WHERE library = ? AND event_source_id = ? AND event_type = ?', library, event_source_id, event_type);
    const aims = new Map<number, GoalEntry[]>();
    for (const row of rows) aims.set(row.buy, [...(aims.get(row.buy) ?? []), JSON.parse(row.entry) as GoalEntry]);
    return aims;
  }

  #count(buy: number, event: EventRecord, entries: readonly GoalEntry[]): void {
    const counted = attribute(event, entries, this.#policy);
    if (counted === undefined) return;
    const creative_id = counted.creative_id ?? '';
    const fresh = this.#sql.run(
      `INSERT INTO attributions (buy, event_type, event_id, package_id, creative_id, day, value_micros) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      buy, event.event_type, event.event_id, counted.package_id, creative_id, counted.day, counted.value_micros);
    if (fresh === 0) return;
    this.#sql.run(
      `INSERT INTO delivery (buy, package_id, creative_id, day, attributed_conversions, attributed_value_micros) VALUES (?, ?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET attributed_conversions = attributed_conversions + 1, attributed_value_micros = attributed_value_micros + excluded.attributed_value_micros`,
      buy, counted.package_id, creative_id, counted.day, counted.value_micros);
  }
}
