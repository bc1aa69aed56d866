/** First-party audiences, as stored (seller specification §2.16). Members are kept hashed, and never echoed. */
import type { AudienceStatus } from '../protocol/wire/core/audience.ts';

/** The legal moves of an audience's status; only policy suspends, and only into `ready` does a suspension end. */
export const AUDIENCE_EDGES: Readonly<Record<AudienceStatus, readonly AudienceStatus[]>> = {
  processing: ['ready', 'too_small', 'suspended'],
  ready: ['processing', 'too_small', 'suspended'],
  too_small: ['processing', 'ready', 'suspended'],
  suspended: ['ready'],
};

export interface AudienceRecord {
  readonly audience_id: string;
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
  readonly row_version: number;
  readonly name?: string;
  readonly audience_type?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly consent_basis?: string;
  /** Distinct members held now. */
  readonly member_count: number;
  /** Members uploaded over its life, repeats included. */
  readonly total_uploaded_count: number;
  readonly last_synced_at: string;
  /** Set by policy or by the test controller; absent: status follows from the size. */
  readonly forced_status?: AudienceStatus;
  readonly forced_at?: string;
  readonly forced_reason?: string;
}
