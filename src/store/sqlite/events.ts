/** Logged events and what follows from them: an event is stored once, and counted once for each buy that aims at it. */
import { aimOf, attribute, valuations, type Attribution, type GoalEntry, type Recording } from '../../domain/attribution.ts';
import { COUNTER_NAMES } from '../../domain/delivery-facts.ts';
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { EventColumns } from './event-columns.ts';
import { Hours } from './hours.ts';
import type { Statements } from './rows.ts';

interface GoalRow {
  readonly buy: number;
  readonly entry: string;
}

interface EventRow {
  readonly event_id: string;
  /** Milliseconds since 1970. */
  readonly event_time: number;
  /** JSON. */
  readonly event: string;
}

/** All events of one type that one source logs. */
interface Stream {
  readonly library: string;
  readonly event_source_id: string;
  readonly event_type: string;
}

/** What a batch needs to know of a stream, looked up once. */
interface OpenStream extends Stream {
  readonly seq: number;
  /** Goals that name the stream, by buy. */
  readonly aims: ReadonlyMap<number, GoalEntry[]>;
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

  record(batch: EventColumns): void {
    const { library, event_source_id, received_at, types, times, texts } = batch;
    const streams = new Map<string, OpenStream>();
    batch.ids.forEach((event_id, at) => {
      const event_type = types[at]!;
      let stream = streams.get(event_type);
      if (stream === undefined) streams.set(event_type, (stream = this.#open({ library, event_source_id, event_type })));
      const row = { event_id, event_time: times[at]!, event: texts[at]! };
      const fresh = this.#sql.run(
        'INSERT INTO events (stream, event_id, event_time, received_at, event) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
        stream.seq,
        event_id,
        row.event_time,
        received_at,
        row.event,
      );
      if (fresh > 0 && stream.aims.size > 0) this.#countForAll(stream, row);
    });
  }

  #open(stream: Stream): OpenStream {
    return { ...stream, seq: this.#seqOf(stream) ?? this.#add(stream), aims: this.#aimsAt(stream) };
  }

  #seqOf({ library, event_source_id, event_type }: Stream): number | undefined {
    return this.#sql.get<{ stream: number }>(
      'SELECT stream FROM event_streams WHERE library = ? AND event_source_id = ? AND event_type = ?', library, event_source_id, event_type)?.stream;
  }

  #add({ library, event_source_id, event_type }: Stream): number {
    return this.#sql.get<{ stream: number }>(
      'INSERT INTO event_streams (library, event_source_id, event_type) VALUES (?, ?, ?) RETURNING stream', library, event_source_id, event_type)!.stream;
  }

  #countForAll(stream: OpenStream, row: EventRow): void {
    const recording = recordingOf(row, stream);
    for (const [buy, entries] of stream.aims) this.#count({ seq: buy, library: stream.library }, recording, entries);
  }

  /** A buy counts what was logged before it aimed at a source, too. */
  catchUp(buy: MediaBuyRecord, { seq, before }: { readonly seq: number; readonly before: ReadonlyMap<string, string> }): void {
    const rows = this.#sql.all<GoalRow>('SELECT buy, entry FROM goals WHERE buy = ? ORDER BY rowid', seq);
    const aims = rows.map((row) => JSON.parse(row.entry) as GoalEntry);
    const bySource = Map.groupBy(aims, aimOf);
    for (const [aim, entries] of bySource) {
      if (before.has(aim)) continue;
      const { event_source_id, event_type } = entries[0]!;
      const stream = { library: buy.library, event_source_id, event_type };
      for (const row of this.#since(stream, this.#earliest(entries))) this.#count({ seq, library: buy.library }, recordingOf(row, stream), entries);
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

  #since(stream: Stream, earliest: number): EventRow[] {
    return this.#sql.all<EventRow>(
      'SELECT event_id, event_time, event FROM events WHERE stream = ? AND event_time >= ? ORDER BY event_time, event_id', this.#seqOf(stream) ?? null, earliest);
  }

  #earliest(entries: readonly GoalEntry[]): number {
    const times = entries.map((entry) => this.#policy.earliest?.(entry));
    return times.includes(undefined) ? Number.MIN_SAFE_INTEGER : Math.min(...times.map((time) => Date.parse(time!)));
  }

  #aimsAt({ library, event_source_id, event_type }: Stream): Map<number, GoalEntry[]> {
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
    const recordings = sources.flatMap((event_source_id) => {
      const stream = { library: buy.library, event_source_id, event_type };
      const row = this.#sql.get<EventRow>(
        'SELECT event_id, event_time, event FROM events WHERE stream = ? AND event_id = ?', this.#seqOf(stream) ?? null, event_id);
      return row ? [recordingOf(row, stream)] : [];
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

const recordingOf = ({ event_id, event_time, event }: EventRow, { event_source_id, event_type }: Stream): Recording => ({
  event_id,
  event_type,
  event_source_id,
  event_time: new Date(event_time).toISOString(),
  event: JSON.parse(event) as Recording['event'],
});
