import { Type, type Static } from 'typebox';
import { BILLING_PARTIES, CLOUD_STORAGE_PROTOCOLS } from './core/account.ts';
import { Channel, PROPERTY_TYPES } from './core/channel.ts';
import { without } from './core/conditions.ts';
import { Duration } from './core/duration.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { ActionSource, EventType } from './core/event-type.ts';
import { FormatOption } from './core/format-option.ts';
import { TRANSPORT_MODES } from './core/geography.ts';
import { Count, Ordinal } from './core/numbers.ts';
import { OpenObject } from './core/open-object.ts';
import { EVENT_TARGET_KINDS, METRIC_TARGET_KINDS, OptimizationMetric } from './core/optimization-goal.ts';
import { PricingModel } from './core/pricing-option.ts';
import { MediaBuyFeatures } from './core/product-filters.ts';
import { ReachUnit } from './core/reach.ts';
import { AGE_VERIFICATION_METHODS, MatchType } from './core/targeting.ts';
import { Country, DateTime, Domain, Uri } from './core/texts.ts';
import { HASHED_IDENTIFIERS, UidType } from './core/uid.ts';
import { BUYING_MODES } from './get-products.ts';

export const REQUESTABLE_PROTOCOLS = ['media_buy', 'signals', 'governance', 'sponsored_intelligence', 'creative'] as const;
export const SUPPORTED_PROTOCOLS = [...REQUESTABLE_PROTOCOLS, 'brand', 'measurement'] as const;
export type SupportedProtocol = (typeof SUPPORTED_PROTOCOLS)[number];

export const SPECIALISMS = [
  'audience-sync', 'brand-rights', 'collection-lists', 'content-standards', 'creative-ad-server', 'creative-generative',
  'creative-template', 'creative-transformers', 'governance-aware-seller', 'governance-delivery-monitor',
  'governance-spend-authority', 'property-lists', 'sales-broadcast-tv', 'sales-catalog-driven', 'sales-guaranteed',
  'sales-non-guaranteed', 'sales-proposal-mode', 'sales-social', 'signal-marketplace', 'signal-owned', 'signed-requests',
  'sponsored-intelligence',
] as const;
export type Specialism = (typeof SPECIALISMS)[number];

const flag = Type.Optional(Type.Boolean());
const closed = { additionalProperties: false } as const;
const list = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Optional(Type.Array(item));
const some = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Optional(Type.Array(item, { minItems: 1 }));
const distinct = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Optional(Type.Array(item, { minItems: 1, uniqueItems: true }));
const anyDistinct = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Optional(Type.Array(item, { uniqueItems: true }));

export const GetAdcpCapabilitiesRequest = request({ protocols: some(Type.Enum(REQUESTABLE_PROTOCOLS)) });
export type GetAdcpCapabilitiesRequest = Static<typeof GetAdcpCapabilitiesRequest>;

/** Whether keys are honoured, and for how long an answer is remembered. */
const Idempotency = Type.Union([
  Type.Object({
    supported: Type.Literal(true),
    replay_ttl_seconds: Type.Integer({ minimum: 3600, maximum: 604800 }),
    in_flight_max_seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 604800 })),
    account_id_is_opaque: flag,
  }),
  Type.Object({ supported: Type.Literal(false) }, without('replay_ttl_seconds', 'in_flight_max_seconds')),
]);

const AdcpBlock = Type.Object({
  major_versions: Type.Array(Ordinal, { minItems: 1 }),
  supported_versions: some(Type.String({ pattern: '^\\d+\\.\\d+(-[a-zA-Z0-9.-]+)?$' })),
  build_version: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+\\.\\d+(-[a-zA-Z0-9.-]+)?(\\+[a-zA-Z0-9.-]+)?$' })),
  idempotency: Idempotency,
});

const AccountBlock = Type.Object({
  supported_billing: Type.Array(Type.Enum(BILLING_PARTIES), { minItems: 1 }),
  require_operator_auth: flag,
  authorization_endpoint: Type.Optional(Uri),
  required_for_products: flag,
  account_financials: flag,
  sandbox: flag,
});

const matchTypes = Type.Optional(Type.Object({ supported_match_types: Type.Array(MatchType, { minItems: 1 }) }));

/** Dimensions that the overlay of a package may use. */
const TargetingSupport = Type.Object({
  geo_countries: flag,
  geo_regions: flag,
  geo_metros: Type.Optional(Type.Object({ nielsen_dma: flag, uk_itl1: flag, uk_itl2: flag, eurostat_nuts2: flag }, closed)),
  geo_postal_areas: Type.Optional(OpenObject),
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

/** What selling media means here. Every flag that is missing is false. */
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
  frequency_capping: Type.Optional(Type.Object({ supported_per_units: distinct(ReachUnit), supported_window_units: distinct(Type.String()) })),
  content_standards: Type.Optional(Type.Object({
    supports_local_evaluation: flag, supported_channels: some(Channel), supports_webhook_delivery: flag,
  })),
  portfolio: Type.Optional(Portfolio),
});
export type MediaBuyCapabilities = Static<typeof MediaBuyCapabilities>;

