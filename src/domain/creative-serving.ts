/** A media buy as a platform may carry it out: only what is approved serves (seller specification §3.5). */
import { approvalOf, type CreativeReview } from './creative-review.ts';
import type { CreativeRecord } from './creative.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';

export interface ServingFacts {
  /** Creatives of the library by id; what is in none has not come yet, and is for the platform to wait for. */
  readonly creatives: ReadonlyMap<string, CreativeRecord>;
  /** Ids of creatives that were destroyed. */
  readonly purged?: ReadonlySet<string>;
  readonly review?: CreativeReview;
}

/** The buy without creatives that may not serve; a package that has none left rests. The same object when all may. */
export function servingBuy(buy: MediaBuyRecord, facts: ServingFacts): MediaBuyRecord {
  const packages = buy.packages.map((record) => servingPackage(record, facts));
  return packages.every((each, at) => each === buy.packages[at]) ? buy : { ...buy, packages };
}

function servingPackage(record: PackageRecord, { creatives, purged, review }: ServingFacts): PackageRecord {
  const { creative_assignments: assigned = [] } = record.package;
  const left = assigned.filter(({ creative_id }) => {
    const creative = creatives.get(creative_id);
    return creative ? approvalOf(record, creative, review).approval_status === 'approved' : purged?.has(creative_id) !== true;
  });
  if (left.length === assigned.length) return record;
  return { ...record, package: { ...record.package, creative_assignments: left, ...(left.length === 0 ? { paused: true } : {}) } };
}
