import type { EventBatch } from '../../domain/conversion-event.ts';

/** A batch as it is stored, a column each: long texts travel to the thread that writes at little cost, and many objects do not. */
export interface EventColumns {
  readonly library: string;
  readonly event_source_id: string;
  /** Milliseconds since 1970, as the times below. */
  readonly received_at: number;
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly times: readonly number[];
  /** The events in JSON. */
  readonly texts: readonly string[];
}

export const columnsOf = ({ library, event_source_id, received_at, events }: EventBatch): EventColumns => ({
  library,
  event_source_id,
  received_at: Date.parse(received_at),
  ids: events.map(({ event_id }) => event_id),
  types: events.map(({ event_type }) => event_type),
  times: events.map(({ event_time }) => Date.parse(event_time)),
  texts: events.map(({ event }) => JSON.stringify(event)),
});
