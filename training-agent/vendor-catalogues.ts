/**
 * What measurement vendors publish, as test runs set it up. A run says it after it has opened its account, and the same caller's next
 * run knows nothing of it; so it holds until the caller opens an account or asks what the seller can do.
 */
import type { UseCase } from '../src/usecases/desk.ts';

export class VendorCatalogues {
  readonly #published = new Map<string, Map<string, ReadonlySet<string>>>();

  publish(principal_id: string, vendor_domain: string, metric_ids: readonly string[]): void {
    const own = this.#published.get(principal_id) ?? new Map<string, ReadonlySet<string>>();
    this.#published.set(principal_id, own.set(vendor_domain, new Set(metric_ids)));
  }

  /** Undefined: nobody said anything of that vendor. */
  of(principal_id: string, vendor_domain: string): ReadonlySet<string> | undefined {
    return this.#published.get(principal_id)?.get(vendor_domain);
  }

  /** A task with which a run begins. */
  forgetting<Request, Body>(useCase: UseCase<Request, Body>): UseCase<Request, Body> {
    return (request, caller, desk) => {
      this.#published.delete(caller.principal.principal_id);
      return useCase(request, caller, desk);
    };
  }
}
