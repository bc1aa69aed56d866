import type { GetProductsRequest, GetProductsSuccess } from '../src/protocol/wire/get-products.ts';
import type { UseCase } from '../src/usecases/desk.ts';

/**
 * `get_products` for test runs: a read that filters by currency shows a caller its newest batch of seeds alone, when it has
 * one. The harness asserts that nothing else fits, which no catalogue with prices in common currencies could promise.
 */
export function amongNewestSeeds(getProducts: UseCase<GetProductsRequest, GetProductsSuccess>): UseCase<GetProductsRequest, GetProductsSuccess> {
  return async (request, caller, desk) => {
    const seeded = request.filters?.pricing_currencies === undefined ? undefined : await desk.catalogue.featured?.(caller);
    if (seeded === undefined || seeded.size === 0) return getProducts(request, caller, desk);
    const products = (await desk.catalogue.products(caller)).filter((product) => seeded.has(product.product_id));
    return getProducts(request, caller, { ...desk, catalogue: { ...desk.catalogue, products: async () => products } });
  };
}
