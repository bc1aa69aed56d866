/** Creatives of a library, as stored (seller specification §2.12, §3.5). */
import type { AuditObservation } from '../protocol/wire/comply-test-controller.ts';
import type { CreativeAsset, CreativeStatus } from '../protocol/wire/core/creative-asset.ts';
import type { CreativePurge } from './creative-purge.ts';

export type { CreativeStatus };

export const CREATIVE_EDGES: Readonly<Record<CreativeStatus, readonly CreativeStatus[]>> = {
  processing: ['pending_review', 'rejected'],
  pending_review: ['approved', 'rejected'],
  approved: ['archived', 'rejected', 'suspended'],
  suspended: ['approved', 'rejected'],
  archived: ['approved'],
  rejected: ['processing', 'pending_review'],
};

export interface CreativeRecord {
  readonly creative_id: string;
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
  readonly row_version: number;
  readonly status: CreativeStatus;
  /** The document as the buyer last sent it. */
  readonly creative: CreativeAsset;
  readonly created_date: string;
  readonly updated_date: string;
  readonly rejection_reason?: string;
  /** Since when it may not be shown any more: rejected or suspended, whichever came first. */
  readonly lost_at?: string;
  /** When what it shows last changed; absent: it never has. */
  readonly content_at?: string;
  /** When verifiers last looked at it, ISO 8601. */
  readonly verified_at?: string;
  /** What verifiers found worth a look when the creative last came, and no reason to refuse it; for the seller's own people. */
  readonly audit_observations?: readonly AuditObservation[];
  /** The creative is gone, and this is what is left of it. */
  readonly purge?: CreativePurge;
}

const isLost = (status: CreativeStatus): boolean => status === 'rejected' || status === 'suspended';

/** The creative in a status. One that is lost stays lost since then; one that comes back and is lost again is so anew. @param now ISO 8601 */
export function inStatus(creative: CreativeRecord, status: CreativeStatus, now: string): CreativeRecord {
  const { lost_at = creative.updated_date, ...rest } = creative;
  return { ...rest, status, ...(isLost(status) ? { lost_at: isLost(creative.status) ? lost_at : now } : {}) };
}
