/** What a product can report, how often and how late. */
import { Type, type Static } from 'typebox';
import { METRO_SYSTEMS, PostalAreaSupport } from './geography.ts';
import { MeasurementWindow } from './measurement-terms.ts';
import { AvailableMetric, VendorMetricRef } from './metric.ts';
import { Count } from './numbers.ts';

export const REPORTING_FREQUENCIES = ['hourly', 'daily', 'monthly'] as const;
export type ReportingFrequency = (typeof REPORTING_FREQUENCIES)[number];
export const ReportingFrequency = Type.Enum(REPORTING_FREQUENCIES);

const flag = Type.Optional(Type.Boolean());

/** Geo levels by which delivery can be divided, and the systems of those that have several. */
export const GeoBreakdownSupport = Type.Object({
  country: flag,
  region: flag,
  metro: Type.Optional(Type.Unsafe<Partial<Record<(typeof METRO_SYSTEMS)[number], boolean>>>({
    type: 'object', propertyNames: { enum: METRO_SYSTEMS }, additionalProperties: { type: 'boolean' },
  })),
  postal_area: Type.Optional(PostalAreaSupport),
}, { additionalProperties: false });

export const ReportingCapabilities = Type.Object({
  available_reporting_frequencies: Type.Array(ReportingFrequency, { minItems: 1, uniqueItems: true }),
  expected_delay_minutes: Count,
  timezone: Type.String(),
  supports_webhooks: Type.Boolean(),
  available_metrics: Type.Array(AvailableMetric, { uniqueItems: true }),
  date_range_support: Type.Enum(['date_range', 'lifetime_only']),
  vendor_metrics: Type.Optional(Type.Array(VendorMetricRef)),
  supports_creative_breakdown: flag,
  supports_keyword_breakdown: flag,
  supports_geo_breakdown: Type.Optional(GeoBreakdownSupport),
  supports_device_type_breakdown: flag,
  supports_device_platform_breakdown: flag,
  supports_audience_breakdown: flag,
  supports_placement_breakdown: flag,
  windowed_pull_granularities: Type.Optional(Type.Array(ReportingFrequency, { uniqueItems: true })),
  measurement_windows: Type.Optional(Type.Array(MeasurementWindow, { minItems: 1, uniqueItems: true })),
});
export type ReportingCapabilities = Static<typeof ReportingCapabilities>;
