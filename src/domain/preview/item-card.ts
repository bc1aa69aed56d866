import { textOf, type CatalogItem } from '../catalog/item-ids.ts';
import { element, escaped } from './markup.ts';

/** What an item of a catalogue says of itself, as a reader of the ad sees it. */
export function itemCard(item: CatalogItem): string {
  const image = imageOf(item);
  const name = first(item, ['name', 'title', 'headline']);
  const price = priceOf(item['price']);
  const description = first(item, ['tagline', 'description']);
  return [
    ...(image === undefined ? [] : [element('img', { src: image, alt: name ?? 'item', referrerpolicy: 'no-referrer' })]),
    ...(name === undefined ? [] : [element('h3', {}, escaped(name))]),
    ...(description === undefined ? [] : [element('p', {}, escaped(description))]),
    ...(price === undefined ? [] : [element('p', { class: 'price' }, escaped(price))]),
  ].join('');
}

function first(item: CatalogItem, members: readonly string[]): string | undefined {
  return members.map((member) => textOf(item[member])).find((text) => text !== undefined);
}

/** Feeds name their pictures in several ways; only web addresses are pictures. */
function imageOf(item: CatalogItem): string | undefined {
  const several = Array.isArray(item['images']) ? (item['images'] as unknown[]) : [];
  const named = [item['image_url'], item['image_link'], item['image'], ...several].map((value) => textOf((value as { url?: unknown } | null)?.url ?? value));
  return named.find((url) => url !== undefined && /^https?:\/\//i.test(url));
}

function priceOf(price: unknown): string | undefined {
  if (typeof price !== 'object' || price === null) return textOf(price);
  const { amount, currency } = price as Record<string, unknown>;
  const stated = textOf(amount);
  return stated && [stated, textOf(currency)].filter((part) => part !== undefined).join(' ');
}
