/**
 * When the provenance policies of seeded products hold for a caller's library. The harness seeds a product with a policy, searches,
 * and sends creatives that name no product; the same caller's next test sends creatives that say nothing of provenance. So the
 * policies of the newest batch hold from a search until the caller does anything else but send creatives or ask the controller.
 */
import type { CreativePolicy } from '../src/protocol/wire/core/creative-policy.ts';
import type { UseCase } from '../src/usecases/desk.ts';
import type { SharedState, Shelf } from './shared-state.ts';

export class LibraryPolicies {
  readonly #held: Shelf<readonly CreativePolicy[]>;

  constructor(state: SharedState) {
    this.#held = state.shelf('library_policies');
  }

  hold(principal_id: string, policies: readonly CreativePolicy[]): void {
    this.#held.put(principal_id, policies);
  }

  of(principal_id: string): readonly CreativePolicy[] {
    return this.#held.get(principal_id) ?? [];
  }

  /** A task after which they hold no longer. */
  ending<Request, Body>(useCase: UseCase<Request, Body>): UseCase<Request, Body> {
    return (request, caller, desk) => {
      this.#held.delete(caller.principal.principal_id);
      return useCase(request, caller, desk);
    };
  }

  /** A search, after which those of the products that stand first hold. */
  beginning<Request, Body>(useCase: UseCase<Request, Body>): UseCase<Request, Body> {
    return async (request, caller, desk) => {
      const featured = (await desk.catalogue.featured?.(caller)) ?? new Set();
      const products = (await desk.catalogue.products(caller)).filter(({ product_id }) => featured.has(product_id));
      this.hold(caller.principal.principal_id, products.flatMap(({ creative_policy }) => creative_policy ?? []));
      return useCase(request, caller, desk);
    };
  }
}
