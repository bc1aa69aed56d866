import { isCovered } from '../domain/coverage.ts';
import { servingBuy, type ServingFacts } from '../domain/creative-serving.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import { advanced, ticked } from '../domain/media-buy-lifecycle.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import type { Desk } from './desk.ts';
import { servingFacts } from './serving-facts.ts';
import { buyLane, upstreamPush } from './upstream-push.ts';

/** Buys that the creative is assigned in go on, or show less. @param creative as it is about to be stored, or as it was */
export async function touchedBuys(creative: CreativeRecord, now: 'changed' | 'gone', desk: Desk): Promise<Change[]> {
  const reach = { principal_id: creative.principal_id, library: creative.library, wide: false };
  const buys = await desk.store.mediaBuysAwaiting(reach, [creative.creative_id]);
  const facts = await servingFacts(buys, reach, desk, now === 'changed' ? [creative] : []);
  const left = now === 'changed' ? facts : without(facts, creative.creative_id);
  return buys.flatMap((buy) => resumed(buy, left, desk));
}

function without({ creatives, purged = new Set(), ...rest }: ServingFacts, creative_id: string): ServingFacts {
  return { ...rest, creatives: new Map([...creatives].filter(([id]) => id !== creative_id)), purged: new Set([...purged, creative_id]) };
}

/** The buy once more after what may serve in it has changed, for the store and for the platform. */
export function resumed(stored: MediaBuyRecord, facts: ServingFacts, desk: Desk): Change[] {
  const now = desk.clock.now().toISOString();
  const covered = isCovered(stored.packages, facts.creatives, facts.review);
  const buy = advanced(ticked(stored, now), 'creatives_synced', 'seller', { covered, now });
  return [{ kind: 'put_media_buy', buy }, ...upstreamPush(desk, buyLane(buy), (platform) => platform.planMediaBuy('updated', servingBuy(buy, facts)))];
}
