/** What the seller offers. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { CATALOG_TYPES } from './catalog.ts';
import { Channel, PLACEMENT_KINDS } from './channel.ts';
import { anyOfMembers, equals, given, when } from './conditions.ts';
import { CreativePolicy } from './creative-policy.ts';
import { Duration } from './duration.ts';
import { ActionSource, EventType } from './event-type.ts';
import { ASSESSMENT_STATUSES, DiagnosticIssue } from './event-source.ts';
import { DeliveryForecast } from './forecast.ts';
import { FormatId } from './format-id.ts';
import { FormatOption, SOME_FORMATS } from './format-option.ts';
import { some } from './lists.ts';
import { MeasurementTerms, PerformanceStandard } from './measurement-terms.ts';
import { ProductAllowedAction } from './media-buy-action.ts';
import { VendorMetricId } from './metric.ts';
import { Amount, Count, Ordinal, PositiveAmount, Share } from './numbers.ts';
import { Ext, OpenObject } from './open-object.ts';
import { EVENT_TARGET_KINDS, METRIC_TARGET_KINDS, OptimizationMetric } from './optimization-goal.ts';
import { Placement, PublisherProperties } from './placement.ts';
import { PricingOption } from './pricing-option.ts';
import { ProductCard, ProductCardDetailed } from './product-card.ts';
import { ReachUnit } from './reach.ts';
import { ReportingCapabilities } from './reporting-capabilities.ts';
import { ProductSignalOption, SignalListing, SignalTargetingRules } from './signal.ts';
import { DateTime, Domain, Email, HttpsUri } from './texts.ts';
import { TrustedMatch } from './trusted-match.ts';

export const DELIVERY_TYPES = ['guaranteed', 'non_guaranteed'] as const;
export type DeliveryType = (typeof DELIVERY_TYPES)[number];
export const DeliveryType = Type.Enum(DELIVERY_TYPES);

export const EXCLUSIVITIES = ['none', 'category', 'exclusive'] as const;

const flag = Type.Optional(Type.Boolean());
const text = Type.Optional(Type.String());

/** Metrics and targets that goals of kind `metric` may name. */
export const MetricOptimization = Type.Object({
  supported_metrics: Type.Array(OptimizationMetric, { minItems: 1 }),
  supported_reach_units: some(ReachUnit),
  supported_view_durations: Type.Optional(Type.Array(PositiveAmount)),
  supported_targets: Type.Optional(Type.Array(Type.Enum(METRIC_TARGET_KINDS))),
});
export type MetricOptimization = Static<typeof MetricOptimization>;

export const VendorMetricOptimization = Type.Object({
  supported_metrics: Type.Array(Type.Object({
    vendor: BrandRef,
    metric_id: VendorMetricId,
    supported_targets: Type.Optional(Type.Array(Type.Enum(METRIC_TARGET_KINDS), { uniqueItems: true })),
  }, { additionalProperties: false }), { uniqueItems: true }),
});
export type VendorMetricOptimization = Static<typeof VendorMetricOptimization>;

/** Where events for goals of kind `event` may come from, and what they may aim at. */
export const ProductConversionTracking = Type.Object({
  action_sources: some(ActionSource),
  supported_targets: some(Type.Enum(EVENT_TARGET_KINDS)),
  platform_managed: flag,
});
export type ProductConversionTracking = Static<typeof ProductConversionTracking>;

/** The fee for leaving early; a rate for a share of the rest, an amount for a fixed fee. */
export const CancellationPolicy = Type.Object({
  notice_period: Duration,
  cancellation_fee: Type.Object({
    type: Type.Enum(['percent_remaining', 'full_commitment', 'fixed_fee', 'none']),
    rate: Type.Optional(Share),
    amount: Type.Optional(Amount),
  }, { allOf: [when('type', 'percent_remaining', { required: ['rate'] }), when('type', 'fixed_fee', { required: ['amount'] })] }),
});
export type CancellationPolicy = Static<typeof CancellationPolicy>;

