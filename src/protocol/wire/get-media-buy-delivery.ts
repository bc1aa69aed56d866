import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { AttributionWindow } from './core/attribution-window.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { GEO_LEVELS, levelRules, METRO_SYSTEMS, POSTAL_SYSTEMS } from './core/geography.ts';
import { MediaBuyDelivery } from './core/media-buy-delivery.ts';
import { MediaBuyStatusFilter } from './core/media-buy-status.ts';
import { MetricAggregate } from './core/metric.ts';
import { Amount, Count, Ordinal, Share } from './core/numbers.ts';
import { ReachUnit } from './core/reach.ts';
import { ReportingFrequency } from './core/reporting-capabilities.ts';
import { Country, Currency, DateText, DateTime } from './core/texts.ts';

export const SORT_METRICS = [
  'impressions', 'spend', 'clicks', 'ctr', 'views', 'completed_views', 'completion_rate', 'conversions', 'conversion_value', 'roas',
  'cost_per_acquisition', 'new_to_brand_rate', 'leads', 'grps', 'reach', 'frequency', 'engagements', 'follows', 'saves',
  'profile_visits', 'engagement_rate', 'cost_per_click',
] as const;

/** Names of systems that divide a geo level; metro and postal systems share the name custom. */
const DIVIDING_SYSTEMS = [...new Set([...METRO_SYSTEMS, ...POSTAL_SYSTEMS])];

const cut = { limit: Type.Optional(Ordinal), sort_by: Type.Optional(Type.Enum(SORT_METRICS)) };
const Cut = Type.Optional(Type.Object(cut));

/** Which breakdowns to report, and how many rows of each. */
export const ReportingDimensions = Type.Object({
  geo: Type.Optional(Type.Object({
    geo_level: Type.Enum(GEO_LEVELS),
    system: Type.Optional(Type.Enum(DIVIDING_SYSTEMS)),
    country: Type.Optional(Country),
    ...cut,
  }, { allOf: levelRules('geo_level') })),
  device_type: Cut,
  device_platform: Cut,
  audience: Cut,
  placement: Cut,
});
export type ReportingDimensions = Static<typeof ReportingDimensions>;

/** Days are UTC, the end day is not included; without days the whole life of the buys is reported. */
export const GetMediaBuyDeliveryRequest = request({
  account: Type.Optional(AccountRef),
  media_buy_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  status_filter: Type.Optional(MediaBuyStatusFilter),
  start_date: Type.Optional(DateText),
  end_date: Type.Optional(DateText),
  include_package_daily_breakdown: Type.Optional(Type.Boolean()),
  time_granularity: Type.Optional(ReportingFrequency),
  include_window_breakdown: Type.Optional(Type.Boolean()),
  attribution_window: Type.Optional(AttributionWindow),
  reporting_dimensions: Type.Optional(ReportingDimensions),
});
export type GetMediaBuyDeliveryRequest = Static<typeof GetMediaBuyDeliveryRequest>;

/** Sums over all reported buys; ratios are computed from the sums. */
export const AggregatedTotals = Type.Object({
  impressions: Amount,
  spend: Amount,
  media_buy_count: Count,
  clicks: Type.Optional(Amount),
  views: Type.Optional(Amount),
  completed_views: Type.Optional(Amount),
  completion_rate: Type.Optional(Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: 0, maximum: 1 })),
  conversions: Type.Optional(Amount),
  conversion_value: Type.Optional(Amount),
  roas: Type.Optional(Amount),
  cost_per_acquisition: Type.Optional(Amount),
  new_to_brand_rate: Type.Optional(Share),
  reach: Type.Optional(Amount),
  reach_unit: Type.Optional(ReachUnit),
  frequency: Type.Optional(Amount),
  metric_aggregates: Type.Optional(Type.Array(MetricAggregate)),
});
export type AggregatedTotals = Static<typeof AggregatedTotals>;

export const GetMediaBuyDeliverySuccess = Type.Object({
  reporting_period: Type.Object({ start: DateTime, end: DateTime }),
  currency: Currency,
  media_buy_deliveries: Type.Array(MediaBuyDelivery),
  aggregated_totals: Type.Optional(AggregatedTotals),
  attribution_window: Type.Optional(AttributionWindow),
  partial_data: Type.Optional(Type.Boolean()),
  unavailable_count: Type.Optional(Count),
  notification_type: Type.Optional(Type.Enum(['scheduled', 'final', 'delayed', 'adjusted', 'window_update'])),
  sequence_number: Type.Optional(Ordinal),
  next_expected_at: Type.Optional(DateTime),
  errors: Type.Optional(Type.Array(AdcpError)),
  sandbox: Type.Optional(Type.Boolean()),
});
export type GetMediaBuyDeliverySuccess = Static<typeof GetMediaBuyDeliverySuccess>;

export const GetMediaBuyDeliveryResponse = response(GetMediaBuyDeliverySuccess);
export type GetMediaBuyDeliveryResponse = Static<typeof GetMediaBuyDeliveryResponse>;
