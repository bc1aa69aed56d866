/** What becomes of a catalogue's items when it is synced again: what was decided of one stays with its id (seller specification §3.5). */
import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { CatalogItemStatus } from '../../protocol/wire/sync-catalogs.ts';
import type { CatalogItemRecord } from './catalog.ts';
import type { CatalogItem } from './item-ids.ts';
import type { ItemVerdict } from './item-review.ts';

export interface MergedItems {
  readonly items: readonly CatalogItemRecord[];
  /** Items that were rejected and come back corrected: they are looked at again, and told as pending until the next call. */
  readonly resubmitted: ReadonlySet<string>;
}

/**
 * @param verdicts one for each of `sent`, in their order
 * @param awaiting whether a person looks at items before they are shown
 */
export function mergedItems(
  sent: readonly CatalogItem[], verdicts: readonly ItemVerdict[], stored: readonly CatalogItemRecord[], awaiting: boolean,
): MergedItems {
  const before = new Map(stored.map((record) => [record.item_id, record]));
  const resubmitted = new Set<string>();
  const items = verdicts.map((verdict, at): CatalogItemRecord => {
    const record = next(verdict, sent[at]!, before.get(verdict.item_id), awaiting);
    if (before.get(verdict.item_id)?.status === 'rejected' && record.status !== 'rejected') resubmitted.add(verdict.item_id);
    return record;
  });
  const named = new Set(verdicts.map(({ item_id }) => item_id));
  const kept = stored.filter(({ item_id, status, decision }) => !named.has(item_id) && (status === 'withdrawn' || decision !== undefined));
  return { items: [...items, ...kept.map((record) => ({ ...record, listed: false }))], resubmitted };
}

function next({ item_id, content_id, status, reasons }: ItemVerdict, item: CatalogItem, known: CatalogItemRecord | undefined, awaiting: boolean): CatalogItemRecord {
  const about = { item_id, ...(content_id === undefined ? {} : { content_id }), item, listed: true };
  const decided = known?.decision ? { decision: known.decision } : {};
  // A withdrawal is the seller's: nothing that a buyer sends undoes it.
  if (known?.status === 'withdrawn') return { ...about, ...decided, status: 'withdrawn', reasons: known.reasons };
  if (status === 'rejected') return { ...about, status, reasons };
  if (known?.status === 'rejected' && known.decision && same(known.item, item)) return { ...about, ...decided, status: 'rejected', reasons: known.reasons };
  const looked = known !== undefined && (known.status === 'approved' || known.status === 'warning');
  if (!awaiting || looked) return { ...about, ...(looked ? decided : {}), status, reasons };
  return { ...about, status: 'pending', reasons };
}

const same = (one: CatalogItem, other: CatalogItem): boolean => canonicalJson(one) === canonicalJson(other);

/** The status that a buyer is told of an item in the answer to the sync that brought it. */
export const toldStatus = ({ item_id, status }: CatalogItemRecord, resubmitted: ReadonlySet<string>): CatalogItemStatus =>
  resubmitted.has(item_id) ? 'pending' : status;
