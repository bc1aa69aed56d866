/**
 * Puts values of a catalogue into URLs so that they can be nothing but values there (seller specification §3.10): no break-out of a query,
 * no further macro, no header line, no scheme.
 */
import type { Catalog } from '../protocol/wire/core/catalog.ts';
import { contentId, textOf, type CatalogItem, type ContentIdType } from './catalog/item-ids.ts';

/** A macro in single braces; `{{...}}` belongs to others and is left as it is. */
const MACRO = /(?<!\{)\{([A-Z][A-Z0-9_]*)\}(?!\})/g;

/** What `encodeURIComponent` leaves although RFC 3986 does not call it unreserved. */
const SUB_DELIMITERS = /[!'()*]/g;

/** The macro that names an item by each kind of identifier. */
const ID_MACROS: Readonly<Record<ContentIdType, string>> = {
  sku: 'SKU', gtin: 'GTIN', offering_id: 'OFFERING_ID', job_id: 'JOB_ID', hotel_id: 'HOTEL_ID', flight_id: 'FLIGHT_ID', vehicle_id: 'VEHICLE_ID',
  listing_id: 'LISTING_ID', store_id: 'STORE_ID', program_id: 'PROGRAM_ID', destination_id: 'DESTINATION_ID', app_id: 'APP_ITEM_ID',
};

/** Values by the macro's name without braces. */
export type MacroValues = Readonly<Record<string, string>>;

/** A value as it may stand anywhere in a URL: NFC, UTF-8, every byte escaped that is not unreserved (`A-Z a-z 0-9 - . _ ~`). */
export function encodedForUrl(value: string): string {
  return encodeURIComponent(value.normalize('NFC').toWellFormed())
    .replaceAll(SUB_DELIMITERS, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * A URL with the macros replaced that have a value, each encoded, in one pass: what a value holds is never looked at for macros.
 * Macros without a value stay, for whoever serves the ad.
 */
export function substituted(template: string, values: MacroValues): string {
  return template.replaceAll(MACRO, (macro, name: string) => (Object.hasOwn(values, name) ? encodedForUrl(values[name]!) : macro));
}

/** The same in a text that nobody reads as a URL: values stand as they are. */
export function filled(template: string, values: MacroValues): string {
  return template.replaceAll(MACRO, (macro, name: string) => (Object.hasOwn(values, name) ? values[name]! : macro));
}

/**
 * Every macro that a catalogue gives a value to when this item of it is shown. What the item does not say is empty, so that a tracker never
 * gets the macro's name for a value.
 */
export function catalogMacros(catalog: Pick<Catalog, 'type' | 'catalog_id' | 'content_id_type'>, item: CatalogItem): MacroValues {
  const price = priceOf(item['price']);
  const own = catalog.content_id_type ?? 'sku';
  const ids = Object.entries(ID_MACROS).map(([type, macro]) => {
    const content_id_type = type as ContentIdType;
    const named = textOf(item[type]);
    // Only the identifier that the catalogue goes by may be the item's plain id.
    return [macro, named ?? (content_id_type === own ? contentId({ ...catalog, content_id_type }, item) : undefined) ?? ''];
  });
  return {
    ...Object.fromEntries(ids),
    CATALOG_ID: catalog.catalog_id ?? '',
    ITEM_NAME: textOf(item['name']) ?? textOf(item['title']) ?? '',
    ITEM_DESCRIPTION: textOf(item['description']) ?? '',
    ITEM_TAGLINE: textOf(item['tagline']) ?? '',
    ITEM_PRICE: price.amount,
    ITEM_PRICE_CURRENCY: price.currency,
  };
}

/** A price stands as `{amount, currency}`, or bare in products of free form. */
function priceOf(price: unknown): { readonly amount: string; readonly currency: string } {
  const { amount, currency } = typeof price === 'object' && price !== null ? (price as Record<string, unknown>) : { amount: price };
  return { amount: textOf(amount) ?? '', currency: textOf(currency) ?? '' };
}
