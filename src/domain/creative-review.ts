/** Which creatives wait for a person before they serve, and what the person decides (seller specification §3.5). */
import type { CreativeApproval } from '../protocol/wire/core/media-buy.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { CreativeEventReason } from './creative-notice.ts';
import type { PurgeKind } from './creative-purge.ts';
import type { CreativeRecord, CreativeStatus } from './creative.ts';
import type { PackageRecord } from './media-buy.ts';

/**
 * `all`: every creative that comes into the library. Else those of the named formats (`format_id.id`, or the kind), and each
 * assignment to a package of the named products.
 */
export type CreativeReview = 'all' | { readonly formats?: readonly string[]; readonly products?: readonly string[] };

/** What a person, or the time that was given to one, says to a creative. */
export type CreativeDecision =
  | { readonly kind: 'approved' }
  /** The buyer reads the reason. */
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'purged'; readonly purge_kind: PurgeKind; readonly reason_code: CreativeEventReason; readonly reason_detail?: string };

/** A decision about one creative on one package. */
export interface AssignmentVerdict {
  readonly verdict: 'approved' | 'rejected';
  readonly at: string;
  readonly reason?: string;
}

/** Whether a creative waits when it comes into the library. */
export function isReviewedCreative({ format_id, format_kind }: Pick<CreativeAsset, 'format_id' | 'format_kind'>, review: CreativeReview | undefined): boolean {
  if (review === undefined || review === 'all') return review === 'all';
  return (review.formats ?? []).some((format) => format === format_id?.id || format === format_kind);
}

/** Whether each creative waits that is assigned to the package. */
export const isReviewedPackage = ({ package: { product_id } }: PackageRecord, review: CreativeReview | undefined): boolean =>
  review !== undefined && review !== 'all' && product_id !== undefined && (review.products ?? []).includes(product_id);

const APPROVALS: Readonly<Record<CreativeStatus, CreativeApproval['approval_status']>> = {
  processing: 'pending_review',
  pending_review: 'pending_review',
  approved: 'approved',
  archived: 'approved',
  rejected: 'rejected',
  suspended: 'rejected',
};

/** How far a creative is approved on a package: in the library first, then for the package. What was decided before its content changed does not count. */
export function approvalOf(record: PackageRecord, creative: CreativeRecord, review: CreativeReview | undefined): Omit<CreativeApproval, 'creative_id'> {
  const inLibrary = APPROVALS[creative.status];
  if (inLibrary !== 'approved')
    return { approval_status: inLibrary, ...(inLibrary === 'rejected' && creative.rejection_reason !== undefined ? { rejection_reason: creative.rejection_reason } : {}) };
  const decided = record.creative_verdicts?.[creative.creative_id];
  if (decided === undefined || decided.at < contentAt(creative)) return { approval_status: isReviewedPackage(record, review) ? 'pending_review' : 'approved' };
  return { approval_status: decided.verdict, ...(decided.reason === undefined ? {} : { rejection_reason: decided.reason }) };
}

/** When the creative got the content that it has. */
export const contentAt = ({ content_at, created_date }: Pick<CreativeRecord, 'content_at' | 'created_date'>): string => content_at ?? created_date;
