/** What a sync does to one creative of a library (seller specification §2.12, §3.5). */
import { canonicalHash } from '../protocol/canonical-json.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { AccountRecord } from './account.ts';
import { inStatus, type CreativeRecord, type CreativeStatus } from './creative.ts';

/** Whose library a creative comes into. */
export type LibraryOwner = Pick<AccountRecord, 'principal_id' | 'account_id' | 'library'>;

export interface CreativeUpsert {
  readonly action: 'created' | 'updated' | 'unchanged';
  readonly record: CreativeRecord;
  /** The status as the sync itself tells it; the record holds the one that any later reader sees. */
  readonly status: CreativeStatus;
  /** Members that differ from before. */
  readonly changes: readonly string[];
}

/**
 * Where review is automatic: what was rejected or is still under way goes through review once more: the sync tells `pending_review`,
 * and the review has passed before anybody reads again. A suspension is not the buyer's to lift.
 */
const RESYNCED: Readonly<Record<CreativeStatus, { readonly told: CreativeStatus; readonly kept: CreativeStatus }>> = {
  processing: { told: 'pending_review', kept: 'approved' },
  pending_review: { told: 'approved', kept: 'approved' },
  approved: { told: 'approved', kept: 'approved' },
  suspended: { told: 'suspended', kept: 'suspended' },
  rejected: { told: 'pending_review', kept: 'approved' },
  archived: { told: 'approved', kept: 'approved' },
};

/** Where people look at creatives: whatever they have not seen goes to them, and what they rejected when it is sent again. */
function resyncedByPeople(status: CreativeStatus, contentChanged: boolean): { readonly told: CreativeStatus; readonly kept: CreativeStatus } {
  const next: CreativeStatus = status === 'suspended' ? 'suspended' : (status === 'approved' || status === 'archived') && !contentChanged ? 'approved' : 'pending_review';
  return { told: next, kept: next };
}

/** Members that a person would want to see again when they change. */
const CONTENT: readonly string[] = ['assets', 'format_id', 'format_kind', 'format_option_ref', 'provenance'];

/** @param now ISO 8601 @param reviewed whether a person looks at it */
export function upserted(
  asset: CreativeAsset,
  known: CreativeRecord | undefined,
  { principal_id, account_id, library }: LibraryOwner,
  now: string,
  reviewed = false,
): CreativeUpsert {
  const creative = kept(asset);
  if (known === undefined) {
    const record: CreativeRecord = {
      creative_id: asset.creative_id,
      principal_id,
      account_id,
      library,
      row_version: 0,
      status: reviewed ? 'pending_review' : 'approved',
      creative,
      created_date: now,
      updated_date: now,
    };
    return { action: 'created', record, status: record.status, changes: [] };
  }
  const differs = differing(known.creative, creative);
  const contentChanged = differs.some((member) => CONTENT.includes(member));
  const { told, kept: status } = reviewed ? resyncedByPeople(known.status, contentChanged) : RESYNCED[known.status];
  const changes = [...differs, ...(status === known.status ? [] : ['status'])];
  if (changes.length === 0) return { action: 'unchanged', record: known, status: told, changes };
  const { rejection_reason, ...rest } = known;
  const record = {
    ...inStatus(rest, status, now),
    creative,
    updated_date: now,
    ...(contentChanged ? { content_at: now } : {}),
    ...(status === known.status && rejection_reason ? { rejection_reason } : {}),
  };
  return { action: 'updated', record, status: told, changes };
}

/** What a complete list leaves out: approved creatives are archived and come back with the next sync, others leave the library. */
export function removed(
  known: CreativeRecord,
  now: string,
): { readonly kind: 'archived'; readonly record: CreativeRecord } | { readonly kind: 'deleted' } {
  return known.status === 'approved'
    ? { kind: 'archived', record: { ...known, status: 'archived', updated_date: now } }
    : { kind: 'deleted' };
}

/** The document without what belongs to an assignment, or to the seller. */
function kept({ status: _status, weight: _weight, placement_ids: _ids, placement_refs: _refs, ...creative }: CreativeAsset): CreativeAsset {
  return creative;
}

function differing(before: CreativeAsset, after: CreativeAsset): string[] {
  const members = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof CreativeAsset)[];
  return members.filter((member) => canonicalHash(before[member] ?? null) !== canonicalHash(after[member] ?? null));
}
