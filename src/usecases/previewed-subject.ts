import type { Caller } from '../domain/caller.ts';
import { isNarrowed, isSelected } from '../domain/catalog/selection.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import { formatFor } from '../domain/format-listing.ts';
import { fillingsOf, sizeOf, type PreviewSubject, type ShownCatalog, type Size } from '../domain/preview/subject.ts';
import { invalid, type Refused } from '../protocol/errors.ts';
import type { Asset } from '../protocol/wire/core/asset.ts';
import type { Catalog } from '../protocol/wire/core/catalog.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import type { PreviewWish } from '../protocol/wire/preview-creative.ts';
import type { Desk } from './desk.ts';

/** How many items of a catalogue are shown where the request does not say. */
const USUAL_ITEMS = 10;

export interface Previewed {
  readonly kind: 'previewed';
  readonly subject: PreviewSubject;
  /** The creative of the library that is shown. */
  readonly creative?: CreativeRecord;
}

/**
 * What a wish is about. A manifest that names a creative of the library (`creative_id`, beyond the schema) may leave out what the
 * library has.
 * @param at the path of the wish in the request, with its dot
 */
export async function previewedSubject(wish: PreviewWish, at: string, caller: Caller, desk: Desk): Promise<Previewed | Refused> {
  const { creative_manifest: manifest, item_limit = USUAL_ITEMS } = wish;
  const named = (manifest as { creative_id?: unknown }).creative_id;
  const [creative] = typeof named === 'string' ? await desk.store.creatives(caller.reach, [named]) : [];
  const assets = { ...creative?.creative.assets, ...manifest.assets };
  const fillings = fillingsOf(assets);
  if (fillings.length === 0) return invalid(`${at}creative_manifest.assets`, 'there is nothing to show: name the assets, or a creative of the library that has some');
  const catalogs = new Map<string, ShownCatalog>();
  for (const { slot, asset } of fillings) {
    if (asset.asset_type !== 'catalog') continue;
    const shown = await shownCatalog(asset, { field: `${at}creative_manifest.assets.${slot}`, limit: item_limit }, caller, desk);
    if ('kind' in shown) return shown;
    catalogs.set(slot, shown);
  }
  const size = await sizeFor(wish.format_id ?? manifest.format_id ?? creative?.creative.format_id, fillings.map(({ asset }) => asset), caller, desk);
  return {
    kind: 'previewed', subject: { title: creative?.creative.name ?? 'Preview', assets, catalogs, ...(size ? { size } : {}) }, ...(creative ? { creative } : {}),
  };
}

/** The items that stand in the manifest itself, else those of the catalogue of that id that may be shown, or may be soon. */
async function shownCatalog(asset: Asset, { field, limit }: { readonly field: string; readonly limit: number }, caller: Caller, { store }: Desk): Promise<ShownCatalog | Refused> {
  const catalog = asset as Asset & Catalog;
  if (catalog.items !== undefined) return { catalog, items: catalog.items.slice(0, limit) };
  const [known] = catalog.catalog_id === undefined ? [] : await store.catalogs(caller.reach, [catalog.catalog_id]);
  if (known === undefined) return invalid(`${field}.catalog_id`, 'the catalogue is not known here, and holds no items; sync it with sync_catalogs');
  const found = await store.catalogItems(known, { statuses: ['approved', 'warning', 'pending'], ...(isNarrowed(catalog) ? {} : { limit }) });
  const items = found.filter((record) => isSelected(catalog, record)).map(({ item }) => item);
  return { catalog: { ...known.catalog, ...catalog }, items: items.slice(0, limit) };
}

/** The size that the format says, else the one that its picture has. */
async function sizeFor(format_id: FormatId | undefined, assets: readonly Asset[], caller: Caller, { catalogue, seller }: Desk): Promise<Size | undefined> {
  const dimensions = format_id && formatFor(format_id, await catalogue.formats(caller), seller.agent_url).renders?.[0]?.dimensions;
  if (dimensions?.width !== undefined && dimensions.height !== undefined) return { width: dimensions.width, height: dimensions.height };
  const pictured = assets.find(({ asset_type }) => asset_type === 'image' || asset_type === 'video');
  return pictured && sizeOf(pictured).size;
}
