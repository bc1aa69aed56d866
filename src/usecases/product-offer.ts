import type { Change } from '../domain/ports/store.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { Proposal } from '../protocol/wire/core/proposal.ts';
import type { RefinementApplied } from '../protocol/wire/get-products.ts';

/** Plans to show, and what to record so that they can be refined and bought. */
export interface ShownProposals {
  readonly proposals: readonly Proposal[];
  readonly changes: readonly Change[];
}

/** What `get_products` answers, before it is cut into pages. */
export interface ProductOffer extends ShownProposals {
  readonly kind: 'offer';
  /** Best first. */
  readonly products: readonly Product[];
  /** The text that they are ranked for; each tells how it suits that. */
  readonly brief?: string;
  /** One for each entry of `refine`, in their order. */
  readonly refinement_applied?: readonly RefinementApplied[];
}
