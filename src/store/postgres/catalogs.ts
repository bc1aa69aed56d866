import type { CatalogItemRecord, CatalogRecord } from '../../domain/catalog/catalog.ts';
import type { CatalogItemFilter } from '../../domain/ports/store-queries.ts';
import type { Change } from '../../domain/ports/store.ts';
import type { Queries } from './connections.ts';
import { putIn, type LibraryTable } from './libraries.ts';
import { recordsOf, type RecordRow } from './rows.ts';
import { among, every, raw, sql, when } from './sql.ts';

export const CATALOGS: LibraryTable<CatalogRecord> = { table: 'catalogs', id: 'catalog_id', idOf: ({ catalog_id }) => catalog_id };

/** Of everybody, oldest first. */
export const allCatalogs = async (db: Queries): Promise<CatalogRecord[]> =>
  recordsOf(await db.all<RecordRow<CatalogRecord>>(sql`SELECT seq, record FROM catalogs ORDER BY seq`));

/** In the order in which they were sent. */
export async function catalogItems(db: Queries, { library, catalog_id }: CatalogRecord, { item_ids, statuses, limit, unlisted }: CatalogItemFilter): Promise<CatalogItemRecord[]> {
  const where = every(
    sql`catalog = (SELECT seq FROM catalogs WHERE library = ${library} AND catalog_id = ${catalog_id})`,
    among(raw('item_id'), item_ids), among(raw('status'), statuses), unlisted ? undefined : raw('listed'));
  const most = when(limit, (items) => sql` LIMIT ${items}`) ?? raw('');
  return recordsOf(await db.all<{ record: CatalogItemRecord }>(sql`SELECT record FROM catalog_items WHERE ${where} ORDER BY position${most}`));
}

export async function knownContents(db: Queries, library: string, content_ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.all<{ content_id: string }>(
    sql`SELECT DISTINCT i.content_id FROM catalog_items i JOIN catalogs c ON c.seq = i.catalog
        WHERE c.library = ${library} AND i.listed AND i.content_id = ANY(${content_ids}::text[])`);
  return new Set(rows.map(({ content_id }) => content_id));
}

/** @throws Stale */
export async function putCatalog(tx: Queries, { catalog, items, decided = [] }: Extract<Change, { kind: 'put_catalog' }>): Promise<void> {
  const seq = await putIn(tx, CATALOGS, catalog);
  if (items) await replaceItems(tx, seq, items);
  for (const item of decided)
    await tx.run(sql`UPDATE catalog_items SET status = ${item.status}, record = ${JSON.stringify(item)} WHERE catalog = ${seq} AND item_id = ${item.item_id}`);
}

async function replaceItems(tx: Queries, seq: number, items: readonly CatalogItemRecord[]): Promise<void> {
  await tx.run(sql`DELETE FROM catalog_items WHERE catalog = ${seq}`);
  if (items.length === 0) return;
  await tx.run(
    sql`INSERT INTO catalog_items (catalog, item_id, content_id, status, listed, position, record)
        SELECT ${seq}, id, content, status, listed, position, record
        FROM unnest(${items.map(({ item_id }) => item_id)}::text[], ${items.map(({ content_id = null }) => content_id)}::text[], ${items.map(({ status }) => status)}::text[],
          ${items.map(({ listed }) => listed)}::boolean[], ${items.map((item) => JSON.stringify(item))}::json[])
          WITH ORDINALITY AS i (id, content, status, listed, record, position)`);
}
