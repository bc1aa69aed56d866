/** How far the creatives of a package are approved, and which formats still lack one (seller specification §2.10). */
import type { CreativeApproval } from '../protocol/wire/core/media-buy.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import type { CreativeRecord, CreativeStatus } from './creative.ts';
import { sameFormat } from './format-ids.ts';
import type { PackageRecord } from './media-buy.ts';

const APPROVAL: Readonly<Record<CreativeStatus, CreativeApproval['approval_status']>> = {
  processing: 'pending_review',
  pending_review: 'pending_review',
  approved: 'approved',
  archived: 'approved',
  rejected: 'rejected',
  suspended: 'rejected',
};

/** One entry for every assigned creative that the library holds; the others have not come yet. */
export function creativeApprovals(
  { package: { creative_assignments = [] } }: PackageRecord,
  creatives: ReadonlyMap<string, CreativeRecord>,
): CreativeApproval[] {
  return creative_assignments.flatMap(({ creative_id }) => {
    const creative = creatives.get(creative_id);
    if (creative === undefined) return [];
    const approval_status = APPROVAL[creative.status];
    return [
      {
        creative_id,
        approval_status,
        ...(approval_status === 'rejected' && creative.rejection_reason !== undefined
          ? { rejection_reason: creative.rejection_reason }
          : {}),
      },
    ];
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
