/** Works the indexes out anew from the facts that they are over: for an operator who does not trust them, or has mended facts by hand. */
import { COUNTER_NAMES } from '../../domain/delivery-facts.ts';
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { RebuiltIndex } from '../rebuilt-index.ts';
import { openConnections, type Queries } from './connections.ts';
import { reindex } from './media-buys.ts';
import { OPERATOR } from './operator.ts';
import { raw, sql } from './sql.ts';

const UNATTRIBUTED = 'attributed_conversions = 0 AND attributed_value_micros = 0';
const NOTHING = `${UNATTRIBUTED} AND ${COUNTER_NAMES.map((name) => `${name} = 0`).join(' AND ')}`;

/** Conversions by day, or by hour, as they follow from attributions; in the place of those that were kept. */
const conversions = (table: 'delivery' | 'delivery_hours', time: 'day' | 'hour'): string => `
  UPDATE ${table} SET attributed_conversions = 0, attributed_value_micros = 0;
  INSERT INTO ${table} (buy, package_id, creative_id, ${time}, attributed_conversions, attributed_value_micros)
    SELECT buy, package_id, creative_id, ${time}, count(*), sum(value_micros)::bigint FROM attributions WHERE ${time} <> '' GROUP BY 1, 2, 3, 4
    ON CONFLICT (buy, package_id, creative_id, ${time})
    DO UPDATE SET attributed_conversions = excluded.attributed_conversions, attributed_value_micros = excluded.attributed_value_micros;
  DELETE FROM ${table} WHERE ${NOTHING};`;

/** Each index with the rows that it is compared by. */
const INDEXES: readonly { readonly index: string; readonly shown: string }[] = [
  { index: 'delivery', shown: `SELECT * FROM delivery WHERE NOT (${NOTHING})` },
  { index: 'delivery_hours', shown: `SELECT * FROM delivery_hours WHERE NOT (${NOTHING})` },
  { index: 'packages', shown: 'SELECT * FROM packages' },
  { index: 'goals', shown: 'SELECT buy, position, library, event_source_id, event_type, entry::text FROM goals' },
  { index: 'creative_assignments', shown: 'SELECT * FROM creative_assignments' },
  { index: 'media_buys', shown: 'SELECT seq, account_id, status, currency, start_time, end_time, due_at FROM media_buys' },
];
/** Whoever would write to these waits until the end; whoever reads does not. */
const FACTS = 'media_buys, packages, goals, creative_assignments, attributions, events, delivery, delivery_hours';

/** Rebuilds all indexes in one transaction, servers or no servers. */
export async function rebuildDatabaseIndexes(url: string, policy: AttributionPolicy): Promise<RebuiltIndex[]> {
  const db = openConnections({ url, connections: 1, application: OPERATOR });
  try {
    return await db.transaction(async (tx) => {
      await tx.script(`SET LOCAL statement_timeout = 0; LOCK TABLE ${FACTS} IN SHARE ROW EXCLUSIVE MODE`);
      for (const { index, shown } of INDEXES) await tx.script(`CREATE TEMP TABLE before_${index} ON COMMIT DROP AS ${shown}`);
      await tx.script(conversions('delivery', 'day') + conversions('delivery_hours', 'hour'));
      await reindexed(tx, policy);
      const compared: RebuiltIndex[] = [];
      for (const each of INDEXES) compared.push(await difference(tx, each));
      return compared;
    });
  } finally {
    await db.close();
  }
}

async function reindexed(tx: Queries, policy: AttributionPolicy): Promise<void> {
  const next = (behind: number) => tx.get<{ seq: number; record: MediaBuyRecord }>(sql`SELECT seq, record FROM media_buys WHERE seq > ${behind} ORDER BY seq LIMIT 1`);
  for (let row = await next(0); row !== undefined; row = await next(row.seq)) await reindex(tx, row.record, row.seq, policy);
}

/** Rows that are there now and were not before, and the other way round; the longer list counts. */
async function difference(tx: Queries, { index, shown }: (typeof INDEXES)[number]): Promise<RebuiltIndex> {
  const count = async (query: string): Promise<number> => (await tx.get<{ n: number }>(raw(`SELECT count(*) AS n FROM (${query}) AS rows`)))!.n;
  const before = `SELECT * FROM before_${index}`;
  const wrong = Math.max(await count(`${shown} EXCEPT ${before}`), await count(`${before} EXCEPT ${shown}`));
  return { index, rows: await count(shown), wrong };
}
