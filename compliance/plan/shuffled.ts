import { createHash } from 'node:crypto';

/**
 * The items in an order that follows from a seed and their names alone: the same for each pair, whatever else there is, so that leaving
 * items out keeps the order of those that stay.
 */
export function shuffled<Item>(items: readonly Item[], nameOf: (item: Item) => string, seed: string): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: createHash('sha256').update(`${seed}\0${nameOf(item)}`).digest('hex') }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ item }) => item);
}
