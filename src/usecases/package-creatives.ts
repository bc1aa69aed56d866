import type { Reach } from '../domain/caller.ts';
import { assignedCreatives, isCovered } from '../domain/coverage.ts';
import { uploaded, type LibraryOwner } from '../domain/inline-creatives.ts';
import type { PackageRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { Desk } from './desk.ts';

export interface PackageCreatives {
  /** Whether the packages have anything to show. A seller without a library gets its creatives another way, and waits for none. */
  readonly covered: boolean;
  /** What puts the creatives that came along into the library. */
  readonly changes: readonly Change[];
}

/**
 * Looks the packages' creatives up, and takes in those that came along.
 * @param inline a creative that came twice counts as it came last
 */
export async function packageCreatives(packages: readonly PackageRecord[], inline: readonly CreativeAsset[], owner: LibraryOwner, reach: Reach, desk: Desk): Promise<PackageCreatives> {
  if (!desk.features.creative_library) return { covered: true, changes: [] };
  const sent = new Map(inline.map((creative) => [creative.creative_id, creative]));
  const ids = assignedCreatives(packages);
  const known = ids.length > 0 ? await desk.store.creatives(reach, ids) : [];
  const now = desk.clock.now().toISOString();
  const own = (creative_id: string) => known.find((each) => each.creative_id === creative_id && each.library === owner.library);
  return {
    covered: isCovered(packages, new Set([...known.map(({ creative_id }) => creative_id), ...sent.keys()])),
    changes: [...sent.values()].map((creative): Change => ({ kind: 'put_creative', creative: uploaded(creative, own(creative.creative_id), owner, now) })),
  };
}