const CreativeCapabilities = Type.Object({
  supports_compliance: flag,
  has_creative_library: flag,
  supports_generation: flag,
  supports_transformation: flag,
  supports_transformers: flag,
  supports_refinement: flag,
  supports_spend_controls: flag,
  supports_evaluator: flag,
  refinable_retention_seconds: Type.Optional(Count),
  multiplicity: Type.Optional(OpenObject),
  supported_formats: list(Type.Object({ capability_id: Type.Optional(Type.String()), format: FormatOption })),
  bills_through_adcp: flag,
  canonical_catalog_version: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+(\\.\\d+)?$' })),
});

const MethodName = Type.String({ pattern: '^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$' });

const RequestSigning = Type.Object({
  supported: Type.Boolean(),
  covers_content_digest: Type.Optional(Type.Enum(['required', 'forbidden', 'either'])),
  required_for: list(Type.String()),
  warn_for: list(Type.String()),
  supported_for: list(Type.String()),
  protocol_methods_supported_for: list(MethodName),
  protocol_methods_warn_for: list(MethodName),
  protocol_methods_required_for: list(MethodName),
});

const WebhookSigning = Type.Object({
  supported: Type.Boolean(),
  profile: Type.Optional(Type.Enum(['adcp/webhook-signing/v1'])),
  algorithms: distinct(Type.Enum(['ed25519', 'ecdsa-p256-sha256'])),
  legacy_hmac_fallback: flag,
});

const Identity = Type.Object({
  brand_json_url: Type.Optional(Type.String({ format: 'uri', pattern: '^https://' })),
  per_principal_key_isolation: flag,
  key_origins: Type.Optional(Type.Object({
    governance_signing: Type.Optional(Uri), request_signing: Type.Optional(Uri),
    webhook_signing: Type.Optional(Uri), tmp_signing: Type.Optional(Uri),
  }, closed)),
  compromise_notification: Type.Optional(Type.Object({ emits: flag, accepts: flag }, closed)),
});

const WHOLESALE_EVENTS = [
  'product.created', 'product.updated', 'product.priced', 'product.removed',
  'signal.created', 'signal.updated', 'signal.priced', 'signal.removed', 'wholesale_feed.bulk_change',
] as const;

const ExtensionName = Type.String({ pattern: '^[a-z][a-z0-9_]*$' });

/** What the seller can do. Whoever reads it may rely on it, so only what is wired stands here. */
export const GetAdcpCapabilitiesSuccess = Type.Object({
  adcp: AdcpBlock,
  supported_protocols: Type.Array(Type.Enum(SUPPORTED_PROTOCOLS), { minItems: 1 }),
  specialisms: anyDistinct(Type.Enum(SPECIALISMS)),
  account: Type.Optional(AccountBlock),
  media_buy: Type.Optional(MediaBuyCapabilities),
  creative: Type.Optional(CreativeCapabilities),
  signals: Type.Optional(OpenObject),
  governance: Type.Optional(OpenObject),
  sponsored_intelligence: Type.Optional(OpenObject),
  brand: Type.Optional(OpenObject),
  measurement: Type.Optional(OpenObject),
  request_signing: Type.Optional(RequestSigning),
  webhook_signing: Type.Optional(WebhookSigning),
  identity: Type.Optional(Identity),
  compliance_testing: Type.Optional(Type.Object({ scenarios: Type.Array(Type.String(), { minItems: 1 }) })),
  extensions_supported: anyDistinct(ExtensionName),
  experimental_features: anyDistinct(Type.String({ pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$' })),
  wholesale_feed_versioning: Type.Optional(Type.Object({
    supported: Type.Boolean(), pricing_version_separate: flag, cache_scope_account: flag,
  })),
  wholesale_feed_webhooks: Type.Optional(Type.Object({ supported: Type.Boolean(), event_types: distinct(Type.Enum(WHOLESALE_EVENTS)) })),
  last_updated: Type.Optional(DateTime),
  errors: list(AdcpError),
});
export type GetAdcpCapabilitiesSuccess = Static<typeof GetAdcpCapabilitiesSuccess>;

export const GetAdcpCapabilitiesResponse = response(GetAdcpCapabilitiesSuccess);
export type GetAdcpCapabilitiesResponse = Static<typeof GetAdcpCapabilitiesResponse>;
