import type { Caller } from '../domain/caller.ts';
import { reviewed } from '../domain/catalog/item-review.ts';
import { isSelected } from '../domain/catalog/selection.ts';
import type { CatalogItemRecord } from '../domain/catalog/catalog.ts';
import type { Catalog } from '../protocol/wire/core/catalog.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { Desk } from './desk.ts';

/** What of a buyer's catalogue could be promoted here. */
export interface MatchedCatalog {
  readonly type: Catalog['type'];
  readonly match: NonNullable<Product['catalog_match']>;
}

/** Longer lists of ids are left to their count. */
const MOST_IDS = 500;

type Candidate = Pick<CatalogItemRecord, 'item_id' | 'content_id' | 'item' | 'status'>;

/** The catalogue of a search, item by item; undefined when there is none whose items are known here. */
export async function matchedCatalog(catalog: Catalog | undefined, caller: Caller, desk: Desk): Promise<MatchedCatalog | undefined> {
  if (catalog === undefined || !desk.features.catalogs) return undefined;
  const candidates = catalog.items ? judged(catalog, catalog.items) : await synced(catalog, caller, desk);
  if (candidates === undefined) return undefined;
  const wanted = candidates.filter((each) => isSelected(catalog, each));
  const fit = wanted.filter(({ status }) => status === 'approved' || status === 'warning');
  const ids = fit.length > 0 && fit.length <= MOST_IDS ? { matched_ids: fit.map(({ item_id, content_id }) => content_id ?? item_id) } : {};
  return { type: catalog.type, match: { submitted_count: wanted.length, matched_count: fit.length, ...ids } };
}

/** Products that show catalogues of the type, each with what of it they could show: nothing, where no item may be shown. */
export function showing(products: readonly Product[], { type, match }: MatchedCatalog): readonly Product[] {
  if (match.matched_count === 0) return [];
  return products.filter(({ catalog_types = [] }) => catalog_types.includes(type)).map((product) => ({ ...product, catalog_match: match }));
}

function judged(catalog: Catalog, items: NonNullable<Catalog['items']>): Candidate[] {
  return reviewed(catalog, items).map((verdict, at) => ({ ...verdict, item: items[at]! }));
}

async function synced({ catalog_id, type }: Catalog, { reach }: Caller, { store }: Desk): Promise<readonly Candidate[] | undefined> {
  const [known] = catalog_id === undefined ? [] : await store.catalogs(reach, [catalog_id]);
  return known?.catalog.type === type ? store.catalogItems(known) : undefined;
}
