/** What a platform is told of a catalogue: the items that it may show. */
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { CatalogItemRecord, CatalogRecord } from './catalog.ts';
import type { CatalogItem } from './item-ids.ts';

export type CatalogChange =
  | { readonly catalog_id: string; readonly delete: true }
  | {
      readonly catalog_id: string;
      readonly type: Catalog['type'];
      readonly name?: string;
      readonly content_id_type?: Catalog['content_id_type'];
      /** The whole catalogue, cut into parts: the first takes the place of all that was there. */
      readonly part: { readonly number: number; readonly of: number };
      readonly items: readonly ServedItem[];
    };

/** An item as it may be shown, and what it is called. */
export interface ServedItem {
  readonly item_id: string;
  readonly item: CatalogItem;
}

/** Whether an item may be shown. */
export const isServed = ({ status, listed }: CatalogItemRecord): boolean => listed && (status === 'approved' || status === 'warning');

/** @param cut divides a list into parts that a platform takes in one call */
export function catalogChanges(
  { catalog, catalog_id }: CatalogRecord, items: readonly CatalogItemRecord[], cut: <Item>(items: readonly Item[]) => Item[][],
): CatalogChange[] {
  const { type, name, content_id_type } = catalog;
  const served = cut(items.filter(isServed).map(({ item_id, item }): ServedItem => ({ item_id, item })));
  const parts = served.length > 0 ? served : [[]];
  return parts.map((part, at) => ({
    catalog_id, type, ...(name === undefined ? {} : { name }), ...(content_id_type === undefined ? {} : { content_id_type }),
    part: { number: at + 1, of: parts.length }, items: part,
  }));
}
