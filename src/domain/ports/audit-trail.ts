/** The audit trail as its reader sees it: listed, and held to its chain. */

export interface AuditQuery {
  readonly principal_id?: string;
  readonly task?: string;
  /** `media_buy:mb_...` and the like, exactly. */
  readonly subject?: string;
  /** ISO 8601, inclusive. */
  readonly since?: string;
}

export interface ListedEntry {
  readonly seq: number;
  readonly at: string;
  readonly principal_id: string;
  readonly account_id: string | null;
  readonly task: string;
  readonly subjects: readonly string[];
  /** Hex; absent in entries from before there was a chain. */
  readonly hash?: string;
}

export type AuditVerdict =
  /** `unchained`: entries from before there was a chain. `head`: the newest hash, in hex; absent when nothing is chained. */
  | { readonly kind: 'whole'; readonly entries: number; readonly unchained: number; readonly head?: string }
  /** The entry at which the chain breaks first; everything before it is as it was written. */
  | { readonly kind: 'broken'; readonly seq: number; readonly reason: 'missing' | 'changed' | 'unchained' }
  /** The head that was noted is not in the chain: entries were taken off its end, or all of it was written anew. */
  | { readonly kind: 'head_lost'; readonly entries: number };

export interface AuditTrail {
  /** Newest first. */
  entries(query: AuditQuery, limit: number): Promise<readonly ListedEntry[]>;
  /**
   * Reads the whole trail and recomputes its chain.
   * @param head a hash in hex that was noted elsewhere before; without one, entries taken off the end do not show
   */
  verify(head?: string): Promise<AuditVerdict>;
  close(): Promise<void>;
}
