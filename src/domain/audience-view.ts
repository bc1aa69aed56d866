import type { AudienceStatus } from '../protocol/wire/core/audience.ts';
import type { SyncedAudience } from '../protocol/wire/sync-audiences.ts';
import type { AudienceRecord } from './audience.ts';

/** The status of an audience that no upload is running for. */
export function audienceStatus({ forced_status, member_count }: AudienceRecord, minimum: number): AudienceStatus {
  return forced_status ?? (member_count < minimum ? 'too_small' : 'ready');
}

/**
 * An audience as the buyer sees it, never with its members. Every member that is held counts as matched.
 * @param uploaded how many members this call brought; with any the matching is told to be running
 */
export function shownAudience(
  audience: AudienceRecord,
  action: 'created' | 'updated' | 'unchanged',
  minimum: number,
  uploaded?: number,
): SyncedAudience {
  const settled = audienceStatus(audience, minimum);
  const status = uploaded !== undefined && settled !== 'suspended' ? 'processing' : settled;
  const { audience_id, name, tags, member_count, total_uploaded_count, last_synced_at, forced_reason } = audience;
  return {
    audience_id,
    action,
    status,
    ...(name === undefined ? {} : { name }),
    ...(tags ? { tags } : {}),
    uploaded_count: uploaded ?? 0,
    total_uploaded_count,
    ...(status === 'ready' || status === 'too_small' ? { matched_count: member_count } : {}),
    ...(status === 'ready' ? { effective_match_rate: 1 } : {}),
    ...(status === 'too_small' ? { minimum_size: minimum } : {}),
    ...(status === 'suspended' && forced_reason !== undefined ? { reason: forced_reason } : {}),
    last_synced_at,
  };
}
