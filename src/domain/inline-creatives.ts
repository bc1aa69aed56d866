/** Creatives that come with a package: they go into the library of the buy's account (seller specification §2.8). */
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { CreativeRecord, CreativeStatus } from './creative.ts';

export interface LibraryOwner {
  readonly principal_id: string;
  readonly account_id: string;
  readonly library: string;
}

/** The library's record of a creative that was sent along; a creative of that id which is there already is replaced. */
export function uploaded(creative: CreativeAsset, known: CreativeRecord | undefined, { principal_id, account_id, library }: LibraryOwner, now: string): CreativeRecord {
  if (known === undefined)
    return { creative_id: creative.creative_id, principal_id, account_id, library, row_version: 0, status: 'approved', creative, created_date: now, updated_date: now };
  const { rejection_reason: _reason, ...kept } = known;
  return { ...kept, creative, status: afterUpload(known.status), updated_date: now };
}

/** What was rejected is looked at again; everything else that a buyer sends is fit to run. */
const afterUpload = (status: CreativeStatus): CreativeStatus => (status === 'rejected' ? 'pending_review' : status === 'suspended' ? status : 'approved');
