import { adcpError } from '../src/protocol/errors.ts';
import type { GetProductsRequest, GetProductsSuccess } from '../src/protocol/wire/get-products.ts';
import type { UseCase } from '../src/usecases/desk.ts';
import type { Directives } from './directives.ts';

/** `get_products` that says so when a test has put the source of its catalogue out of reach: what is shown was read earlier. */
export function staleWhenForced(
  getProducts: UseCase<GetProductsRequest, GetProductsSuccess>, directives: Directives, read: Date,
): UseCase<GetProductsRequest, GetProductsSuccess> {
  return async (request, caller, desk) => {
    const decision = await getProducts(request, caller, desk);
    const told = decision.kind === 'answer' && 'products' in decision.body
      ? directives.take('stale', { principal_id: caller.principal.principal_id, brand: undefined, task: 'get_products' }, request)
      : undefined;
    if (decision.kind === 'refused' || told === undefined) return decision;
    const cache_age_seconds = Math.max(0, Math.floor((desk.clock.now().getTime() - read.getTime()) / 1000));
    const advice = adcpError('STALE_RESPONSE', 'the source of these products cannot be reached; they are shown as they were last read', {
      details: { served_from_cache: true, cache_age_seconds, ...(told.upstream_name ? { upstream: { name: told.upstream_name } } : {}) },
    });
    return { ...decision, body: { ...decision.body, errors: [advice as never, ...(decision.body.errors ?? [])] } };
  };
}
