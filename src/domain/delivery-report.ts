/** The report of one media buy: totals, a row for every package, and the parts of the period when they are asked for. */
import type { DailyDelivery } from '../protocol/wire/core/delivery-breakdown.ts';
import type { DeliveryTotals, MediaBuyDelivery } from '../protocol/wire/core/media-buy-delivery.ts';
import type { ReportingDimensions } from '../protocol/wire/get-media-buy-delivery.ts';
import type { DeliveryLedger } from './delivery-facts.ts';
import { added, divided, figuresOf, summed, tallyOf, type Figures, type Tally } from './delivery-figures.ts';
import {
  dailyRow,
  figuresByDay,
  packageReach,
  packageRow,
  type PackageSlice,
  type ReportFrame,
} from './delivery-package.ts';
import { gaugesOfPackage, joinedFinality, joinedViewability, measuredValues } from './delivery-gauges.ts';
import { effectiveRate } from './delivery-pace.ts';
import { coversWhole, lengthOf, type DeliveryPeriod } from './delivery-period.ts';
import { moreMetrics } from './delivery-more.ts';
import { joined, metricPlan, type MetricPlan } from './delivery-plan.ts';
import { measured, majorUnits } from './delivery-rates.ts';
import { joinedReach, measuredReach, reachUnitOf, type Reach } from './delivery-reach.ts';
import { deliveryWindows, type DeliverySlices } from './delivery-windows.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';

export interface ReportWish {
  readonly period: DeliveryPeriod;
  readonly now: Date;
  /** Break packages, and the buy, down by day. */
  readonly daily: boolean;
  /** By what packages are divided beside their creatives. */
  readonly dimensions?: ReportingDimensions;
  /** Parts of the period to report one by one. */
  readonly windows?: DeliverySlices;
  readonly per_creative_conversions: boolean;
}

/** A report, with what sums over several reports need. */
export interface BuyReport {
  readonly delivery: MediaBuyDelivery;
  readonly currency: string;
  readonly figures: Figures;
  readonly plan: MetricPlan;
  readonly reach: Reach | undefined;
}

/** @param ledger with the rows of the period only */
export function buyReport(buy: MediaBuyRecord, ledger: DeliveryLedger, wish: ReportWish): BuyReport {
  const { rows, gauges } = ledger;
  const frame: ReportFrame = {
    buy,
    gauges,
    whole: coversWhole(wish.period.asked, ledger),
    length: lengthOf(wish.period),
    end: wish.period.end,
    now: wish.now,
    daily: wish.daily,
    ...(wish.dimensions ? { dimensions: wish.dimensions } : {}),
    per_creative_conversions: wish.per_creative_conversions,
  };
  const tallies = buy.packages.map(({ package: { package_id } }) =>
    summed(rows.filter((row) => row.package_id === package_id).map((row) => tallyOf(row, gauges))),
  );
  const figures = figuresOf(summed(tallies), buy.currency);
  const slices = divided(figures, tallies).map((own, at) => sliceOf(buy.packages[at]!, own, tallies[at]!, ledger, frame));
  const plan = joined(slices.map((slice) => slice.plan));
  const reach = totalReach(slices, figures, plan, frame);
  const delivery: MediaBuyDelivery = {
    media_buy_id: buy.media_buy_id,
    status: buy.status,
    totals: totals(figures, plan, reach, slices, frame),
    by_package: slices.map((slice) => packageRow(slice, frame)),
    ...joinedFinality(slices),
    ...pricingModel(buy),
    ...(wish.daily ? { daily_breakdown: dailyOf(slices, plan, frame) } : {}),
    ...(wish.windows ? { windows: deliveryWindows(slices, wish.windows, frame) } : {}),
  };
  return { delivery, currency: buy.currency, figures, plan, reach };
}

function sliceOf(record: PackageRecord, figures: Figures, tally: Tally, ledger: DeliveryLedger, frame: ReportFrame): PackageSlice {
  const plan = metricPlan(record, tally, frame.gauges);
  const of = <Row extends { readonly package_id: string }>(rows: readonly Row[] = []) => rows.filter(({ package_id }) => package_id === record.package.package_id);
  const gauges = gaugesOfPackage(record, frame.buy, frame.gauges);
  const own = { rows: of(ledger.rows), more: of(ledger.more), parts: of(ledger.parts) };
  return { record, ...own, figures, tally, plan, gauges, reach: packageReach(record, figures, plan, gauges, frame) };
}

function totals(figures: Figures, plan: MetricPlan, reach: Reach | undefined, slices: readonly PackageSlice[], frame: ReportFrame): DeliveryTotals {
  const { buy } = frame;
  const { pricing_model } = pricingModel(buy);
  const rate = pricing_model && effectiveRate(pricing_model, figures, buy.currency);
  return {
    ...measured(figures, plan, buy.currency),
    ...moreMetrics(slices.flatMap(({ more }) => more), figures.impressions),
    spend: majorUnits(figures.spend, buy.currency),
    ...reach,
    ...(frame.whole ? valuesOf(slices, frame) : {}),
    ...(rate === undefined ? {} : { effective_rate: rate }),
  };
}

/** What the platform measured of the buy, else its packages together. */
function totalReach(slices: readonly PackageSlice[], { impressions }: Figures, plan: MetricPlan, frame: ReportFrame): Reach | undefined {
  if (!plan.has('reach')) return undefined;
  const aiming = slices.find((slice) => slice.plan.has('reach'))!;
  return (
    measuredReach(impressions, reachUnitOf(aiming.record), frame.gauges, frame)
    ?? joinedReach(slices.map((slice) => ({ impressions: slice.figures.impressions, reach: slice.reach })))
  );
}

/** What the platform measured of the buy, else its packages together. */
function valuesOf(slices: readonly PackageSlice[], { gauges }: ReportFrame) {
  const own = measuredValues(gauges);
  const viewability = own.viewability ?? joinedViewability(slices.map((slice) => ({ impressions: slice.figures.impressions, gauges: slice.gauges })));
  return { ...own, ...(viewability ? { viewability: viewability } : {}) };
}

function pricingModel({ packages }: MediaBuyRecord) {
  const models = new Set(packages.map(({ pricing }) => pricing?.pricing_model));
  const [pricing_model] = models;
  return models.size === 1 && pricing_model ? { pricing_model } : {};
}

/** Each day of the buy is the sum of its packages' days. */
function dailyOf(slices: readonly PackageSlice[], plan: MetricPlan, frame: ReportFrame): DailyDelivery[] {
  const days = Map.groupBy(
    slices.flatMap((slice) => figuresByDay(slice, frame)),
    ({ day }) => day,
  );
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, own]) => dailyRow(day, added(own.map(({ figures }) => figures)), plan, frame.buy.currency));
}
