/** The row of one package in a delivery report. */
import type { CreativeDelivery, DailyDelivery } from '../protocol/wire/core/delivery-breakdown.ts';
import type { DeliveryMetrics } from '../protocol/wire/core/delivery-metrics.ts';
import type { PackageDelivery } from '../protocol/wire/core/media-buy-delivery.ts';
import type { ReportingDimensions } from '../protocol/wire/get-media-buy-delivery.ts';
import type { DeliveryGauges, DeliveryRow, PackageGauges } from './delivery-facts.ts';
import { byCreative, divided, summed, tallyOf, type Figures, type Tally } from './delivery-figures.ts';
import { finality, measuredValues } from './delivery-gauges.ts';
import { moreMetrics, type MoreRow } from './delivery-more.ts';
import { partRows, wantedParts, type PartRow } from './delivery-parts.ts';
import { contractOf, missingMetrics, vendorValues } from './delivery-missing.ts';
import { deliveryStatus, packageRate, pacingIndex } from './delivery-pace.ts';
import type { MetricPlan } from './delivery-plan.ts';
import { majorUnits, measured, valued } from './delivery-rates.ts';
import { assumedReach, measuredReach, reachUnitOf, type Reach, type ReachPeriod } from './delivery-reach.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { roundTo } from './money.ts';

/** The buy that is reported, what was measured of it as a whole, and what the report is made for. */
export interface ReportFrame extends ReachPeriod {
  readonly buy: MediaBuyRecord;
  readonly gauges: DeliveryGauges;
  /** End of the period, ISO 8601. */
  readonly end: string;
  readonly now: Date;
  readonly daily: boolean;
  /** By what a package is divided beside its creatives. */
  readonly dimensions?: ReportingDimensions;
  /** Whether creatives are told their conversions. */
  readonly per_creative_conversions: boolean;
}

/** One package of a buy with all that was recorded of it in the period. */
export interface PackageSlice {
  readonly record: PackageRecord;
  readonly rows: readonly DeliveryRow[];
  readonly figures: Figures;
  readonly plan: MetricPlan;
  readonly reach: Reach | undefined;
  readonly gauges: PackageGauges;
  readonly tally: Tally;
  readonly more: readonly MoreRow[];
  readonly parts: readonly PartRow[];
}

/** Reach of a package: what the platform measured of it, else what follows from its impressions. */
export function packageReach(record: PackageRecord, { impressions }: Figures, plan: MetricPlan, gauges: PackageGauges, frame: ReportFrame): Reach | undefined {
  if (!plan.has('reach')) return undefined;
  const unit = reachUnitOf(record);
  return measuredReach(impressions, unit, gauges, frame) ?? assumedReach(record, impressions, unit, frame.gauges, frame);
}

export function packageRow(slice: PackageSlice, frame: ReportFrame): PackageDelivery {
  const { buy } = frame;
  const { record, figures, plan, reach, gauges } = slice;
  const { package: bought } = record;
  const contract = contractOf(record, frame.end);
  const values = frame.whole ? measuredValues(gauges) : {};
  const vendors = vendorValues(values.vendor_metric_values ?? [], contract);
  const metrics: DeliveryMetrics = {
    ...measured(figures, plan, buy.currency),
    ...moreMetrics(slice.more, figures.impressions),
    ...reach,
    ...(values.viewability ? { viewability: values.viewability } : {}),
    ...(vendors.length > 0 ? { vendor_metric_values: vendors } : {}),
  };
  const pacing = frame.whole ? pacingIndex(record, buy, figures, frame.now) : undefined;
  const status = frame.whole ? deliveryStatus(record, buy, figures, frame.now) : undefined;
  const creatives = creativeRows(slice, frame);
  return {
    ...metrics,
    package_id: bought.package_id,
    spend: majorUnits(figures.spend, buy.currency),
    ...packageRate(record, figures, buy.currency),
    currency: buy.currency,
    paused: bought.paused === true,
    ...(pacing === undefined ? {} : { pacing_index: pacing }),
    ...(status ? { delivery_status: status } : {}),
    ...finality(gauges),
    ...(gauges.measurement_window === undefined ? {} : { measurement_window: gauges.measurement_window }),
    missing_metrics: missingMetrics(contract, metrics),
    ...(creatives.length > 0 ? { by_creative: creatives } : {}),
    ...(slice.parts.length > 0 ? brokenDown(slice, frame) : {}),
    ...(frame.daily ? { daily_breakdown: dailyRows(slice, frame) } : {}),
  };
}

const brokenDown = ({ record, figures, plan, tally, parts }: PackageSlice, { buy: { currency }, dimensions }: ReportFrame): Partial<PackageDelivery> =>
  partRows(parts, wantedParts(dimensions), { figures, tally, plan, currency, offered: record.terms.reporting_capabilities });

/** Every creative of the package; `weight` is the share of the impressions that it really got. */
function creativeRows(
  { record, rows, figures, plan, more }: PackageSlice,
  { buy, gauges, per_creative_conversions }: ReportFrame,
): CreativeDelivery[] {
  if (record.terms.reporting_capabilities.supports_creative_breakdown === false) return [];
  const creatives = byCreative(record, rows, gauges);
  const shown = new Set(
    [...plan].filter((metric) => per_creative_conversions || (metric !== 'conversions' && metric !== 'conversion_value')),
  );
  return divided(
    figures,
    creatives.map(({ tally }) => tally),
  ).map((own, at) => ({
    creative_id: creatives[at]!.creative_id,
    ...measured(own, shown, buy.currency),
    ...moreMetrics(more.filter(({ creative_id }) => creative_id === creatives[at]!.creative_id), own.impressions),
    ...(figures.impressions > 0 ? { weight: roundTo((100 * own.impressions) / figures.impressions, 2) } : {}),
  }));
}

/** The days on which something was recorded, in order. */
export const figuresByDay = (slice: PackageSlice, frame: ReportFrame) => figuresByTime(slice, frame, 'YYYY-MM-DD'.length);

/**
 * The same by the times of the rows, which are hours in a ledger by the hour.
 * @param precision how much of a time counts: all of it, or its day alone
 */
export function figuresByTime(
  { rows, figures }: PackageSlice,
  { gauges }: ReportFrame,
  precision?: number,
): { readonly day: string; readonly figures: Figures }[] {
  const days = [...Map.groupBy(rows, ({ day }) => day.slice(0, precision))].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = divided(
    figures,
    days.map(([, own]) => summed(own.map((row) => tallyOf(row, gauges)))),
  );
  return days.map(([day], at) => ({ day, figures: parts[at]! }));
}

function dailyRows(slice: PackageSlice, frame: ReportFrame): DailyDelivery[] {
  return figuresByDay(slice, frame).map(({ day, figures }) => dailyRow(day, figures, slice.plan, frame.buy.currency));
}

export function dailyRow(date: string, figures: Figures, plan: MetricPlan, currency: string): DailyDelivery {
  return {
    date,
    impressions: figures.impressions,
    spend: majorUnits(figures.spend, currency),
    ...(plan.has('conversions') ? { conversions: figures.conversions } : {}),
    ...valued(figures, plan, currency, figures.conversion_value),
  };
}
