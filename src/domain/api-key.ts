/** Keys that callers hold: kept by their hash, limited, ended and replaced by the operator. */
import type { Grant } from './grant.ts';

export interface ApiKey {
  readonly key_id: string;
  /** Whose calls these are. Several keys may stand for one principal. */
  readonly principal_id: string;
  /** SHA-256 of the key, lower-case hex. The key itself is shown once, when it is made. */
  readonly key_sha256: string;
  /** For the operator: who holds it, what for. */
  readonly note?: string;
  readonly grant?: Grant;
  /** The billing parties that the principal may use with it; absent: whatever the seller offers. */
  readonly billing?: readonly string[];
  readonly created_at: string;
  /** From then on it opens nothing. */
  readonly expires_at?: string;
  readonly revoked_at?: string;
  /** Exact to the minute. */
  readonly last_used_at?: string;
}

export type KeyStanding = 'active' | 'expired' | 'revoked';

export function keyStanding({ revoked_at, expires_at }: ApiKey, now: Date): KeyStanding {
  if (revoked_at !== undefined) return 'revoked';
  return expires_at !== undefined && Date.parse(expires_at) <= now.getTime() ? 'expired' : 'active';
}

/** How stale the time of the last use may be. */
const NOTED_EVERY_MS = 60_000;

/** Whether a use now is worth writing down. */
export const isWorthNoting = ({ last_used_at }: ApiKey, now: Date): boolean =>
  last_used_at === undefined || now.getTime() - Date.parse(last_used_at) >= NOTED_EVERY_MS;

/**
 * The key that takes the place of another: same principal, same rights. The old one lasts until `overlap_ends`, or less if it ended before.
 */
export function rotated(
  old: ApiKey, { key_id, key_sha256, now, overlap_ends }: { readonly key_id: string; readonly key_sha256: string; readonly now: string; readonly overlap_ends: string },
): readonly [ending: ApiKey, fresh: ApiKey] {
  const ends = old.expires_at !== undefined && Date.parse(old.expires_at) < Date.parse(overlap_ends) ? old.expires_at : overlap_ends;
  const { revoked_at: _revoked, last_used_at: _used, expires_at: _ends, ...kept } = old;
  return [{ ...old, expires_at: ends }, { ...kept, key_id, key_sha256, created_at: now }];
}
