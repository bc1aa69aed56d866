import type { CatalogItemRecord, CatalogRecord } from '../../domain/catalog/catalog.ts';
import type { Reach } from '../../domain/caller.ts';
import type { CatalogItemFilter } from '../../domain/ports/store-queries.ts';
import type { Change, Store } from '../../domain/ports/store.ts';
import { LibraryTable } from './libraries.ts';
import { Conditions, recordOf, type Statements } from './rows.ts';

/** Catalogues, and the items in them. */
export class Catalogs {
  readonly #sql: Statements;
  readonly #catalogs: LibraryTable<CatalogRecord>;

  constructor(statements: Statements) {
    this.#sql = statements;
    this.#catalogs = new LibraryTable<CatalogRecord>(statements, 'catalogs', 'catalog_id', (each) => each.catalog_id);
  }

  find(reach: Reach, catalog_ids?: readonly string[]): CatalogRecord[] {
    return this.#catalogs.find(reach, catalog_ids);
  }

  /** Of everybody, oldest first. */
  all(): CatalogRecord[] {
    return this.#sql.all<{ record: string }>('SELECT record FROM catalogs ORDER BY seq').map((row) => recordOf<CatalogRecord>(row));
  }

  /** In the order in which they were sent. */
  items({ library, catalog_id }: CatalogRecord, { item_ids, statuses, limit, unlisted }: CatalogItemFilter): CatalogItemRecord[] {
    const where = new Conditions()
      .and('catalog = (SELECT seq FROM catalogs WHERE library = ? AND catalog_id = ?)', library, catalog_id)
      .among('item_id', item_ids)
      .among('status', statuses);
    if (!unlisted) where.and('listed = 1');
    return this.#sql
      .all<{ record: string }>(`SELECT record FROM catalog_items WHERE ${where} ORDER BY position LIMIT ?`, ...where.values, limit ?? -1)
      .map((row) => recordOf<CatalogItemRecord>(row));
  }

  knownContents(library: string, content_ids: readonly string[]): Set<string> {
    const rows = this.#sql.all<{ content_id: string }>(
      `SELECT DISTINCT i.content_id FROM catalog_items i JOIN catalogs c ON c.seq = i.catalog
       WHERE c.library = ? AND i.listed = 1 AND i.content_id IN (SELECT value FROM json_each(?))`,
      library, JSON.stringify(content_ids));
    return new Set(rows.map((row) => row.content_id));
  }

  put({ catalog, items, decided = [] }: Extract<Change, { kind: 'put_catalog' }>): void {
    this.#catalogs.put(catalog);
    const seq = this.#catalogs.seqOf(catalog);
    if (items) this.#sql.run('DELETE FROM catalog_items WHERE catalog = ?', seq);
    for (const [position, item] of (items ?? []).entries())
      this.#sql.run(
        'INSERT INTO catalog_items (catalog, item_id, content_id, status, listed, position, record) VALUES (?, ?, ?, ?, ?, ?, ?)',
        seq, item.item_id, item.content_id ?? null, item.status, item.listed ? 1 : 0, position, JSON.stringify(item));
    for (const item of decided)
      this.#sql.run('UPDATE catalog_items SET status = ?, record = ? WHERE catalog = ? AND item_id = ?', item.status, JSON.stringify(item), seq, item.item_id);
  }

  delete(catalog: CatalogRecord): void {
    this.#catalogs.delete(catalog);
  }
}

/** The part of the port that is about catalogues. */
export function catalogReads(catalogs: Catalogs): Pick<Store, 'catalogs' | 'catalogItems' | 'knownContents'> {
  return {
    catalogs: async (reach, catalog_ids) => catalogs.find(reach, catalog_ids),
    catalogItems: async (catalog, filter = {}) => catalogs.items(catalog, filter),
    knownContents: async (library, content_ids) => catalogs.knownContents(library, content_ids),
  };
}
