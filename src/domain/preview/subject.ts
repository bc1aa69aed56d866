/** What a preview shows: the assets of a creative by slot, and the items of the catalogues among them. */
import type { Asset, AssetMap } from '../../protocol/wire/core/asset.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { CatalogItem } from '../catalog/item-ids.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A catalogue with those of its items that are shown. */
export interface ShownCatalog {
  readonly catalog: Pick<Catalog, 'type' | 'catalog_id' | 'content_id_type'>;
  readonly items: readonly CatalogItem[];
}

export interface PreviewSubject {
  readonly title: string;
  readonly assets: AssetMap;
  /** Of catalogue assets, by slot. */
  readonly catalogs: ReadonlyMap<string, ShownCatalog>;
  readonly size?: Size;
}

/** One asset and the slot that it fills. */
export interface Filling {
  readonly slot: string;
  readonly asset: Asset;
}

/** How a slot is named; members of other names are none of ours, and nobody has looked at what they hold. */
const SLOT = /^[a-z0-9_]+$/;

export const fillingsOf = (assets: AssetMap): Filling[] =>
  Object.entries(assets).filter(([slot]) => SLOT.test(slot)).flatMap(([slot, held]) => (Array.isArray(held) ? held : [held]).map((asset) => ({ slot, asset })));

/** What stands beside the ad itself. */
const COMPANION = /companion/;

/** The ad, then each asset that is shown in a place of its own. */
export function piecesOf(subject: PreviewSubject): { readonly role: 'primary' | 'companion'; readonly fillings: readonly Filling[]; readonly size?: Size }[] {
  const all = fillingsOf(subject.assets);
  const companions = all.filter(({ slot, asset }) => COMPANION.test(slot) && asset.asset_type === 'image');
  const rest = all.filter((filling) => !companions.includes(filling));
  return [
    ...(rest.length > 0 ? [{ role: 'primary' as const, fillings: rest, ...(subject.size ? { size: subject.size } : {}) }] : []),
    ...companions.map((filling) => ({ role: 'companion' as const, fillings: [filling], ...sizeOf(filling.asset) })),
  ];
}

/** The size that an asset states of itself. */
export function sizeOf({ width, height }: Asset): { size?: Size } {
  return typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0 ? { size: { width, height } } : {};
}
