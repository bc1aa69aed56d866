/** Metrics by name: those that delivery reports, those that a vendor measures, those that a contract names. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { when } from './conditions.ts';
import { Duration } from './duration.ts';
import { Amount } from './numbers.ts';
import { DateTime } from './texts.ts';

export const AVAILABLE_METRICS = [
  'impressions', 'spend', 'clicks', 'ctr', 'views', 'completed_views', 'completion_rate', 'conversions', 'conversion_value', 'roas',
  'cost_per_acquisition', 'new_to_brand_rate', 'leads', 'reach', 'frequency', 'grps', 'engagements', 'engagement_rate', 'follows',
  'saves', 'profile_visits', 'viewability', 'quartile_data', 'dooh_metrics', 'cost_per_click', 'cost_per_completed_view', 'cpm',
  'downloads', 'units_sold', 'new_to_brand_units', 'plays', 'incremental_sales_lift', 'brand_lift', 'foot_traffic',
  'conversion_lift', 'brand_search_lift',
] as const;
export type AvailableMetric = (typeof AVAILABLE_METRICS)[number];
export const AvailableMetric = Type.Enum(AVAILABLE_METRICS);

export const VIEWABILITY_STANDARDS = ['mrc', 'groupm'] as const;
export const ViewabilityStandard = Type.Enum(VIEWABILITY_STANDARDS);
export const COMPLETION_SOURCES = ['seller_attested', 'vendor_attested'] as const;
export const ATTRIBUTION_METHODOLOGIES = ['deterministic_purchase', 'probabilistic', 'panel_based', 'modeled'] as const;
export const LIFT_DIMENSIONS = ['awareness', 'consideration', 'favorability', 'purchase_intent', 'ad_recall'] as const;

/** Which of several ways to measure a metric is meant. */
export const MetricQualifier = Type.Object({
  viewability_standard: Type.Optional(ViewabilityStandard),
  completion_source: Type.Optional(Type.Enum(COMPLETION_SOURCES)),
  attribution_methodology: Type.Optional(Type.Enum(ATTRIBUTION_METHODOLOGIES)),
  attribution_window: Type.Optional(Duration),
  lift_dimension: Type.Optional(Type.Enum(LIFT_DIMENSIONS)),
}, { additionalProperties: false });
export type MetricQualifier = Static<typeof MetricQualifier>;

export const VendorMetricId = Type.String({ pattern: '^[a-z][a-z0-9_]*$', minLength: 1, maxLength: 64 });

/** A metric of a measurement vendor. */
export const VendorMetricRef = Type.Object({ vendor: BrandRef, metric_id: VendorMetricId }, { additionalProperties: false });
export type VendorMetricRef = Static<typeof VendorMetricRef>;

const closed = { additionalProperties: false } as const;
const standard = { scope: Type.Literal('standard'), metric_id: AvailableMetric, qualifier: Type.Optional(MetricQualifier) };
const vendor = { scope: Type.Literal('vendor'), vendor: BrandRef, metric_id: VendorMetricId };

/** A metric by name and qualifier: what a package asks to be committed, and what a report lists as missing. */
export const MetricName = Type.Union([Type.Object(standard, closed), Type.Object(vendor, closed)]);
export type MetricName = Static<typeof MetricName>;

/** A metric that the seller has bound itself to report. */
export const CommittedMetric = Type.Union([
  Type.Object({ ...standard, committed_at: DateTime }, closed),
  Type.Object({ ...vendor, committed_at: DateTime }, closed),
]);
export type CommittedMetric = Static<typeof CommittedMetric>;

/** The value that a vendor measured. */
export const VendorMetricValue = Type.Object({
  vendor: BrandRef,
  metric_id: VendorMetricId,
  value: Type.Number(),
  unit: Type.Optional(Type.String()),
  measurable_impressions: Type.Optional(Amount),
  breakdown: Type.Optional(Type.Unsafe<Record<string, unknown>>({ type: 'object' })),
}, closed);
export type VendorMetricValue = Static<typeof VendorMetricValue>;

const summands = (metric: string, ...members: string[]) => when('metric_id', metric, { required: members });

/** One metric over several buys; a ratio brings the sums that it was made of. */
export const MetricAggregate = Type.Union([
  Type.Object({
    ...standard,
    value: Type.Number(),
    measurable_impressions: Type.Optional(Amount),
    viewable_impressions: Type.Optional(Amount),
    impressions: Type.Optional(Amount),
    completed_views: Type.Optional(Amount),
    spend: Type.Optional(Amount),
    conversions: Type.Optional(Amount),
    conversion_value: Type.Optional(Amount),
    clicks: Type.Optional(Amount),
  }, {
    ...closed,
    allOf: [
      summands('completion_rate', 'impressions', 'completed_views'),
      summands('cost_per_acquisition', 'spend', 'conversions'),
      summands('roas', 'spend', 'conversion_value'),
    ],
  }),
  Type.Object({
    ...vendor,
    value: Type.Number(),
    measurable_impressions: Type.Optional(Amount),
    qualifier: Type.Optional(Type.Object({}, closed)),
  }, closed),
]);
export type MetricAggregate = Static<typeof MetricAggregate>;
