/** Whether a media buy has anything to show: what lets it leave `pending_creatives` (seller specification §3.1). */
import { approvalOf, type CreativeReview } from './creative-review.ts';
import type { CreativeRecord } from './creative.ts';
import type { PackageRecord } from './media-buy.ts';

/** Every creative that a package of these names, once. */
export function assignedCreatives(packages: readonly PackageRecord[]): string[] {
  return [
    ...new Set(
      packages.flatMap(({ package: { creative_assignments = [] } }) => creative_assignments.map(({ creative_id }) => creative_id)),
    ),
  ];
}

/**
 * Whether at least one package that is not canceled has a creative of the library, or a catalogue to make ads from. Where people look at
 * creatives, one counts when they have approved it.
 * @param known what the library holds, by id
 */
export function isCovered(packages: readonly PackageRecord[], known: ReadonlyMap<string, CreativeRecord>, review?: CreativeReview): boolean {
  const covers = (record: PackageRecord, creative: CreativeRecord | undefined): boolean =>
    creative !== undefined && (review === undefined || approvalOf(record, creative, review).approval_status === 'approved');

  return packages.some(
    (record) =>
      record.package.canceled !== true &&
      ((record.package.catalogs ?? []).length > 0 ||
        (record.package.creative_assignments ?? []).some(({ creative_id }) => covers(record, known.get(creative_id)))),
  );
}
