/** Events as their sources recorded them. */
import type { GoalEntry, Recording } from '../../domain/attribution.ts';
import type { Queries } from './connections.ts';
import { sql } from './sql.ts';
import type { Stream } from './streams.ts';

export interface EventRow {
  readonly event_id: string;
  /** Milliseconds since 1970. */
  readonly event_time: number;
  readonly event: Recording['event'];
}

export const recordingOf = ({ event_id, event_time, event }: EventRow, { event_source_id, event_type }: Stream): Recording =>
  ({ event_id, event_type, event_source_id, event_time: new Date(event_time).toISOString(), event });

/** What every source that some goals name has recorded of events, in the order of the goals; by type and id. */
export async function recordingsOf(
  tx: Queries, library: string, goals: readonly GoalEntry[], events: readonly { readonly event_type: string; readonly event_id: string }[],
): Promise<ReadonlyMap<string, Recording[]>> {
  const found = new Map<string, Recording[]>();
  const wanted = Map.groupBy(events, ({ event_type }) => event_type);
  for (const [event_type, some] of wanted) {
    const sources = [...new Set(goals.filter((goal) => goal.event_type === event_type).map(({ event_source_id }) => event_source_id))];
    const rows = await tx.all<EventRow & { readonly event_source_id: string }>(
      sql`SELECT s.event_source_id, e.event_id, e.event_time, e.event FROM event_streams s JOIN events e ON e.stream = s.stream
          WHERE s.library = ${library} AND s.event_type = ${event_type} AND s.event_source_id = ANY(${sources}::text[])
            AND e.event_id = ANY(${some.map(({ event_id }) => event_id)}::text[])
          ORDER BY array_position(${sources}::text[], s.event_source_id)`);
    for (const row of rows) {
      const name = JSON.stringify([event_type, row.event_id]);
      found.set(name, [...(found.get(name) ?? []), recordingOf(row, { library, event_type, event_source_id: row.event_source_id })]);
    }
  }
  return found;
}
