import { windowAdvice } from '../domain/applied-attribution-window.ts';
import type { Caller } from '../domain/caller.ts';
import { askedDays, daysFlaw } from '../domain/delivery-period.ts';
import { granularityFlaw } from '../domain/delivery-windows.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import { refuse } from '../protocol/errors.ts';
import type { GetMediaBuyDeliveryRequest, GetMediaBuyDeliverySuccess } from '../protocol/wire/get-media-buy-delivery.ts';
import { deliveryOfBuys } from './delivery-of-buys.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/** Reports what media buys have delivered, over their life or over days of it. Buys that are not the caller's are left out. */
export const getMediaBuyDelivery: UseCase<GetMediaBuyDeliveryRequest, GetMediaBuyDeliverySuccess> = async (request, caller, desk) => {
  const asked = askedDays(request);
  if (asked.kind === 'refused') return asked;
  const tracking = desk.features.conversion_tracking;
  if (request.attribution_window && !tracking)
    return refuse('UNSUPPORTED_FEATURE', 'this seller tracks no conversions', { field: 'attribution_window' });
  const { buys, changes } = await reportedBuys(request, caller, desk);
  const granularity = request.time_granularity;
  const flaw = daysFlaw(asked, buys) ?? (granularity && granularityFlaw(granularity, buys));
  if (flaw) return flaw;

  const wish = {
    daily: request.include_package_daily_breakdown === true,
    ...(granularity && request.include_window_breakdown ? { parts: granularity } : {}),
    ...(request.reporting_dimensions ? { dimensions: request.reporting_dimensions } : {}),
  };
  const report = await deliveryOfBuys(caller.principal.principal_id, buys, asked, wish, desk);
  if (report.kind === 'refused') return report;
  const advice = request.attribution_window ? windowAdvice(request.attribution_window, buys) : [];
  return answer({ ...report.body, ...(advice.length > 0 ? { errors: advice as never } : {}) }, changes);
};

const PAGE = 200;

/** The buys that are asked for, as the clock leaves them, in the order in which they are named or were made. */
async function reportedBuys({ media_buy_ids, status_filter }: GetMediaBuyDeliveryRequest, { reach }: Caller, desk: Desk) {
  const stored: MediaBuyRecord[] = [];
  const now = desk.clock.now().toISOString();
  const statuses = status_filter === undefined ? undefined : [status_filter].flat();
  // Only a store that is behind the clock has to be searched for buys of other statuses.
  const among = statuses !== undefined && !(await desk.store.anyDue(reach.principal_id, now)) ? { statuses } : {};
  for (let after: string | undefined; ;) {
    const page = await desk.store.mediaBuys(reach, { ...(media_buy_ids ? { media_buy_ids } : {}), ...among }, {
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    stored.push(...page.items);
    if (page.last === undefined) break;
    after = page.last;
  }
  const current = stored.map((buy) => ticked(buy, now));
  const changes = current.filter((buy, at) => buy !== stored[at]).map((buy): Change => ({ kind: 'put_media_buy', buy }));
  const buys = current.filter(({ status }) => statuses?.includes(status) ?? true);
  const place = ({ media_buy_id }: MediaBuyRecord) => media_buy_ids?.indexOf(media_buy_id) ?? 0;
  return { buys: buys.toSorted((a, b) => place(a) - place(b)), changes };
}
