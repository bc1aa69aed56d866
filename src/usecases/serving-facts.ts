import { assignedCreatives } from '../domain/coverage.ts';
import type { ServingFacts } from '../domain/creative-serving.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import type { Reach } from '../domain/caller.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Desk } from './desk.ts';

/** What is known of all creatives that the buys name. @param changed those that are about to be stored otherwise */
export async function servingFacts(buys: readonly MediaBuyRecord[], reach: Reach, desk: Desk, changed: readonly CreativeRecord[] = []): Promise<ServingFacts> {
  const ids = assignedCreatives(buys.flatMap(({ packages }) => packages));
  const stored = ids.length > 0 ? await desk.store.creatives(reach, ids) : [];
  const creatives = new Map([...stored, ...changed].map((creative) => [creative.creative_id, creative]));
  const missing = ids.filter((id) => !creatives.has(id));
  const purged = missing.length > 0 ? await desk.store.purgedCreatives(reach, missing) : [];
  const review = desk.review?.creatives;
  return { creatives, purged: new Set(purged.map(({ creative_id }) => creative_id)), ...(review ? { review } : {}) };
}
