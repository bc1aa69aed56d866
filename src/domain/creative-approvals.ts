/** How far the creatives of a package are approved, and which formats still lack one (seller specification §2.10). */
import type { CreativeApproval } from '../protocol/wire/core/media-buy.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import { approvalOf, type CreativeReview } from './creative-review.ts';
import type { CreativeRecord } from './creative.ts';
import { sameFormat } from './format-ids.ts';
import type { PackageRecord } from './media-buy.ts';

/** One entry for every assigned creative that the library holds; the others have not come yet. */
export function creativeApprovals(record: PackageRecord, creatives: ReadonlyMap<string, CreativeRecord>, review?: CreativeReview): CreativeApproval[] {
  return (record.package.creative_assignments ?? []).flatMap(({ creative_id }) => {
    const creative = creatives.get(creative_id);
    return creative ? [{ creative_id, ...approvalOf(record, creative, review) }] : [];
  });
}

/** Formats that the package was bought for and that no creative of it has. */
export function pendingFormats(
  { package: { format_ids = [], creative_assignments = [] } }: PackageRecord,
  creatives: ReadonlyMap<string, CreativeRecord>,
): FormatId[] {
  const there = creative_assignments.flatMap(({ creative_id }) => creatives.get(creative_id)?.creative.format_id ?? []);
  return format_ids.filter((wanted) => !there.some((format) => sameFormat(format, wanted)));
}
