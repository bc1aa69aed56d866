import type { Caller } from '../domain/caller.ts';
import { assignedCreatives, isCovered } from '../domain/coverage.ts';
import { placed } from '../domain/creative-placement.ts';
import { advanced, afterCoverage, ticked } from '../domain/media-buy-lifecycle.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import type { BulkAssignment } from '../protocol/wire/sync-creatives.ts';
import type { Desk } from './desk.ts';
import { buyLane, upstreamPush } from './upstream-push.ts';

/** What became of the assignments of one creative, by package. */
export interface AssignmentOutcome {
  readonly assigned_to: readonly string[];
  readonly assignment_errors: Readonly<Record<string, string>>;
}

export interface Placements {
  readonly outcomes: ReadonlyMap<string, AssignmentOutcome>;
  readonly buys: readonly MediaBuyRecord[];
  readonly changes: readonly Change[];
}

/** What a sync does to the library, as far as media buys are concerned. */
export interface LibraryMove {
  /** Ids that are in the library from now on. */
  readonly arrived: ReadonlySet<string>;
  /** Ids that leave it. */
  readonly gone: ReadonlySet<string>;
}

/** Assigns creatives to packages, and moves the buys that have waited for the creatives that arrive. */
export async function placeCreatives(
  assignments: readonly BulkAssignment[],
  move: LibraryMove,
  caller: Caller,
  desk: Desk,
): Promise<Placements> {
  const known = await inLibrary(
    assignments.map(({ creative_id }) => creative_id),
    move,
    caller,
    desk,
  );
  const stored = await desk.store.mediaBuysOfPackages(
    caller.reach,
    assignments.map(({ package_id }) => package_id),
  );
  const waiting = await desk.store.mediaBuysAwaiting(caller.reach, [...move.arrived]);
  const before = new Map([...waiting, ...stored].map((buy) => [buy.media_buy_id, buy]));
  const now = desk.clock.now().toISOString();
  const buys = new Map([...before].map(([id, buy]) => [id, ticked(buy, now)]));
  const { outcomes, assigned } = assignAll(assignments, known, buys);
  const covering = await inLibrary(
    [...buys.values()].flatMap(({ packages }) => assignedCreatives(packages)),
    move,
    caller,
    desk,
  );
  const after = [...buys.values()].map((buy) => {
    const covered = isCovered(buy.packages, covering);
    return assigned.has(buy.media_buy_id)
      ? advanced({ ...buy, revision: buy.revision + 1 }, 'creatives_synced', 'buyer', { covered, now }, ['update_creative_assignments'])
      : afterCoverage(buy, { covered }, now);
  });
  const changed = after.filter((buy) => buy !== before.get(buy.media_buy_id));
  return {
    outcomes,
    buys: changed,
    changes: changed.flatMap((buy): Change[] => [
      { kind: 'put_media_buy', buy },
      ...upstreamPush(desk, buyLane(buy), (platform) => platform.planMediaBuy('updated', buy)),
    ]),
  };
}

/** Assigns one by one; `buys` is brought up to date, and the ids of those that have changed are told. */
function assignAll(assignments: readonly BulkAssignment[], known: ReadonlySet<string>, buys: Map<string, MediaBuyRecord>) {
  const outcomes = new Map<string, AssignmentOutcome>();
  const assigned = new Set<string>();
  for (const assignment of assignments) {
    const { creative_id, package_id } = assignment;
    const { assigned_to, assignment_errors } = outcomes.get(creative_id) ?? { assigned_to: [], assignment_errors: {} };
    const placement = known.has(creative_id)
      ? placed(assignment, [...buys.values()])
      : { kind: 'refused' as const, message: `creative "${creative_id}" is not in the library` };
    if (placement.kind === 'refused') {
      outcomes.set(creative_id, { assigned_to, assignment_errors: { ...assignment_errors, [package_id]: placement.message } });
      continue;
    }
    outcomes.set(creative_id, { assigned_to: [...new Set([...assigned_to, package_id])], assignment_errors });
    if (buys.get(placement.buy.media_buy_id) !== placement.buy) assigned.add(placement.buy.media_buy_id);
    buys.set(placement.buy.media_buy_id, placement.buy);
  }
  return { outcomes, assigned };
}

/** Which of the creatives are in the library once the sync is done. */
async function inLibrary(
  creative_ids: readonly string[],
  { arrived, gone }: LibraryMove,
  { reach }: Caller,
  desk: Desk,
): Promise<ReadonlySet<string>> {
  const asked = [...new Set(creative_ids)];
  const stored = await desk.store.creatives(
    reach,
    asked.filter((id) => !arrived.has(id)),
  );
  return new Set([...asked.filter((id) => arrived.has(id)), ...stored.map(({ creative_id }) => creative_id).filter((id) => !gone.has(id))]);
}
