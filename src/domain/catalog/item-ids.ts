/** By which of its members an item of a catalogue is known (seller specification §2.17, §3.10). */
import type { Catalog } from '../../protocol/wire/core/catalog.ts';

/** An item as the buyer sent it. */
export type CatalogItem = Readonly<Record<string, unknown>>;
export type CatalogType = Catalog['type'];
export type ContentIdType = NonNullable<Catalog['content_id_type']>;

/** The identifier that AdCP's item of a type has to have; those of free form have none of their own. */
const OWN_ID: Readonly<Record<CatalogType, ContentIdType | undefined>> = {
  offering: 'offering_id', store: 'store_id', hotel: 'hotel_id', flight: 'flight_id', job: 'job_id', vehicle: 'vehicle_id',
  real_estate: 'listing_id', education: 'program_id', destination: 'destination_id', app: 'app_id',
  product: undefined, inventory: undefined, promotion: undefined,
};

/** Where an item of free form may say what it is called, the first that it has. */
const FREE_IDS = ['item_id', 'id', 'sku', 'gtin'] as const;

/** The member that an item of this type is known by, undefined where the form is free. */
export const ownIdOf = (type: CatalogType): ContentIdType | undefined => OWN_ID[type];

/** What an item is called within its catalogue; undefined when it says nothing that could be its id. */
export function itemId(type: CatalogType, item: CatalogItem): string | undefined {
  const own = OWN_ID[type];
  return firstText(item, own === undefined ? FREE_IDS : [own, 'item_id']);
}

/**
 * The identifier by which events name an item (`content_ids`): that of the catalogue's `content_id_type`, else what the item is called.
 * A GTIN is nothing that another id could stand in for.
 */
export function contentId({ type, content_id_type }: Pick<Catalog, 'type' | 'content_id_type'>, item: CatalogItem): string | undefined {
  if (content_id_type === undefined) return itemId(type, item);
  if (content_id_type === 'gtin') return firstText(item, ['gtin']);
  return firstText(item, [content_id_type]) ?? itemId(type, item);
}

/** A member as text: numbers are ids too in many feeds. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function firstText(item: CatalogItem, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(item[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}
