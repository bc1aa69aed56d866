/** What a buyer is told of a catalogue (seller specification §2.17). */
import type { CatalogItemIssue, CatalogItemStatus, SyncedCatalog } from '../../protocol/wire/sync-catalogs.ts';
import { countOf, type CatalogItemRecord, type CatalogRecord, type ItemCounts } from './catalog.ts';
import { toldStatus } from './item-merge.ts';

/** As many items as an answer tells of; the counts tell of all. */
export const MOST_ISSUES = 100;

/** Statuses that a buyer has to hear of, whatever the reasons. */
export const ISSUE_STATUSES = ['pending', 'rejected', 'warning', 'withdrawn'] as const satisfies readonly CatalogItemStatus[];

/** @param issues items that are not simply approved, in the order of the catalogue; one more than are told shows that there are more */
export function shownCatalog(
  record: CatalogRecord, action: SyncedCatalog['action'], issues: readonly CatalogItemRecord[], resubmitted: ReadonlySet<string> = new Set(),
): SyncedCatalog {
  const { catalog_id, last_synced_at, next_fetch_at, feed } = record;
  const counts = told(record.counts, issues, resubmitted);
  const listed = issues.filter((each) => each.listed && (each.status !== 'approved' || resubmitted.has(each.item_id)));
  const warnings = [
    ...(listed.length > MOST_ISSUES ? [`item_issues tells of ${MOST_ISSUES} items; there are more`] : []),
    ...(feed?.failure ? [`the feed could not be fetched again at ${feed.failure.at}: ${feed.failure.message}; these are the items of the time before`] : []),
    ...(countOf(record.counts) === 0 ? ['the catalogue has no items, and nothing of it can be shown'] : []),
  ];
  return {
    catalog_id, action, item_count: countOf(counts), items_approved: counts.approved + counts.warning, items_pending: counts.pending,
    items_rejected: counts.rejected,
    ...(listed.length > 0 ? { item_issues: listed.slice(0, MOST_ISSUES).map((each) => issue(each, resubmitted)) } : {}),
    last_synced_at,
    ...(next_fetch_at === undefined ? {} : { next_fetch_at }),
    ...(warnings.length > 0 ? { warnings } : {}),
  };
}

/** Items that come back corrected are stored as what they are, and told as pending once. */
function told(counts: ItemCounts, issues: readonly CatalogItemRecord[], resubmitted: ReadonlySet<string>): ItemCounts {
  const moved: Record<CatalogItemStatus, number> = { ...counts };
  for (const { item_id, status } of issues)
    if (resubmitted.has(item_id)) {
      moved[status] -= 1;
      moved.pending += 1;
    }
  return moved;
}

function issue(record: CatalogItemRecord, resubmitted: ReadonlySet<string>): CatalogItemIssue & { readonly code?: 'ITEM_VALIDATION_FAILED' } {
  const status = toldStatus(record, resubmitted);
  const reasons = resubmitted.has(record.item_id) && status === 'pending' ? ['it was rejected before and is looked at again'] : record.reasons;
  return {
    item_id: record.item_id, status, ...(reasons.length > 0 ? { reasons: [...reasons] } : {}),
    ...(status === 'rejected' && record.decision === undefined ? { code: 'ITEM_VALIDATION_FAILED' as const } : {}),
  };
}
