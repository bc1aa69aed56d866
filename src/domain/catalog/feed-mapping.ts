/** Puts a record of a feed into the members of an item as its buyer maps them. */
import type { CatalogFieldMapping } from '../../protocol/wire/core/catalog-field-mapping.ts';
import type { CatalogItem } from './item-ids.ts';
import { parsedDate } from './feed-date.ts';

/** Names that would reach behind an object. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
/** Groups of assets that hold films; all others hold pictures. */
const FILMS: ReadonlySet<string> = new Set(['video']);
const TRUE: ReadonlySet<string> = new Set(['true', 'yes', 'y', '1', 'in stock', 'in_stock', 'available']);
const FALSE: ReadonlySet<string> = new Set(['false', 'no', 'n', '0', 'out of stock', 'out_of_stock', 'unavailable']);

type Tree = Record<string, unknown>;

/**
 * @param record as the feed has it; mappings read from here
 * @param item what the mappings are laid over
 */
export function mappedItem(record: CatalogItem, item: CatalogItem, mappings: readonly CatalogFieldMapping[]): CatalogItem {
  const mapped: Tree = structuredClone(item) as Tree;
  for (const mapping of mappings) {
    const value = valueFor(mapping, record);
    if (value === undefined) continue;
    if (mapping.catalog_field !== undefined) put(mapped, mapping.catalog_field.split('.'), value);
    else if (mapping.asset_group_id !== undefined) addAsset(mapped, mapping.asset_group_id, value);
  }
  return mapped;
}

/** A value that is missing, empty or cannot be read gives way to the default. */
function valueFor(mapping: CatalogFieldMapping, record: CatalogItem): unknown {
  if (mapping.feed_field === undefined) return mapping.value;
  const raw = Object.hasOwn(record, mapping.feed_field) ? record[mapping.feed_field] : undefined;
  const missing = raw === undefined || raw === null || raw === '';
  return (missing ? undefined : transformed(raw, mapping)) ?? mapping.default;
}

function transformed(value: unknown, { transform, format, timezone, by = 1, separator = ',' }: CatalogFieldMapping): unknown {
  switch (transform) {
    case undefined: return value;
    case 'divide': return Number.isFinite(Number(value)) ? Number(value) / by : undefined;
    case 'boolean': return typeof value === 'boolean' ? value : truth(String(value).trim().toLowerCase());
    case 'split': return String(value).split(separator === '' ? ',' : separator).map((part) => part.trim()).filter((part) => part !== '');
    case 'date': return parsedDate(String(value), format, timezone);
  }
}

const truth = (word: string): boolean | undefined => (TRUE.has(word) ? true : FALSE.has(word) ? false : undefined);

function put(tree: Tree, [name, ...rest]: readonly string[], value: unknown): void {
  if (name === undefined || name === '' || FORBIDDEN.has(name)) return;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const inside = tree[name];
  const child: Tree = typeof inside === 'object' && inside !== null && !Array.isArray(inside) && Object.hasOwn(tree, name) ? (inside as Tree) : {};
  tree[name] = child;
  put(child, rest, value);
}

/** An address joins the pictures or films of its group. */
function addAsset(tree: Tree, asset_group_id: string, url: unknown): void {
  const groups = (Array.isArray(tree['assets']) ? tree['assets'] : []) as { asset_group_id?: unknown; items?: unknown[] }[];
  const asset_type = FILMS.has(asset_group_id) ? 'video' : 'image';
  const items = [url].flat().map((each) => ({ asset_type, url: each }));
  const known = groups.find((group) => group.asset_group_id === asset_group_id);
  tree['assets'] = known
    ? groups.map((group) => (group === known ? { ...group, items: [...(group.items ?? []), ...items] } : group))
    : [...groups, { asset_group_id, asset_type, items }];
}
