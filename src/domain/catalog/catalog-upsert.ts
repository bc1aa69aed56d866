/** Decides what one synced catalogue changes (seller specification §2.17). */
import { canonicalHash, canonicalJson } from '../../protocol/canonical-json.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { SyncedCatalog } from '../../protocol/wire/sync-catalogs.ts';
import type { Vault } from '../ports/vault.ts';
import { counted, NO_ITEMS, type CatalogItemRecord, type CatalogRecord, type FeedState } from './catalog.ts';
import { feedAddress } from './feed-address.ts';
import { nextFetch } from './feed-schedule.ts';
import type { CatalogItem } from './item-ids.ts';
import { mergedItems } from './item-merge.ts';
import { reviewed } from './item-review.ts';

/** A catalogue as it is sent to be synced. */
export type NamedCatalog = Catalog & { readonly catalog_id: string };

/** Where the items of a sync come from. */
export type ItemSupply =
  /** In the call, or read from the feed. */
  | { readonly kind: 'items'; readonly items: readonly CatalogItem[]; readonly feed?: FeedState }
  /** None were sent, or the feed has not changed: those that are stored stay. */
  | { readonly kind: 'kept'; readonly feed?: FeedState };

export interface CatalogOwner {
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
}

export interface CatalogUpsert {
  readonly action: Extract<SyncedCatalog['action'], 'created' | 'updated' | 'unchanged'>;
  readonly record: CatalogRecord;
  /** Members that differ from before. */
  readonly changes: readonly string[];
  /** All items in the place of the stored ones; absent: those stay. */
  readonly items?: readonly CatalogItemRecord[];
  readonly resubmitted: ReadonlySet<string>;
}

/** @param stored items of the known catalogue, listed or not */
export function upsertedCatalog(
  sent: NamedCatalog, supply: ItemSupply, known: { readonly record: CatalogRecord; readonly stored: readonly CatalogItemRecord[] } | undefined,
  { owner, now, awaiting, vault }: { readonly owner: CatalogOwner; readonly now: string; readonly awaiting: boolean; readonly vault: Vault },
): CatalogUpsert {
  const { items: _inline, url, ...catalog } = sent;
  const address = url === undefined ? undefined : feedAddress(url, known?.record.feed_address, vault);
  const sentItems = supply.kind === 'items' ? supply.items : known?.stored.filter(({ listed }) => listed).map(({ item }) => item) ?? [];
  const items_hash = supply.kind === 'items' ? canonicalHash(sentItems) : (known?.record.items_hash ?? canonicalHash([]));
  const newItems = items_hash !== known?.record.items_hash;
  const newRules = known === undefined || catalog.type !== known.record.catalog.type || catalog.content_id_type !== known.record.catalog.content_id_type;
  const merged = newItems || newRules ? mergedItems(sentItems, reviewed(catalog, sentItems), known?.stored ?? [], awaiting) : undefined;
  const changes = known ? [...differing(known.record.catalog, catalog), ...(address === known.record.feed_address ? [] : ['url']), ...(newItems ? ['items'] : [])] : [];
  const next_fetch_at = address && nextFetch(catalog, now);
  const { feed } = supply;
  const record: CatalogRecord = {
    ...owner, catalog_id: sent.catalog_id, row_version: known?.record.row_version ?? 0, catalog, items_hash,
    counts: merged ? counted(merged.items) : (known?.record.counts ?? NO_ITEMS),
    created_at: known?.record.created_at ?? now, last_synced_at: now, ...(address ? { feed_address: address } : {}),
    ...(next_fetch_at === undefined ? {} : { next_fetch_at }), ...(feed ? { feed } : {}),
  };
  return {
    action: known === undefined ? 'created' : changes.length > 0 ? 'updated' : 'unchanged', record, changes,
    ...(merged ? { items: merged.items } : {}), resubmitted: merged?.resubmitted ?? new Set(),
  };
}

function differing(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  const text = (value: unknown) => (value === undefined ? '' : canonicalJson(value));
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => text(before[name]) !== text(after[name]));
}
