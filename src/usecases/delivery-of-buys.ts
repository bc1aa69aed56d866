import { appliedWindow } from '../domain/applied-attribution-window.ts';
import { aggregated } from '../domain/delivery-aggregate.ts';
import { DIMENSIONS, type Dimension } from '../domain/delivery-parts.ts';
import { coveredPeriod, rangeOf, type AskedDays, type AskedHours } from '../domain/delivery-period.ts';
import { buyReport, type ReportWish } from '../domain/delivery-report.ts';
import { slicesOfPeriod } from '../domain/delivery-windows.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Refused } from '../protocol/errors.ts';
import type { ReportingFrequency } from '../protocol/wire/core/reporting-capabilities.ts';
import type { GetMediaBuyDeliverySuccess, ReportingDimensions } from '../protocol/wire/get-media-buy-delivery.ts';
import type { Desk } from './desk.ts';

/** What is wanted beside the sums: days, or parts of the period. */
export interface DeliveryWish {
  readonly daily: boolean;
  readonly parts?: ReportingFrequency;
  readonly dimensions?: ReportingDimensions;
}

/** The report of some buys of one caller, as the clock has left them. Refused when the period has more parts than are told. */
export async function deliveryOfBuys(
  principal_id: string,
  buys: readonly MediaBuyRecord[],
  asked: AskedDays | AskedHours,
  { daily, parts, dimensions }: DeliveryWish,
  desk: Desk,
): Promise<{ readonly kind: 'report'; readonly body: GetMediaBuyDeliverySuccess } | Refused> {
  const ids = buys.map(({ media_buy_id }) => media_buy_id);
  const ledgers = await desk.store.delivery(principal_id, ids, rangeOf(asked, parts === 'hourly' ? 'hour' : undefined), dimensionsOf(buys, dimensions));
  const now = desk.clock.now();
  const period = coveredPeriod(asked, buys, ledgers, now);
  const sliced = parts ? slicesOfPeriod(period, parts) : undefined;
  if (sliced?.kind === 'refused') return sliced;
  const wish: ReportWish = {
    period,
    now,
    daily,
    ...(dimensions ? { dimensions } : {}),
    per_creative_conversions: desk.features.conversion_tracking?.per_creative_attribution === true,
    ...(sliced ? { windows: sliced.slices } : {}),
  };
  const reports = buys.map((buy, at) => buyReport(buy, ledgers[at]!, wish));
  const totals = aggregated(reports);
  const window = appliedWindow(buys);
  return {
    kind: 'report',
    body: {
      reporting_period: { start: period.start, end: period.end },
      currency: reports[0]?.currency ?? 'USD',
      media_buy_deliveries: reports.map(({ delivery }) => delivery),
      ...(totals ? { aggregated_totals: totals } : {}),
      ...(window ? { attribution_window: window } : {}),
    },
  };
}

/** What to load parts by: what is asked for, and keywords where some product is reported by them. */
function dimensionsOf(buys: readonly MediaBuyRecord[], asked: ReportingDimensions | undefined): Dimension[] {
  const keywords = buys.some(({ packages }) => packages.some(({ terms }) => terms.reporting_capabilities.supports_keyword_breakdown === true));
  return DIMENSIONS.filter((dimension) => (dimension === 'keyword' ? keywords : asked?.[dimension] !== undefined));
}
