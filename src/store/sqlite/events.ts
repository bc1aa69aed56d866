/** Logged events and what follows from them: an event is stored once, and counted once for each buy that aims at it. */
import { aimOf, attribute, valuations, type Attribution, type GoalEntry, type Recording } from '../../domain/attribution.ts';
import type { EventBatch } from '../../domain/conversion-event.ts';
import { COUNTER_NAMES } from '../../domain/delivery-facts.ts';
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import { Hours } from './hours.ts';
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

interface AttributionRow {
  readonly package_id: string;
  readonly creative_id: string;
  readonly day: string;
  readonly hour: string;
  readonly value_micros: number;
}

/** No platform has reported anything for a row of `delivery`. */
const UNREPORTED = COUNTER_NAMES.map((name) => `${name} = 0`).join(' AND ');

export class Events {
  readonly #sql: Statements;
  readonly #policy: AttributionPolicy;
  readonly #hours: Hours;

  constructor(statements: Statements, policy: AttributionPolicy) {
    this.#sql = statements;
    this.#hours = new Hours(statements);
    this.#policy = policy;
  }

  record(batch: EventBatch): void {
    const { library, event_source_id } = batch;
    const aims = new Map<string, Map<number, GoalEntry[]>>();
    for (const event of batch.events) {
      const fresh = this.#sql.run(
        `INSERT INTO events (library, event_source_id, event_type, event_id, event_time, received_at, event)
         VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        library,
        event_source_id,
        event.event_type,
        event.event_id,
        event.event_time,
        batch.received_at,
        JSON.stringify(event.event),
      );
      if (fresh === 0) continue;
      if (!aims.has(event.event_type)) aims.set(event.event_type, this.#aimsAt(library, event_source_id, event.event_type));
      for (const [buy, entries] of aims.get(event.event_type)!) this.#count({ seq: buy, library }, { ...event, event_source_id }, entries);
    }
  }

  /** A buy counts what was logged before it aimed at a source, too. */
  catchUp(buy: MediaBuyRecord, { seq, before }: { readonly seq: number; readonly before: ReadonlyMap<string, string> }): void {
    const rows = this.#sql.all<GoalRow>('SELECT buy, entry FROM goals WHERE buy = ? ORDER BY rowid', seq);
    const aims = rows.map((row) => JSON.parse(row.entry) as GoalEntry);
    const bySource = Map.groupBy(aims, aimOf);
    for (const [aim, entries] of bySource) {
      if (before.has(aim)) continue;
      const { event_source_id, event_type } = entries[0]!;
      const earlier = this.#sql.all<EventRow>(
        `SELECT event_id, event_type, event_time, event FROM events
         WHERE library = ? AND event_source_id = ? AND event_type = ? AND event_time >= ? ORDER BY event_time, event_id`,
        buy.library,
        event_source_id,
        event_type,
        this.#earliest(entries),
      );
      for (const row of earlier) this.#count({ seq, library: buy.library }, recordingOf(row, event_source_id), entries);
    }
    const now = valuations(aims);
    const moved = aims.filter((entry) => before.has(aimOf(entry)) && before.get(aimOf(entry)) !== now.get(aimOf(entry)));
    if (moved.length > 0) this.#revalue({ seq, library: buy.library }, [...new Set(moved.map(({ event_type }) => event_type))]);
  }

  /** What has counted is worth what the goals say now, and stays with the creative that it counted for. */
  #revalue(buy: { readonly seq: number; readonly library: string }, event_types: readonly string[]): void {
    const counted = this.#sql.all<AttributionRow & { event_type: string; event_id: string }>(
      `SELECT event_type, event_id, package_id, creative_id, day, hour, value_micros FROM attributions
       WHERE buy = ? AND event_type IN (SELECT value FROM json_each(?))`, buy.seq, JSON.stringify(event_types));
    for (const row of counted) {
      const again = this.#again(buy, row);
      if (again === undefined) continue;
      this.#uncount(buy.seq, row);
      const { creative_id } = row;
      this.#put(buy.seq, row, again.package_id === row.package_id && creative_id !== '' ? { ...again, creative_id } : again);
    }
  }

  /** Event times are kept in UTC, so that they compare as texts. */
  #earliest(entries: readonly GoalEntry[]): string {
    const times = entries.map((entry) => this.#policy.earliest?.(entry));
    return times.includes(undefined) ? '' : new Date(Math.min(...times.map((time) => Date.parse(time!)))).toISOString();
  }

  #aimsAt(library: string, event_source_id: string, event_type: string): Map<number, GoalEntry[]> {
    const rows = this.#sql.all<GoalRow>(
      'SELECT buy, entry FROM goals WHERE library = ? AND event_source_id = ? AND event_type = ?',
      library,
      event_source_id,
      event_type,
    );
    const aims = new Map<number, GoalEntry[]>();
    for (const row of rows) aims.set(row.buy, [...(aims.get(row.buy) ?? []), JSON.parse(row.entry) as GoalEntry]);
    return aims;
  }

  /** Counts an event for a buy; when it counted already, through another source, decides again over all its recordings. */
  #count(buy: { readonly seq: number; readonly library: string }, event: Recording, entries: readonly GoalEntry[]): void {
    const alone = attribute([event], entries, this.#policy);
    if (alone === undefined) return;
    const before = this.#sql.get<AttributionRow>(
      'SELECT package_id, creative_id, day, hour, value_micros FROM attributions WHERE buy = ? AND event_type = ? AND event_id = ?',
      buy.seq,
      event.event_type,
      event.event_id,
    );
    const counted = before === undefined ? alone : this.#again(buy, event);
    if (counted === undefined) return;
    if (before) this.#uncount(buy.seq, before);
    this.#put(buy.seq, event, counted);
  }

  #again(buy: { readonly seq: number; readonly library: string }, { event_type, event_id }: Pick<Recording, 'event_type' | 'event_id'>): Attribution | undefined {
    const rows = this.#sql.all<GoalRow>('SELECT buy, entry FROM goals WHERE buy = ?', buy.seq);
    const entries = rows.map((row) => JSON.parse(row.entry) as GoalEntry).filter((entry) => entry.event_type === event_type);
    const sources = [...new Set(entries.map((entry) => entry.event_source_id))];
    const recordings = sources.flatMap((source) => {
      const row = this.#sql.get<EventRow>(
        'SELECT event_id, event_type, event_time, event FROM events WHERE library = ? AND event_source_id = ? AND event_type = ? AND event_id = ?',
        buy.library,
        source,
        event_type,
        event_id,
      );
      return row ? [recordingOf(row, source)] : [];
    });
    return attribute(recordings, entries, this.#policy);
  }

  #put(buy: number, event: Pick<Recording, 'event_type' | 'event_id'>, counted: Attribution): void {
    const creative_id = counted.creative_id ?? '';
    this.#sql.run(
      'INSERT OR REPLACE INTO attributions (buy, event_type, event_id, package_id, creative_id, day, hour, value_micros) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      buy,
      event.event_type,
      event.event_id,
      counted.package_id,
      creative_id,
      counted.day,
      counted.hour ?? '',
      counted.value_micros,
    );
    this.#hours.count(buy, counted, 1);
    this.#sql.run(
      `INSERT INTO delivery (buy, package_id, creative_id, day, attributed_conversions, attributed_value_micros) VALUES (?, ?, ?, ?, 1, ?)
       ON CONFLICT DO UPDATE SET attributed_conversions = attributed_conversions + 1,
         attributed_value_micros = attributed_value_micros + excluded.attributed_value_micros`,
      buy,
      counted.package_id,
      creative_id,
      counted.day,
      counted.value_micros,
    );
  }

  #uncount(buy: number, before: AttributionRow): void {
    const { package_id, creative_id, day, value_micros } = before;
    this.#hours.count(buy, before, -1);
    this.#sql.run(
      `UPDATE delivery SET attributed_conversions = attributed_conversions - 1, attributed_value_micros = attributed_value_micros - ?
       WHERE buy = ? AND package_id = ? AND creative_id = ? AND day = ?`,
      value_micros,
      buy,
      package_id,
      creative_id,
      day,
    );
    this.#sql.run(
      `DELETE FROM delivery WHERE buy = ? AND package_id = ? AND creative_id = ? AND day = ? AND attributed_conversions = 0 AND ${UNREPORTED}`,
      buy,
      package_id,
      creative_id,
      day,
    );
  }
}

const recordingOf = (row: EventRow, event_source_id: string): Recording => ({
  ...row,
  event_source_id,
  event: JSON.parse(row.event) as Recording['event'],
});
