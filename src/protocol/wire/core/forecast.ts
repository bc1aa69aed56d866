/** What a product or a proposal is expected to deliver, at one budget or at several. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { without } from './conditions.ts';
import { ForecastDimension } from './forecast-dimension.ts';
import { VendorMetricId, ViewabilityStandard } from './metric.ts';
import { Amount } from './numbers.ts';
import { Ext, OpenObject } from './open-object.ts';
import { DEMOGRAPHIC_SYSTEMS } from './pricing-option.ts';
import { ReachUnit } from './reach.ts';
import { DateTime } from './texts.ts';

export const FORECAST_METHODS = ['estimate', 'modeled', 'guaranteed'] as const;
export const FORECAST_RANGE_UNITS = [
  'spend', 'availability', 'reach_freq', 'weekly', 'daily', 'clicks', 'conversions', 'package',
] as const;

/** A best guess, or a low and a high end. */
export const ForecastRange = Type.Object({
  low: Type.Optional(Amount), mid: Type.Optional(Amount), high: Type.Optional(Amount),
}, { anyOf: [{ required: ['mid'] }, { required: ['low', 'high'] }] });
export type ForecastRange = Static<typeof ForecastRange>;

const shareRange = { allOf: [ForecastRange, { properties: { low: { maximum: 1 }, mid: { maximum: 1 }, high: { maximum: 1 } } }] };

/** Numbers of viewability mean nothing without the standard that they follow. */
const ForecastViewability = Type.Object({
  vendor: Type.Optional(BrandRef),
  measurable_impressions: Type.Optional(ForecastRange),
  viewable_impressions: Type.Optional(ForecastRange),
  viewable_rate: Type.Optional(Type.Unsafe<ForecastRange>(shareRange)),
  viewed_seconds: Type.Optional(ForecastRange),
  standard: Type.Optional(ViewabilityStandard),
}, { anyOf: [without('measurable_impressions', 'viewable_impressions', 'viewable_rate', 'viewed_seconds'), { required: ['standard'] }] });

const ForecastVendorMetricValue = Type.Object({
  vendor: BrandRef,
  metric_id: VendorMetricId,
  value: ForecastRange,
  unit: Type.Optional(Type.String()),
  measurable_impressions: Type.Optional(ForecastRange),
  breakdown: Type.Optional(OpenObject),
}, { additionalProperties: false });

export const ForecastPoint = Type.Object({
  metrics: Type.Unsafe<Record<string, ForecastRange>>({
    type: 'object', properties: { coverage_rate: shareRange }, additionalProperties: ForecastRange,
  }),
  budget: Type.Optional(Amount),
  label: Type.Optional(Type.String({ maxLength: 128 })),
  product_id: Type.Optional(Type.String()),
  dimensions: Type.Optional(Type.Array(ForecastDimension, { minItems: 1, uniqueItems: true })),
  viewability: Type.Optional(ForecastViewability),
  vendor_metric_values: Type.Optional(Type.Array(ForecastVendorMetricValue)),
});
export type ForecastPoint = Static<typeof ForecastPoint>;

export const DeliveryForecast = Type.Object({
  points: Type.Array(ForecastPoint, { minItems: 1 }),
  method: Type.Enum(FORECAST_METHODS),
  currency: Type.String(),
  forecast_range_unit: Type.Optional(Type.Enum(FORECAST_RANGE_UNITS)),
  demographic_system: Type.Optional(Type.Enum(DEMOGRAPHIC_SYSTEMS)),
  demographic: Type.Optional(Type.String()),
  measurement_source: Type.Optional(Type.String({ pattern: '^[a-z0-9_]+$', maxLength: 64 })),
  reach_unit: Type.Optional(ReachUnit),
  generated_at: Type.Optional(DateTime),
  valid_until: Type.Optional(DateTime),
  ext: Type.Optional(Ext),
});
export type DeliveryForecast = Static<typeof DeliveryForecast>;
