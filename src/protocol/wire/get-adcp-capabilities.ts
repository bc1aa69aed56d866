import { Type, type Static, type TSchema } from 'typebox';
import { BILLING_PARTIES } from './core/account.ts';
import { without } from './core/conditions.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { FormatOption } from './core/format-option.ts';
import { distinct, list, some } from './core/lists.ts';
import { MediaBuyCapabilities } from './core/media-buy-capabilities.ts';
import { Count, Ordinal } from './core/numbers.ts';
import { OpenObject } from './core/open-object.ts';
import {
  BrandCapabilities, GovernanceCapabilities, MeasurementCapabilities, SignalsCapabilities, SponsoredIntelligenceCapabilities,
} from './core/other-protocol-capabilities.ts';
import { Identity, RequestSigning, WebhookSigning } from './core/signing-capabilities.ts';
import { DateTime, Uri } from './core/texts.ts';

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
/** Items in any number, each only once. */
const unrepeated = <T extends TSchema>(item: T) => Type.Optional(Type.Array(item, { uniqueItems: true }));

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

const WHOLESALE_EVENTS = [
  'product.created', 'product.updated', 'product.priced', 'product.removed',
  'signal.created', 'signal.updated', 'signal.priced', 'signal.removed', 'wholesale_feed.bulk_change',
] as const;

const ExtensionName = Type.String({ pattern: '^[a-z][a-z0-9_]*$' });

/** What the seller can do. Whoever reads it may rely on it, so only what is wired stands here. */
export const GetAdcpCapabilitiesSuccess = Type.Object({
  adcp: AdcpBlock,
  supported_protocols: Type.Array(Type.Enum(SUPPORTED_PROTOCOLS), { minItems: 1 }),
  specialisms: unrepeated(Type.Enum(SPECIALISMS)),
  account: Type.Optional(AccountBlock),
  media_buy: Type.Optional(MediaBuyCapabilities),
  creative: Type.Optional(CreativeCapabilities),
  signals: Type.Optional(SignalsCapabilities),
  governance: Type.Optional(GovernanceCapabilities),
  sponsored_intelligence: Type.Optional(SponsoredIntelligenceCapabilities),
  brand: Type.Optional(BrandCapabilities),
  measurement: Type.Optional(MeasurementCapabilities),
  request_signing: Type.Optional(RequestSigning),
  webhook_signing: Type.Optional(WebhookSigning),
  identity: Type.Optional(Identity),
  compliance_testing: Type.Optional(Type.Object({ scenarios: Type.Array(Type.String(), { minItems: 1 }) })),
  extensions_supported: unrepeated(ExtensionName),
  experimental_features: unrepeated(Type.String({ pattern: '^[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*$' })),
  wholesale_feed_versioning: Type.Optional(Type.Object({
    supported: Type.Boolean(), pricing_version_separate: flag, cache_scope_account: flag,
  })),
  wholesale_feed_webhooks: Type.Optional(Type.Object({
    supported: Type.Boolean(), event_types: distinct(Type.Enum(WHOLESALE_EVENTS)),
  })),
  last_updated: Type.Optional(DateTime),
  errors: list(AdcpError),
});
export type GetAdcpCapabilitiesSuccess = Static<typeof GetAdcpCapabilitiesSuccess>;

export const GetAdcpCapabilitiesResponse = response(GetAdcpCapabilitiesSuccess);
export type GetAdcpCapabilitiesResponse = Static<typeof GetAdcpCapabilitiesResponse>;
