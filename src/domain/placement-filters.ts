/** Filters of a product search by the kind of place inside a channel: instream video, podcasts, stories ... */
import type { PLACEMENT_KINDS } from '../protocol/wire/core/channel.ts';
import type { Product } from '../protocol/wire/core/product.ts';

/** `video_placement_types` and the other three lists. */
export type PlacementKind = keyof typeof PLACEMENT_KINDS;

/**
 * Whether a buyer who takes only these kinds can buy the product: all of it is of these kinds, or a placement that can be
 * targeted is. A product that does not say what it is cannot promise it.
 */
export function placedIn(product: Product, kind: PlacementKind, wanted: readonly string[]): boolean {
  const only = (kinds: readonly string[] | undefined) => kinds !== undefined && kinds.every((each) => wanted.includes(each));
  return only(product[kind]) || (product.placements ?? []).some((placement) => placement.mode === 'targetable' && only(placement[kind]));
}
