/**
 * What measurement vendors publish, as test runs set it up. A run says it after it has opened its account, and the same caller's next
 * run knows nothing of it; so it holds until the caller opens an account or asks what the seller can do.
 */
import type { UseCase } from '../src/usecases/desk.ts';
import type { SharedState, Shelf } from './shared-state.ts';

export class VendorCatalogues {
  readonly #published: Shelf<Readonly<Record<string, readonly string[]>>>;

  constructor(state: SharedState) {
    this.#published = state.shelf('vendor_catalogues');
  }

  publish(principal_id: string, vendor_domain: string, metric_ids: readonly string[]): void {
    this.#published.put(principal_id, { ...this.#published.get(principal_id), [vendor_domain]: metric_ids });
  }

  /** Undefined: nobody said anything of that vendor. */
  of(principal_id: string, vendor_domain: string): ReadonlySet<string> | undefined {
    const metrics = this.#published.get(principal_id)?.[vendor_domain];
    return metrics && new Set(metrics);
  }

  /** A task with which a run begins. */
  forgetting<Request, Body>(useCase: UseCase<Request, Body>): UseCase<Request, Body> {
    return (request, caller, desk) => {
      this.#published.delete(caller.principal.principal_id);
      return useCase(request, caller, desk);
    };
  }
}
