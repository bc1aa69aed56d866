/** What became of a wish, and how the wishes of one entry add up to what `refinement_applied` says. */
import type { RefinementApplied } from '../../protocol/wire/get-products.ts';

/** `met`: it holds for what is answered. `missed`: it could not be had, or not in an answer of products. */
export interface WishOutcome {
  readonly met: boolean;
  /** A sentence without its full stop. */
  readonly note: string;
}

export const met = (note: string): WishOutcome => ({ met: true, note });
export const missed = (note: string): WishOutcome => ({ met: false, note });

/** `applied` when everything was met, `unable` when nothing was. */
export function standingOf(outcomes: readonly WishOutcome[]): { readonly status: RefinementApplied['status']; readonly notes?: string } {
  const held = outcomes.filter((outcome) => outcome.met).length;
  const status = held === outcomes.length ? 'applied' : held > 0 ? 'partial' : 'unable';
  return outcomes.length === 0 ? { status } : { status, notes: `${outcomes.map(({ note }) => note).join('. ')}.` };
}
