import type { Caller } from '../domain/caller.ts';
import { assignedCreatives, isCovered } from '../domain/coverage.ts';
import { placed, type Placement } from '../domain/creative-placement.ts';
import { servingBuy } from '../domain/creative-serving.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import { advanced, afterCoverage, ticked } from '../domain/media-buy-lifecycle.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import { strictest, type ProvenancePolicy } from '../domain/provenance/policy.ts';
import { provenanceFlaw } from '../domain/provenance/structure.ts';
import type { BulkAssignment } from '../protocol/wire/sync-creatives.ts';
import type { Desk } from './desk.ts';
import { timedAssignments } from './timed-approvals.ts';
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
  /** What is in the library from now on, by id. */
  readonly arrived: ReadonlyMap<string, CreativeRecord>;
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
  const waiting = await desk.store.mediaBuysAwaiting(caller.reach, [...move.arrived.keys()]);
  const before = new Map([...waiting, ...stored].map((buy) => [buy.media_buy_id, buy]));
  const now = desk.clock.now().toISOString();
  const buys = new Map([...before].map(([id, buy]) => [id, ticked(buy, now)]));
  const { outcomes, assigned } = assignAll(assignments, known, buys, assignments.length > 0 ? await policiesOf(caller, desk) : new Map());
  const covering = await inLibrary(
    [...buys.values()].flatMap(({ packages }) => assignedCreatives(packages)),
    move,
    caller,
    desk,
  );
  const review = desk.review?.creatives;
  const after = [...buys.values()].map((buy) => {
    const covered = isCovered(buy.packages, covering, review);
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
      ...upstreamPush(desk, buyLane(buy), (platform) => platform.planMediaBuy('updated', servingBuy(buy, { creatives: covering, ...(review ? { review } : {}) }))),
      ...timedAssignments(buy, before.get(buy.media_buy_id), desk),
    ]),
  };
}

/** Assigns one by one; `buys` is brought up to date, and the ids of those that have changed are told. */
function assignAll(
  assignments: readonly BulkAssignment[],
  known: ReadonlyMap<string, CreativeRecord>,
  buys: Map<string, MediaBuyRecord>,
  policies: ReadonlyMap<string, ProvenancePolicy>,
) {
  const outcomes = new Map<string, AssignmentOutcome>();
  const assigned = new Set<string>();
  for (const assignment of assignments) {
    const { creative_id, package_id } = assignment;
    const { assigned_to, assignment_errors } = outcomes.get(creative_id) ?? { assigned_to: [], assignment_errors: {} };
    const creative = known.get(creative_id);
    const placement = creative
      ? unlessUndeclared(placed(assignment, [...buys.values()]), creative, package_id, policies)
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

/** A package takes only creatives that say of their provenance what its product wants to know. */
function unlessUndeclared(placement: Placement, { creative }: CreativeRecord, package_id: string, policies: ReadonlyMap<string, ProvenancePolicy>): Placement {
  if (placement.kind === 'refused') return placement;
  const bought = placement.buy.packages.find((each) => each.package.package_id === package_id)?.package.product_id;
  const policy = bought === undefined ? undefined : policies.get(bought);
  const flaw = policy && provenanceFlaw(creative, 'creative', policy);
  return flaw ? { kind: 'refused', message: `the product of package "${package_id}" does not take it: ${flaw.code}, ${flaw.message}` } : placement;
}

/** What products want to know of provenance, by product. */
async function policiesOf(caller: Caller, { catalogue }: Desk): Promise<ReadonlyMap<string, ProvenancePolicy>> {
  const products = await catalogue.products(caller);
  return new Map(products.flatMap(({ product_id, creative_policy }) => {
    const policy = strictest([creative_policy]);
    return policy ? [[product_id, policy] as const] : [];
  }));
}

/** Which of the creatives are in the library once the sync is done. */
async function inLibrary(
  creative_ids: readonly string[],
  { arrived, gone }: LibraryMove,
  { reach }: Caller,
  desk: Desk,
): Promise<ReadonlyMap<string, CreativeRecord>> {
  const asked = [...new Set(creative_ids)];
  const stored = await desk.store.creatives(
    reach,
    asked.filter((id) => !arrived.has(id)),
  );
  const kept = stored.filter(({ creative_id }) => !gone.has(creative_id));
  return new Map([...asked.flatMap((id) => arrived.get(id) ?? []), ...kept].map((record) => [record.creative_id, record]));
}
