/** Looks at the items of a catalogue, each on its own and beside the others (seller specification §2.17). */
import { checkShape } from '../../protocol/request-check.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import { CATALOG_ITEMS, Price } from '../../protocol/wire/core/catalog-items.ts';
import { contentId, itemId, textOf, type CatalogItem } from './item-ids.ts';

/** What an item is, and whether it can be shown. */
export interface ItemVerdict {
  /** What it is called; its place in the list, `items[3]`, when it has no id of its own. */
  readonly item_id: string;
  readonly content_id?: string;
  /** `warning`: it is shown, but `reasons` say what would make it better. */
  readonly status: 'approved' | 'warning' | 'rejected';
  readonly reasons: readonly string[];
}

const LONGEST_ID = 256;
/** Addresses that people are led to, or that pictures come from. */
const ADDRESSES = [
  'url', 'link', 'image_url', 'image_link', 'landing_url', 'checkout_url', 'apply_url', 'icon_url', 'store_url', 'deep_link_url', 'preview_video_url',
] as const;

/** In the order of the items. Of items with one id the first counts. */
export function reviewed(catalog: Pick<Catalog, 'type' | 'content_id_type'>, items: readonly CatalogItem[]): ItemVerdict[] {
  const seen = new Set<string>();
  return items.map((item, at) => {
    const item_id = itemId(catalog.type, item);
    const nameless = idFlaw(item_id, seen);
    if (item_id === undefined || nameless !== undefined) return { item_id: taken(`items[${at}]`, seen), status: 'rejected', reasons: [nameless!] };
    seen.add(item_id);
    const content_id = contentId(catalog, item);
    return { item_id, ...(content_id === undefined ? {} : { content_id }), ...judged(catalog, item, content_id) };
  });
}

function idFlaw(item_id: string | undefined, seen: ReadonlySet<string>): string | undefined {
  if (item_id === undefined) return 'it has no id';
  if (item_id.length > LONGEST_ID) return `its id is longer than ${LONGEST_ID} characters`;
  return seen.has(item_id) ? 'its id stands earlier in the list already' : undefined;
}

/** A name that no other item has: buyers may call their items anything. */
function taken(name: string, seen: Set<string>): string {
  const free = seen.has(name) ? taken(`${name}'`, seen) : name;
  seen.add(free);
  return free;
}

function judged(
  { type, content_id_type }: Pick<Catalog, 'type' | 'content_id_type'>, item: CatalogItem, content_id: string | undefined,
): Pick<ItemVerdict, 'status' | 'reasons'> {
  const shape = CATALOG_ITEMS[type];
  const flaws = shape === undefined ? freeFlaws(item) : (checkShape(shape, item)?.issues ?? []).map(({ message }) => message);
  const reasons = [...flaws, ...addressFlaws(item)];
  if (reasons.length > 0) return { status: 'rejected', reasons };
  const advice = [
    ...(content_id === undefined ? [`it has no ${content_id_type}, so that no event can name it`] : []),
    ...(shape === undefined && type === 'product' ? productAdvice(item) : []),
  ];
  return { status: advice.length > 0 ? 'warning' : 'approved', reasons: advice };
}

/** Items of free form have no shape; a price that is an object is one like all others. */
function freeFlaws({ price }: CatalogItem): string[] {
  if (typeof price === 'number' && price < 0) return ['price must be at least 0'];
  if (typeof price !== 'object' || price === null) return [];
  return (checkShape(Price, price, ['price'])?.issues ?? []).map(({ message }) => message);
}

/** Only addresses of the web are ever put into an ad: anything else could run where it is shown. */
function addressFlaws(item: CatalogItem): string[] {
  return ADDRESSES.flatMap((name) => {
    const value = item[name];
    if (value === undefined || value === null || value === '') return [];
    const protocol = typeof value === 'string' ? URL.parse(value)?.protocol : undefined;
    const allowed = protocol === 'https:' || protocol === 'http:' || (name === 'deep_link_url' && protocol !== undefined && protocol !== 'javascript:' && protocol !== 'data:');
    return allowed ? [] : [`${name} is not an address of the web`];
  });
}

function productAdvice(item: CatalogItem): string[] {
  const lacks = (...names: string[]) => names.every((name) => textOf(item[name]) === undefined);
  return [
    ...(lacks('title', 'name') ? ['it has no title'] : []),
    ...(lacks('url', 'link') ? ['it has no url to lead people to'] : []),
    ...(lacks('image_url', 'image_link') ? ['it has no image_url'] : []),
  ];
}
