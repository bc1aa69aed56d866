import type { Reach } from '../domain/caller.ts';
import { assignedCreatives, isCovered } from '../domain/coverage.ts';
import { isReviewedCreative } from '../domain/creative-review.ts';
import { servingBuy, type ServingFacts } from '../domain/creative-serving.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import { upserted, type LibraryOwner } from '../domain/creative-upsert.ts';
import { afterCoverage } from '../domain/media-buy-lifecycle.ts';
import type { PackageRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { Desk } from './desk.ts';
import { servingFacts } from './serving-facts.ts';
import { timedApprovals } from './timed-approvals.ts';
import { buyLane, upstreamPush } from './upstream-push.ts';

/** What is known of the creatives of some packages. */
export interface PackageCreatives {
  /** Whether the packages have anything to show. A seller without a library gets its creatives another way, and waits for none. */
  readonly covered: boolean;
  /** What of them may serve. */
  readonly serving: ServingFacts;
  /** What puts the creatives that came along into the library, and lets other buys go on that have waited for them. */
  readonly changes: readonly Change[];
}

/** The buy that the packages belong to, or will. */
export interface PackageOwner extends LibraryOwner {
  readonly media_buy_id?: string;
}

/**
 * Looks the packages' creatives up, and takes in those that came along.
 * @param inline a creative that came twice counts as it came last
 */
export async function packageCreatives(
  packages: readonly PackageRecord[],
  inline: readonly CreativeAsset[],
  owner: PackageOwner,
  reach: Reach,
  desk: Desk,
): Promise<PackageCreatives> {
  if (!desk.features.creative_library) return { covered: true, serving: { creatives: new Map() }, changes: [] };
  const sent = new Map(inline.map((creative) => [creative.creative_id, creative]));
  const ids = assignedCreatives(packages);
  const known = ids.length > 0 ? await desk.store.creatives(reach, ids) : [];
  const own = new Map(known.filter(({ library }) => library === owner.library).map((creative) => [creative.creative_id, creative]));
  const now = desk.clock.now().toISOString();
  const review = desk.review?.creatives;
  const uploads = [...sent.values()].map((creative) => upserted(creative, own.get(creative.creative_id), owner, now, isReviewedCreative(creative, review)));
  const stored = uploads.filter(({ action }) => action !== 'unchanged').map(({ record }) => record);
  const creatives = new Map([...known, ...uploads.map(({ record }) => record)].map((creative) => [creative.creative_id, creative]));
  return {
    covered: isCovered(packages, creatives, review),
    serving: { creatives, ...(review ? { review } : {}) },
    changes: [
      ...stored.map((creative): Change => ({ kind: 'put_creative', creative })),
      ...timedApprovals(stored, desk),
      ...(await othersCovered(uploads.map(({ record }) => record), owner, reach, desk)),
    ],
  };
}

async function othersCovered(arrived: readonly CreativeRecord[], owner: PackageOwner, reach: Reach, desk: Desk): Promise<Change[]> {
  if (arrived.length === 0) return [];
  const now = desk.clock.now().toISOString();
  const waiting = (await desk.store.mediaBuysAwaiting(reach, arrived.map(({ creative_id }) => creative_id))).filter(
    ({ media_buy_id, status }) => media_buy_id !== owner.media_buy_id && status === 'pending_creatives',
  );
  if (waiting.length === 0) return [];
  const facts = await servingFacts(waiting, reach, desk, arrived);
  return waiting.flatMap((before): Change[] => {
    const buy = afterCoverage(before, { covered: isCovered(before.packages, facts.creatives, facts.review) }, now);
    if (buy === before) return [];
    return [{ kind: 'put_media_buy', buy }, ...upstreamPush(desk, buyLane(buy), (platform) => platform.planMediaBuy('updated', servingBuy(buy, facts)))];
  });
}
