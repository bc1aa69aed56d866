import { ANYBODY } from '../domain/caller.ts';
import { capabilitiesOf } from '../domain/capabilities.ts';
import type { GetAdcpCapabilitiesRequest, GetAdcpCapabilitiesSuccess } from '../protocol/wire/get-adcp-capabilities.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/** What this seller can do, the same for everybody. `protocols` leaves out the blocks of others; what concerns all of them always stands. */
export const getAdcpCapabilities: UseCase<GetAdcpCapabilitiesRequest, GetAdcpCapabilitiesSuccess> = async (request, _caller, desk) => {
  const whole = wholeOf(desk, await desk.catalogue.products(ANYBODY));
  if (request.protocols === undefined || request.protocols.includes('media_buy')) return answer(whole);
  const { media_buy: _trimmed, ...rest } = whole;
  return answer(rest);
};

/** What was worked out last, and from which products: what else it follows from does not change while a desk is open. */
const known = new WeakMap<Desk, { readonly products: readonly Product[]; readonly whole: GetAdcpCapabilitiesSuccess }>();

function wholeOf(desk: Desk, products: readonly Product[]): GetAdcpCapabilitiesSuccess {
  const last = known.get(desk);
  if (last?.products === products) return last.whole;
  const whole = capabilitiesOf({
    features: desk.features, served: desk.served, products, supported_billing: desk.seller.supported_billing,
    sandbox: desk.test_scenarios !== undefined, since: desk.since, ...(desk.test_scenarios ? { test_scenarios: desk.test_scenarios } : {}),
    ...(desk.review?.creatives ? { reviews_creatives: true } : {}), ...(desk.signing ? { signing: desk.signing } : {}), ...(desk.request_signing ? { request_signing: desk.request_signing } : {}),
  });
  known.set(desk, { products, whole });
  return whole;
}
