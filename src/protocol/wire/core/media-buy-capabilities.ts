/** What selling media means at this seller. Every flag that is missing is false. */
import { Type, type Static } from 'typebox';
import { CLOUD_STORAGE_PROTOCOLS } from './account.ts';
import { BUYING_MODES } from './buying-mode.ts';
import { Channel, PROPERTY_TYPES } from './channel.ts';
import { Duration } from './duration.ts';
import { ActionSource, EventType } from './event-type.ts';
import { PostalAreaSupport, TRANSPORT_MODES } from './geography.ts';
import { distinct, list, some } from './lists.ts';
import { Count, Ordinal } from './numbers.ts';
import { EVENT_TARGET_KINDS, METRIC_TARGET_KINDS, OptimizationMetric } from './optimization-goal.ts';
import { PricingModel } from './pricing-option.ts';
import { MediaBuyFeatures } from './product-filters.ts';
import { ReachUnit } from './reach.ts';
import { AGE_VERIFICATION_METHODS, MatchType } from './targeting.ts';
import { Country, Domain, Uri } from './texts.ts';
import { HASHED_IDENTIFIERS, UidType } from './uid.ts';

const flag = Type.Optional(Type.Boolean());
const closed = { additionalProperties: false } as const;

const matchTypes = Type.Optional(Type.Object({ supported_match_types: Type.Array(MatchType, { minItems: 1 }) }));

/** Dimensions that the overlay of a package may use. */
const TargetingSupport = Type.Object({
  geo_countries: flag,
  geo_regions: flag,
  geo_metros: Type.Optional(Type.Object({ nielsen_dma: flag, uk_itl1: flag, uk_itl2: flag, eurostat_nuts2: flag }, closed)),
  geo_postal_areas: Type.Optional(PostalAreaSupport),
  age_restriction: Type.Optional(Type.Object({ supported: flag, verification_methods: list(Type.Enum(AGE_VERIFICATION_METHODS)) })),
  language: flag,
  keyword_targets: matchTypes,
  negative_keywords: matchTypes,
  geo_proximity: Type.Optional(Type.Object({
    radius: flag, travel_time: flag, geometry: flag, transport_modes: some(Type.Enum(TRANSPORT_MODES)),
  })),
});

const AdVersion = Type.String({ pattern: '^[0-9]+\\.[0-9]+$' });

const Execution = Type.Object({
  trusted_match: Type.Optional(Type.Object({ surfaces: list(Type.Enum(PROPERTY_TYPES)) })),
  axe_integrations: list(Uri),
  creative_specs: Type.Optional(Type.Object({ vast_versions: list(AdVersion), mraid_versions: list(AdVersion), vpaid: flag, simid: flag })),
  targeting: Type.Optional(TargetingSupport),
});

const AudienceTargeting = Type.Object({
  supported_identifier_types: Type.Array(Type.Enum(HASHED_IDENTIFIERS), { minItems: 1 }),
  minimum_audience_size: Ordinal,
  supports_platform_customer_id: flag,
  supported_uid_types: some(UidType),
  matching_latency_hours: Type.Optional(Type.Object({ min: Type.Optional(Count), max: Type.Optional(Count) }, closed)),
});

const ConversionTracking = Type.Object({
  multi_source_event_dedup: flag,
  per_creative_attribution: flag,
  supported_event_types: some(EventType),
  supported_targets: distinct(Type.Enum(EVENT_TARGET_KINDS)),
  supported_uid_types: some(UidType),
  supported_hashed_identifiers: some(Type.Enum(HASHED_IDENTIFIERS)),
  supported_action_sources: some(ActionSource),
  attribution_windows: list(Type.Object({
    event_type: Type.Optional(EventType), post_click: Type.Array(Duration, { minItems: 1 }), post_view: some(Duration),
  })),
});

const Portfolio = Type.Object({
  publisher_domains: Type.Array(Domain, { minItems: 1 }),
  primary_channels: list(Channel),
  primary_countries: list(Country),
  description: Type.Optional(Type.String({ maxLength: 5000 })),
  advertising_policies: Type.Optional(Type.String({ maxLength: 10000 })),
});

export const MediaBuyCapabilities = Type.Object({
  supported_pricing_models: distinct(PricingModel),
  buying_modes: distinct(Type.Enum(BUYING_MODES)),
  reporting_delivery_methods: distinct(Type.Enum(['webhook', 'offline'])),
  offline_delivery_protocols: distinct(Type.Enum(CLOUD_STORAGE_PROTOCOLS)),
  supports_proposals: flag,
  governance_aware: flag,
  propagation_surfaces: distinct(Type.Enum(['snapshot', 'webhook', 'out_of_band'])),
  creative_approval_mode: Type.Optional(Type.Enum(['auto_approve', 'require_human'])),
  features: Type.Optional(MediaBuyFeatures),
  execution: Type.Optional(Execution),
  audience_targeting: Type.Optional(AudienceTargeting),
  supported_optimization_metrics: distinct(OptimizationMetric),
  vendor_metric_optimization: Type.Optional(Type.Object({ supported_targets: distinct(Type.Enum(METRIC_TARGET_KINDS)) })),
  conversion_tracking: Type.Optional(ConversionTracking),
  frequency_capping: Type.Optional(Type.Object({
    supported_per_units: distinct(ReachUnit), supported_window_units: distinct(Type.String()),
  })),
  content_standards: Type.Optional(Type.Object({
    supports_local_evaluation: flag, supported_channels: some(Channel), supports_webhook_delivery: flag,
  })),
  portfolio: Type.Optional(Portfolio),
});
export type MediaBuyCapabilities = Static<typeof MediaBuyCapabilities>;
