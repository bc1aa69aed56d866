/** Which items of a catalogue a package or a creative is about: all selectors that it has must hold. */
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { CatalogItemRecord } from './catalog.ts';
import { textOf, type CatalogItem } from './item-ids.ts';

export type Selectors = Pick<Catalog, 'ids' | 'gtins' | 'tags' | 'category'>;

/** @param item_id what the item is called in its catalogue; @param content_id what events call it */
export function isSelected({ ids, gtins, tags, category }: Selectors, { item_id, content_id, item }: Pick<CatalogItemRecord, 'item_id' | 'content_id' | 'item'>): boolean {
  return (
    (ids === undefined || ids.includes(item_id) || (content_id !== undefined && ids.includes(content_id)) || ids.some((id) => id === textOf(item['sku'])))
    && (gtins === undefined || gtins.some((gtin) => gtin === textOf(item['gtin'])))
    && (tags === undefined || tagsOf(item).some((tag) => typeof tag === 'string' && tags.includes(tag)))
    && (category === undefined || categoriesOf(item).some((own) => isWithin(own, category)))
  );
}

/** Whether there is anything to select by. */
export const isNarrowed = ({ ids, gtins, tags, category }: Selectors): boolean => [ids, gtins, tags, category].some((each) => each !== undefined);

const tagsOf = ({ tags }: CatalogItem): unknown[] => (Array.isArray(tags) ? tags : []);

const categoriesOf = ({ category, categories }: CatalogItem): string[] =>
  [category, ...(Array.isArray(categories) ? categories : [])].flatMap((each) => textOf(each) ?? []);

/** `beverages/tea` lies within `beverages`. */
const isWithin = (own: string, category: string): boolean => (own === category || own.startsWith(`${category}/`));
