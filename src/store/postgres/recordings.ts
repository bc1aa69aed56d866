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

/**
 * What the sources that some goals name have recorded of some events.
 * @returns looks up one of the events
 */
export async function recordingsOf(
  tx: Queries, library: string, goals: readonly GoalEntry[], events: readonly EventName[],
): Promise<(event: EventName) => readonly Recording[]> {
  const found = new Map<string, Recording[]>();
  for (const [event_type, some] of Map.groupBy(events, (event) => event.event_type)) {
    const sources = [...new Set(goals.filter((goal) => goal.event_type === event_type).map(({ event_source_id }) => event_source_id))];
    const ids = [...new Set(some.map(({ event_id }) => event_id))];
    const rows = await tx.all<EventRow & { readonly event_source_id: string }>(
      sql`SELECT s.event_source_id, e.event_id, e.event_time, e.event FROM event_streams s JOIN events e ON e.stream = s.stream
          WHERE s.library = ${library} AND s.event_type = ${event_type} AND s.event_source_id = ANY(${sources}::text[]) AND e.event_id = ANY(${ids}::text[])`);
    for (const row of rows) {
      const recording = recordingOf(row, { library, event_type, event_source_id: row.event_source_id });
      found.set(nameOf(recording), [...(found.get(nameOf(recording)) ?? []), recording]);
    }
  }
  return (event) => found.get(nameOf(event)) ?? [];
}

interface EventName {
  readonly event_type: string;
  readonly event_id: string;
}

const nameOf = ({ event_type, event_id }: EventName): string => JSON.stringify([event_type, event_id]);
