/** Delivery of one media buy over the reported period: totals, and a row for every package. */
import { Type, type Static } from 'typebox';
import {
  AudienceDelivery, CatalogItemDelivery, CreativeDelivery, DailyDelivery, DevicePlatformDelivery, DeviceTypeDelivery, GeoDelivery,
  KeywordDelivery, PlacementDelivery,
} from './delivery-breakdown.ts';
import { DeliveryMetrics } from './delivery-metrics.ts';
import { list } from './lists.ts';
import { MEDIA_BUY_STATUSES } from './media-buy-status.ts';
import { MetricName } from './metric.ts';
import { Amount } from './numbers.ts';
import { PricingModel } from './pricing-option.ts';
import { Currency, DateTime } from './texts.ts';

export const DELIVERY_STATUSES = ['delivering', 'completed', 'budget_exhausted', 'flight_ended', 'goal_met'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** A buy's own status, or why there is no report of it. */
export const REPORTED_STATUSES = [...MEDIA_BUY_STATUSES, 'pending', 'failed', 'reporting_delayed'] as const;

const flag = Type.Optional(Type.Boolean());
const WindowName = Type.Optional(Type.String({ maxLength: 50 }));

/** `rate` is the price in the unit of `pricing_model`, in `currency`. */
export const PackageDelivery = Type.Intersect([DeliveryMetrics, Type.Object({
  package_id: Type.String(),
  spend: Amount,
  pricing_model: PricingModel,
  rate: Amount,
  currency: Currency,
  pacing_index: Type.Optional(Amount),
  delivery_status: Type.Optional(Type.Enum(DELIVERY_STATUSES)),
  paused: flag,
  is_final: flag,
  finalized_at: Type.Optional(DateTime),
  measurement_window: WindowName,
  supersedes_window: WindowName,
  missing_metrics: list(MetricName),
  by_catalog_item: list(CatalogItemDelivery),
  by_creative: list(CreativeDelivery),
  by_keyword: list(KeywordDelivery),
  by_geo: list(GeoDelivery),
  by_geo_truncated: flag,
  by_device_type: list(DeviceTypeDelivery),
  by_device_type_truncated: flag,
  by_device_platform: list(DevicePlatformDelivery),
  by_device_platform_truncated: flag,
  by_audience: list(AudienceDelivery),
  by_audience_truncated: flag,
  by_placement: list(PlacementDelivery),
  by_placement_truncated: flag,
  daily_breakdown: list(DailyDelivery),
})]);
export type PackageDelivery = Static<typeof PackageDelivery>;

export const DeliveryTotals = Type.Intersect([DeliveryMetrics, Type.Object({
  spend: Amount,
  effective_rate: Type.Optional(Amount),
})]);
export type DeliveryTotals = Static<typeof DeliveryTotals>;

/** A part of the period, when the report was asked for in hours, days or months. */
export const DeliveryWindow = Type.Object({
  window_start: DateTime,
  window_end: DateTime,
  totals: DeliveryMetrics,
  by_package: list(Type.Intersect([DeliveryMetrics, Type.Object({ package_id: Type.String() })])),
  is_final: flag,
  measurement_window: WindowName,
});
export type DeliveryWindow = Static<typeof DeliveryWindow>;

export const MediaBuyDelivery = Type.Object({
  media_buy_id: Type.String(),
  status: Type.Enum(REPORTED_STATUSES),
  totals: DeliveryTotals,
  by_package: Type.Array(PackageDelivery),
  expected_availability: Type.Optional(DateTime),
  is_adjusted: flag,
  is_final: flag,
  finalized_at: Type.Optional(DateTime),
  pricing_model: Type.Optional(PricingModel),
  windows: list(DeliveryWindow),
  daily_breakdown: list(DailyDelivery),
});
export type MediaBuyDelivery = Static<typeof MediaBuyDelivery>;
