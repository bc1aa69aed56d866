/** Proposals as stored: plans over several products that a buyer refines, finalises and buys as a whole (seller specification §2.6). */
import type { Product } from '../../protocol/wire/core/product.ts';
import type { Proposal } from '../../protocol/wire/core/proposal.ts';

/** How long a draft can be refined and finalised. */
export const DRAFT_DAYS = 7;
/** How long a committed proposal can be bought at its prices. */
export const HOLD_HOURS = 48;
/** How long an expired one is remembered as expired; then it is unknown. */
export const REMEMBERED_DAYS = 30;

export interface ProposalRecord {
  readonly proposal_id: string;
  readonly principal_id: string;
  /** Of the account that it was drafted for; empty when none was named: then any account of the caller may take it. */
  readonly library: string;
  /** Version of the stored row, 0 until it is stored. */
  readonly row_version: number;
  /** Stands for the search that it was drafted for, while it is as it was drafted, so that the same search finds it again. */
  readonly origin?: string;
  /** The document that the buyer sees. */
  readonly proposal: Proposal;
  readonly currency: string;
  /** The products as they were promised when it was committed, each with the one price that holds. */
  readonly promised?: readonly Product[];
  /** The buy that it became. */
  readonly media_buy_id?: string;
  /** ISO 8601, as of `proposal.expires_at`. */
  readonly created_at: string;
}

const DAY_MS = 86_400_000;

/** When nothing is known of it any more, ISO 8601. */
export const forgottenAt = ({ proposal: { expires_at }, created_at }: ProposalRecord): string =>
  new Date(Date.parse(expires_at ?? created_at) + REMEMBERED_DAYS * DAY_MS).toISOString();

export const isCommitted = ({ proposal }: ProposalRecord): boolean => proposal.proposal_status === 'committed';

/** @param now ISO 8601 */
export const hasExpired = ({ proposal: { expires_at }, media_buy_id }: ProposalRecord, now: string): boolean =>
  media_buy_id === undefined && expires_at !== undefined && Date.parse(expires_at) <= Date.parse(now);