const MeasurementReadiness = Type.Object({
  status: Type.Enum(ASSESSMENT_STATUSES),
  required_event_types: some(EventType),
  missing_event_types: Type.Optional(Type.Array(EventType)),
  issues: Type.Optional(Type.Array(DiagnosticIssue)),
  notes: text,
});

/** The buyer's items that this product could advertise. */
const CatalogMatch = Type.Object({
  submitted_count: Count,
  matched_count: Type.Optional(Count),
  matched_ids: Type.Optional(Type.Array(Type.String())),
  matched_gtins: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{8,14}$' }))),
});

/** Where material is sent when it does not travel in calls. */
const MaterialSubmission = Type.Object({
  url: Type.Optional(HttpsUri),
  email: Type.Optional(Email),
  instructions: Type.Optional(Type.String({ maxLength: 2000 })),
  ext: Type.Optional(Ext),
}, { minProperties: 1 });

export const Product = Type.Object({
  product_id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  publisher_properties: Type.Array(PublisherProperties, { minItems: 1 }),
  channels: Type.Optional(Type.Array(Channel, { uniqueItems: true })),
  ...PLACEMENT_KINDS,
  format_ids: Type.Optional(Type.Array(FormatId)),
  format_options: some(FormatOption),
  placements: some(Placement),
  delivery_type: DeliveryType,
  exclusivity: Type.Optional(Type.Enum(EXCLUSIVITIES)),
  pricing_options: Type.Array(PricingOption, { minItems: 1 }),
  reporting_capabilities: ReportingCapabilities,
  forecast: Type.Optional(DeliveryForecast),
  outcome_measurement: Type.Optional(Type.Object({
    type: Type.String(), attribution: Type.String(), reporting: Type.String(), window: Type.Optional(Duration),
  })),
  delivery_measurement: Type.Optional(Type.Object({ vendors: some(BrandRef), provider: text, notes: text })),
  measurement_terms: Type.Optional(MeasurementTerms),
  performance_standards: some(PerformanceStandard),
  measurement_readiness: Type.Optional(MeasurementReadiness),
  cancellation_policy: Type.Optional(CancellationPolicy),
  allowed_actions: Type.Optional(Type.Array(ProductAllowedAction, { minItems: 1, uniqueItems: true })),
  creative_policy: Type.Optional(CreativePolicy),
  metric_optimization: Type.Optional(MetricOptimization),
  vendor_metric_optimization: Type.Optional(VendorMetricOptimization),
  conversion_tracking: Type.Optional(ProductConversionTracking),
  max_optimization_goals: Type.Optional(Ordinal),
  signal_targeting_allowed: flag,
  signal_targeting_options: some(ProductSignalOption),
  signal_targeting_rules: Type.Optional(SignalTargetingRules),
  included_signals: some(SignalListing),
  property_targeting_allowed: flag,
  data_provider_signals: Type.Optional(Type.Array(OpenObject)),
  catalog_types: Type.Optional(Type.Array(Type.Enum(CATALOG_TYPES), { minItems: 1, uniqueItems: true })),
  catalog_match: Type.Optional(CatalogMatch),
  collections: some(Type.Object({ publisher_domain: Domain, collection_ids: Type.Array(Type.String(), { minItems: 1 }) })),
  collection_targeting_allowed: flag,
  installments: Type.Optional(Type.Array(Type.Object({ installment_id: Type.String() }))),
  brief_relevance: text,
  expires_at: Type.Optional(DateTime),
  is_custom: flag,
  enforced_policies: Type.Optional(Type.Array(Type.String())),
  product_card: Type.Optional(ProductCard),
  product_card_detailed: Type.Optional(ProductCardDetailed),
  trusted_match: Type.Optional(TrustedMatch),
  material_submission: Type.Optional(MaterialSubmission),
  ext: Type.Optional(Ext),
}, {
  ...SOME_FORMATS,
  allOf: [given(anyOfMembers('signal_targeting_options', 'signal_targeting_rules'), equals('signal_targeting_allowed', true))],
});
export type Product = Static<typeof Product>;
