/** Catalogues of buyers, as stored (seller specification §2.17, §3.5). */
import type { ImpairmentReason } from '../../protocol/wire/core/impairment.ts';
import type { Catalog } from '../../protocol/wire/core/catalog.ts';
import type { CatalogItemStatus } from '../../protocol/wire/sync-catalogs.ts';
import type { FeedAddress } from './feed-address.ts';
import type { CatalogItem } from './item-ids.ts';

/** As many catalogues as an account may have. */
export const MOST_CATALOGS = 200;
/** As many items as a catalogue may have. */
export const MOST_ITEMS = 10_000;

/** The legal moves of an item's status; only the seller withdraws, and only the seller brings back. */
export const CATALOG_ITEM_EDGES: Readonly<Record<CatalogItemStatus, readonly CatalogItemStatus[]>> = {
  pending: ['approved', 'rejected', 'warning', 'withdrawn'],
  approved: ['warning', 'rejected', 'withdrawn'],
  warning: ['approved', 'rejected', 'withdrawn'],
  rejected: ['pending'],
  withdrawn: ['approved'],
};

/** A catalogue without its items. */
export interface CatalogRecord {
  readonly catalog_id: string;
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
  /** Version of the stored row, 0 until it is stored. */
  readonly row_version: number;
  /** As the buyer sent it last, without `items` and `url`. */
  readonly catalog: Omit<Catalog, 'items' | 'url'>;
  /** Where its items are read from; absent: they come in the call. */
  readonly feed_address?: FeedAddress;
  /** How many listed items have which status. */
  readonly counts: ItemCounts;
  /** Hash over the items as they came. */
  readonly items_hash: string;
  readonly created_at: string;
  readonly last_synced_at: string;
  /** When the feed is fetched next, if it is fetched by a timetable. */
  readonly next_fetch_at?: string;
  readonly feed?: FeedState;
}

export type ItemCounts = Readonly<Record<CatalogItemStatus, number>>;

export const NO_ITEMS: ItemCounts = { approved: 0, pending: 0, rejected: 0, warning: 0, withdrawn: 0 };

export const countOf = (counts: ItemCounts): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** What was heard of a feed last. */
export interface FeedState {
  /** Sent along with the next fetch, so that a feed that has not changed need not be sent again. */
  readonly etag?: string;
  readonly last_modified?: string;
  /** Why the last fetch by timetable failed; the items are those of the one before. */
  readonly failure?: { readonly at: string; readonly message: string };
}

export interface CatalogItemRecord {
  readonly item_id: string;
  /** By what events name it; absent when it has no identifier of the catalogue's kind. */
  readonly content_id?: string;
  readonly status: CatalogItemStatus;
  /** Why it has this status, for the buyer. */
  readonly reasons: readonly string[];
  /** Verbatim. */
  readonly item: CatalogItem;
  /** False when the buyer left it out of the last sync: it is kept only for what was decided of it. */
  readonly listed: boolean;
  /** What a person at the seller's decided; absent: the status follows from the item alone. */
  readonly decision?: ItemDecision;
}

export interface ItemDecision {
  readonly at: string;
  /** What the item was before. */
  readonly from?: CatalogItemStatus;
  readonly reason_code?: ImpairmentReason;
}

/** How many of the items have which status; those that are not listed do not count. */
export function counted(items: readonly CatalogItemRecord[]): ItemCounts {
  const counts: Record<CatalogItemStatus, number> = { ...NO_ITEMS };
  for (const { status, listed } of items) if (listed) counts[status] += 1;
  return counts;
}
