import { ANYBODY } from '../domain/caller.ts';
import { capabilitiesOf } from '../domain/capabilities.ts';
import type { GetAdcpCapabilitiesRequest, GetAdcpCapabilitiesSuccess } from '../protocol/wire/get-adcp-capabilities.ts';
import { answer, type UseCase } from './desk.ts';

/** What this seller can do, the same for everybody. `protocols` leaves out the blocks of others; what concerns all of them always stands. */
export const getAdcpCapabilities: UseCase<GetAdcpCapabilitiesRequest, GetAdcpCapabilitiesSuccess> = async (request, _caller, desk) => {
  const whole = capabilitiesOf({
    features: desk.features, served: desk.served, products: await desk.catalogue.products(ANYBODY), supported_billing: desk.seller.supported_billing,
    sandbox: desk.test_scenarios !== undefined, since: desk.since, ...(desk.test_scenarios ? { test_scenarios: desk.test_scenarios } : {}),
    ...(desk.review?.creatives ? { reviews_creatives: true } : {}), ...(desk.signing ? { signing: desk.signing } : {}),
  });
  if (request.protocols === undefined || request.protocols.includes('media_buy')) return answer(whole);
  const { media_buy: _trimmed, ...rest } = whole;
  return answer(rest);
};
