import type { Reach } from '../domain/caller.ts';
import type { CatalogItemRecord } from '../domain/catalog/catalog.ts';
import { ruled, type ItemRuling } from '../domain/catalog/item-ruling.ts';
import type { Change } from '../domain/ports/store.ts';
import { catalogPush } from './catalog-jobs.ts';
import type { Desk } from './desk.ts';

export type RulingOutcome =
  | { readonly kind: 'ruled'; readonly from: CatalogItemRecord['status']; readonly changes: readonly Change[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'illegal'; readonly from: CatalogItemRecord['status'] };

/** Carries out what a person has decided of an item: the platform hears of it, and buys that promote the item tell of it from then on. */
export async function ruledItem(
  reach: Reach, { catalog_id, item_id, ruling }: { readonly catalog_id: string; readonly item_id: string; readonly ruling: ItemRuling }, desk: Desk,
): Promise<RulingOutcome> {
  const [catalog] = await desk.store.catalogs(reach, [catalog_id]);
  if (catalog === undefined) return { kind: 'unknown' };
  const items = await desk.store.catalogItems(catalog, { unlisted: true });
  const item = items.find((each) => each.item_id === item_id);
  if (item === undefined) return { kind: 'unknown' };
  const outcome = ruled(catalog, item, ruling, desk.clock.now().toISOString());
  if (outcome.kind === 'illegal') return outcome;
  if (outcome.kind === 'same') return { kind: 'ruled', from: item.status, changes: [] };
  const after = items.map((each) => (each === item ? outcome.item : each));
  return {
    kind: 'ruled', from: item.status,
    changes: [{ kind: 'put_catalog', catalog: outcome.catalog, decided: [outcome.item] }, ...catalogPush(outcome.catalog, after, desk)],
  };
}
