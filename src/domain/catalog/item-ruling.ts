/** What a person at the seller's decides of an item (seller specification §3.5). */
import type { ImpairmentReason } from '../../protocol/wire/core/impairment.ts';
import { CATALOG_ITEM_EDGES, type CatalogItemRecord, type CatalogRecord } from './catalog.ts';

export type ItemRuling =
  /** It may be shown: after a look, or again after a withdrawal. */
  | { readonly status: 'approved' }
  /** `reason` is told to the buyer, who may correct the item. */
  | { readonly status: 'rejected'; readonly reason: string }
  /** It is taken out of use; the buyer can do nothing about it. */
  | { readonly status: 'withdrawn'; readonly reason?: string; readonly reason_code?: ImpairmentReason };

export type RuledItem =
  | { readonly kind: 'ruled'; readonly catalog: CatalogRecord; readonly item: CatalogItemRecord }
  /** It has this status already. */
  | { readonly kind: 'same' }
  | { readonly kind: 'illegal'; readonly from: CatalogItemRecord['status'] };

export function ruled(catalog: CatalogRecord, item: CatalogItemRecord, ruling: ItemRuling, at: string): RuledItem {
  const { status } = ruling;
  if (item.status === status || (status === 'approved' && item.status === 'warning')) return { kind: 'same' };
  if (!CATALOG_ITEM_EDGES[item.status].includes(status)) return { kind: 'illegal', from: item.status };
  const reason = 'reason' in ruling ? ruling.reason : undefined;
  const reason_code = ruling.status === 'withdrawn' ? (ruling.reason_code ?? 'seller_removed') : undefined;
  const counts = item.listed ? { ...catalog.counts, [item.status]: catalog.counts[item.status] - 1, [status]: catalog.counts[status] + 1 } : catalog.counts;
  return {
    kind: 'ruled', catalog: { ...catalog, counts },
    item: { ...item, status, reasons: reason === undefined ? [] : [reason], decision: { at, from: item.status, ...(reason_code ? { reason_code } : {}) } },
  };
}
