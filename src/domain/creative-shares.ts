/** How the delivery of a package falls to its creatives. */
import type { CreativeAssignment } from '../protocol/wire/core/creative-assignment.ts';

export interface CreativeShare {
  readonly creative_id: string;
  /** Relative to the other shares; at least one of a package's shares is above 0. */
  readonly weight: number;
}

/**
 * The share of every assigned creative. One without a weight takes what a weighted one gets on average, so that without any
 * weights all are equal. Weight 0 pauses a creative; when all are paused the weights are ignored.
 */
export function creativeShares(assignments: readonly CreativeAssignment[] = []): CreativeShare[] {
  const stated = assignments.flatMap(({ weight }) => (weight === undefined || weight === 0 ? [] : [weight]));
  const average = stated.length > 0 ? stated.reduce((sum, weight) => sum + weight, 0) / stated.length : 1;
  const shares = assignments.map(({ creative_id, weight }) => ({ creative_id, weight: weight ?? average }));
  return shares.some(({ weight }) => weight > 0) ? shares : shares.map(({ creative_id }) => ({ creative_id, weight: 1 }));
}
