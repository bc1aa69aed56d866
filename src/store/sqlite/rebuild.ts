/** Works the indexes out anew from the facts that they are over: for an operator who does not trust them, or has mended facts by hand. */
import type { MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { RebuiltIndex } from '../rebuilt-index.ts';
import { openDatabase, type Sql } from './database.ts';
import { MediaBuys } from './media-buys.ts';
import { Statements } from './rows.ts';

const UNATTRIBUTED = 'attributed_conversions = 0 AND attributed_value_micros = 0';
const UNREPORTED = ['impressions', 'clicks', 'views', 'completed_views', 'spend_micros', 'conversions', 'conversion_value_micros'].map((name) => `${name} = 0`).join(' AND ');

/** Conversions by day, or by hour, as they follow from attributions; in the place of those that were kept. */
const conversions = (table: 'delivery' | 'delivery_hours', time: 'day' | 'hour'): string => `
  UPDATE ${table} SET attributed_conversions = 0, attributed_value_micros = 0;
  INSERT INTO ${table} (buy, package_id, creative_id, ${time}, attributed_conversions, attributed_value_micros)
    SELECT buy, package_id, creative_id, ${time}, count(*), sum(value_micros) FROM attributions WHERE ${time} <> '' GROUP BY 1, 2, 3, 4
    ON CONFLICT DO UPDATE SET attributed_conversions = excluded.attributed_conversions, attributed_value_micros = excluded.attributed_value_micros;
  DELETE FROM ${table} WHERE ${UNATTRIBUTED} AND ${UNREPORTED};`;

/** Each index with the rows that it is compared by: all of it but the order in which rows came. */
const INDEXES: readonly { readonly index: string; readonly shown: string }[] = [
  { index: 'delivery', shown: `SELECT * FROM delivery WHERE NOT (${UNATTRIBUTED} AND ${UNREPORTED})` },
  { index: 'delivery_hours', shown: `SELECT * FROM delivery_hours WHERE NOT (${UNATTRIBUTED} AND ${UNREPORTED})` },
  { index: 'packages', shown: 'SELECT * FROM packages' },
  { index: 'goals', shown: 'SELECT * FROM goals' },
  { index: 'creative_assignments', shown: 'SELECT * FROM creative_assignments' },
  { index: 'media_buys', shown: 'SELECT seq, status, account_id, due_at FROM media_buys' },
];

/**
 * Rebuilds all indexes in one transaction.
 * @param file the store, which no server holds open
 * @throws StoreInUse
 */
export function rebuildIndexes(file: string, policy: AttributionPolicy): RebuiltIndex[] {
  const { sql, close } = openDatabase(file);
  try {
    return sql.transaction(() => {
      for (const { index, shown } of INDEXES) sql.exec(`CREATE TEMP TABLE before_${index} AS ${shown}`);
      sql.exec(conversions('delivery', 'day') + conversions('delivery_hours', 'hour'));
      reindexed(sql, policy);
      return INDEXES.map((each) => compared(sql, each));
    })();
  } finally {
    close();
  }
}

function reindexed(sql: Sql, policy: AttributionPolicy): void {
  const buys = new MediaBuys(new Statements(sql), policy);
  // Indexes are written while the buys are walked, so that the walk goes by position.
  const next = sql.prepare('SELECT seq, record FROM media_buys WHERE seq > ? ORDER BY seq LIMIT 1');
  for (let row = next.get(0); row !== undefined; row = next.get((row as { seq: number }).seq)) {
    const { seq, record } = row as { seq: number; record: string };
    buys.reindex(JSON.parse(record) as MediaBuyRecord, seq);
  }
}

/** Rows that are there now and were not before, and the other way round; the longer list counts. */
function compared(sql: Sql, { index, shown }: (typeof INDEXES)[number]): RebuiltIndex {
  const count = (query: string): number => (sql.prepare(`SELECT count(*) n FROM (${query})`).get() as { n: number }).n;
  const before = `SELECT * FROM before_${index}`;
  const wrong = Math.max(count(`${shown} EXCEPT ${before}`), count(`${before} EXCEPT ${shown}`));
  const rows = count(shown);
  sql.exec(`DROP TABLE before_${index}`);
  return { index, rows, wrong };
}
