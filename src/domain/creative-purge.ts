/** Destroys creatives (seller specification §3.5). A purge is no status: the creative is gone, and what ran with it has to be told so. */
import type { CreativeEventReason } from './creative-notice.ts';
import type { CreativeRecord } from './creative.ts';

/** `soft` leaves a tombstone that buyers may list for a while; `hard` leaves nothing but that it happened. */
export type PurgeKind = 'soft' | 'hard';

export interface CreativePurge {
  readonly kind: PurgeKind;
  readonly at: string;
  readonly reason_code: CreativeEventReason;
}

/** What is left of a creative. */
export type PurgedCreative = CreativeRecord & { readonly purge: CreativePurge };

/** How long tombstones are listed: as long as the log of webhooks reaches back for buyers. */
export const TOMBSTONE_DAYS = 30;

/** Reasons that leave no choice. */
const KINDS: Partial<Record<CreativeEventReason, PurgeKind>> = { legal_erasure: 'hard', retention_expired: 'soft' };

/** Why a purge of this kind is impossible for the reason; undefined when it is not. */
export function purgeFlaw(kind: PurgeKind, reason_code: CreativeEventReason): string | undefined {
  const only = KINDS[reason_code];
  return only === undefined || only === kind ? undefined : `a purge for ${reason_code} is ${only}`;
}

/** The record without what was shown: a tombstone keeps its name, format and last status; after a hard purge only ids and dates are left. */
export function purged(record: CreativeRecord, purge: CreativePurge): PurgedCreative {
  const { creative_id, principal_id, account_id, library, row_version, status, created_date, creative } = record;
  const { name, format_id, format_kind, tags } = creative;
  const left = purge.kind === 'hard'
    ? { creative_id, name: creative_id, assets: {} }
    : { creative_id, name, assets: {}, ...(format_id ? { format_id } : {}), ...(format_kind ? { format_kind } : {}), ...(tags ? { tags } : {}) };
  return { creative_id, principal_id, account_id, library, row_version, status, created_date, updated_date: purge.at, creative: left, purge };
}

/** Since when a creative must have been purged for its tombstone to be listed. @param now ISO 8601 */
export const oldestTombstone = (now: string): string => new Date(Date.parse(now) - TOMBSTONE_DAYS * 86_400_000).toISOString();
