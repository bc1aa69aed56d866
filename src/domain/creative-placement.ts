/** Puts creatives of the library onto packages. */
import type { CreativeAssignment } from '../protocol/wire/core/creative-assignment.ts';
import type { BulkAssignment } from '../protocol/wire/sync-creatives.ts';
import { isTerminal, type MediaBuyRecord, type PackageRecord } from './media-buy.ts';

export type Placement = { readonly kind: 'placed'; readonly buy: MediaBuyRecord } | { readonly kind: 'refused'; readonly message: string };

/**
 * Assigns a creative to a package; one that is there already takes the new weight and placements.
 * The buy comes back as the same object when nothing changes.
 * @param buys those that hold the package; a running one goes before one that has ended
 */
export function placed({ creative_id, package_id, weight, placement_ids }: BulkAssignment, buys: readonly MediaBuyRecord[]): Placement {
  const holding = buys.filter((buy) => buy.packages.some((each) => each.package.package_id === package_id));
  const buy = holding.find(({ status }) => !isTerminal(status));
  if (holding.length === 0)
    return { kind: 'refused', message: `no package "${package_id}" of this caller; read the ids with get_media_buys` };
  if (buy === undefined) return { kind: 'refused', message: `the media buy of package "${package_id}" has ended` };
  const assignment: CreativeAssignment = {
    creative_id,
    ...(weight === undefined ? {} : { weight }),
    ...(placement_ids ? { placement_ids } : {}),
  };
  const at = buy.packages.findIndex((each) => each.package.package_id === package_id);
  const target = buy.packages[at]!;
  if (target.package.canceled) return { kind: 'refused', message: `package "${package_id}" was canceled` };
  const assigned = withAssignment(target, assignment);
  return { kind: 'placed', buy: assigned === target ? buy : { ...buy, packages: buy.packages.with(at, assigned) } };
}

function withAssignment(target: PackageRecord, assignment: CreativeAssignment): PackageRecord {
  const { creative_assignments = [] } = target.package;
  const known = creative_assignments.findIndex(({ creative_id }) => creative_id === assignment.creative_id);
  if (known >= 0 && same(creative_assignments[known]!, assignment)) return target;
  return {
    ...target,
    package: {
      ...target.package,
      creative_assignments: known < 0 ? [...creative_assignments, assignment] : creative_assignments.with(known, assignment),
    },
  };
}

const same = (a: CreativeAssignment, b: CreativeAssignment): boolean =>
  a.weight === b.weight && JSON.stringify(a.placement_ids) === JSON.stringify(b.placement_ids) && a.placement_refs === undefined;
