/**
 * All events of one type that one source logs are a stream. Whoever records events into a stream shares it with others who do; whoever makes a buy aim at it
 * has it alone: so no event is recorded by a transaction that cannot see the aim while the buy looks for events and cannot see the event.
 */
import { aimOf, goalEntries, valuations } from '../../domain/attribution.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Change } from '../../domain/ports/store.ts';
import type { Queries } from './connections.ts';
import { storedGoals } from './media-buys.ts';
import { sql } from './sql.ts';

export interface Stream {
  readonly library: string;
  readonly event_source_id: string;
  readonly event_type: string;
}

interface Wanted {
  readonly stream: string;
  readonly alone: boolean;
}

const nameOf = ({ library, event_source_id, event_type }: Stream): string => JSON.stringify([library, event_source_id, event_type]);

/** Takes, until the transaction ends, all streams that some changes are about, in an order that is the same for everybody. */
export async function takeStreams(tx: Queries, changes: readonly Change[], policy: AttributionPolicy): Promise<void> {
  const wanted: Wanted[] = [];
  for (const change of changes) {
    if (change.kind === 'record_events') wanted.push(...recorded(change));
    if (change.kind === 'put_media_buy') wanted.push(...(await aimedAnew(tx, change, policy)));
  }
  if (wanted.length === 0) return;
  await tx.run(
    sql`SELECT CASE WHEN alone THEN pg_advisory_xact_lock(key)::text ELSE pg_advisory_xact_lock_shared(key)::text END FROM (
          SELECT hashtextextended(stream, 0) AS key, bool_or(alone) AS alone
          FROM unnest(${wanted.map(({ stream }) => stream)}::text[], ${wanted.map(({ alone }) => alone)}::boolean[]) AS w (stream, alone)
          GROUP BY 1 ORDER BY 1) AS keys`);
}

const recorded = ({ batch: { library, event_source_id, events } }: Extract<Change, { kind: 'record_events' }>): Wanted[] =>
  [...new Set(events.map(({ event_type }) => event_type))].map((event_type) => ({ stream: nameOf({ library, event_source_id, event_type }), alone: false }));

/** What a buy aims at that it did not aim at before, or does no longer, or values otherwise. It cannot have changed since: the buy would be stale. */
async function aimedAnew(tx: Queries, { buy }: Extract<Change, { kind: 'put_media_buy' }>, policy: AttributionPolicy): Promise<Wanted[]> {
  const stored = await storedGoals(tx, buy);
  const entries = goalEntries(buy, policy);
  const [before, now] = [valuations(stored), valuations(entries)];
  const moved = new Map([...stored, ...entries].map((entry) => [aimOf(entry), entry]).filter(([aim]) => before.get(aim as string) !== now.get(aim as string)) as [string, Omit<Stream, 'library'>][]);
  return [...moved.values()].map(({ event_source_id, event_type }) => ({ stream: nameOf({ library: buy.library, event_source_id, event_type }), alone: true }));
}
