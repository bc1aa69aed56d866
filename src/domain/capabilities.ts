/** What a seller may claim, worked out from what is switched on, wired and for sale (seller specification §4.1). Nothing here is typed in. */
import { HASHED_IDENTIFIERS } from '../protocol/wire/core/uid.ts';
import { ACTION_SOURCES, EVENT_TYPES } from '../protocol/wire/core/event-type.ts';
import type { BillingParty } from '../protocol/wire/core/account.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetAdcpCapabilitiesSuccess, Specialism } from '../protocol/wire/get-adcp-capabilities.ts';
import { IN_FLIGHT_MAX_SECONDS, REPLAY_TTL_SECONDS } from '../protocol/limits.ts';
import type { TaskName } from '../protocol/tasks.ts';
import { SERVED_MAJORS, SERVED_VERSIONS } from '../protocol/version.ts';
import { declaredFeatures } from './declared-features.ts';
import type { Features } from './features.ts';
import { CAP_UNITS, CAP_WINDOW_UNITS } from './order/frequency-cap.ts';
import type { SigningPolicy } from './request-signing.ts';
import { TARGETING_SUPPORT } from './targeting-dimensions.ts';

type MediaBuyCapabilities = NonNullable<GetAdcpCapabilitiesSuccess['media_buy']>;

/** How webhooks are signed, where receivers can look that up. */
export interface WebhookSigning {
  readonly brand_json_url: string;
  readonly algorithms: readonly ('ed25519' | 'ecdsa-p256-sha256')[];
}

/** All that claims follow from. */
export interface Offer {
  readonly features: Features;
  readonly served: ReadonlySet<TaskName>;
  /** Everything that anybody may buy. */
  readonly products: readonly Product[];
  readonly supported_billing: readonly string[];
  readonly sandbox: boolean;
  readonly test_scenarios?: readonly string[];
  readonly since: string;
  readonly signing?: WebhookSigning;
  /** Which calls are verified; absent: none. */
  readonly request_signing?: SigningPolicy;
  /** Whether any creative waits for a person. */
  readonly reviews_creatives?: boolean;
}

export function capabilitiesOf(offer: Offer): GetAdcpCapabilitiesSuccess {
  const { features, served, test_scenarios = [] } = offer;
  const specialisms = specialismsOf(offer);
  return {
    adcp: {
      major_versions: [...SERVED_MAJORS], supported_versions: [...SERVED_VERSIONS],
      idempotency: { supported: true, replay_ttl_seconds: REPLAY_TTL_SECONDS, in_flight_max_seconds: IN_FLIGHT_MAX_SECONDS },
    },
    supported_protocols: ['media_buy'],
    ...(specialisms.length > 0 ? { specialisms } : {}),
    account: { supported_billing: [...offer.supported_billing] as BillingParty[], require_operator_auth: false, required_for_products: false, account_financials: served.has('get_account_financials'), sandbox: offer.sandbox },
    media_buy: mediaBuyOf(offer),
    creative: { has_creative_library: features.creative_library },
    ...(features.wholesale ? { wholesale_feed_versioning: { supported: true } } : {}),
    // The block stands without the protocol: signals are found here for packages on products, and activated nowhere else.
    ...(features.signals && served.has('get_signals') ? { signals: { discovery_modes: ['brief', 'wholesale'] } } : {}),
    request_signing: offer.request_signing ? requestSigningOf(offer.request_signing) : { supported: false },
    ...signingOf(offer),
    ...(test_scenarios.length > 0 ? { compliance_testing: { scenarios: [...test_scenarios] } } : {}),
    last_updated: offer.since,
  };
}

/** Lists that are empty say nothing. */
const requestSigningOf = ({ covers_content_digest, ...lists }: SigningPolicy): NonNullable<GetAdcpCapabilitiesSuccess['request_signing']> => ({
  supported: true, covers_content_digest,
  ...Object.fromEntries(Object.entries(lists).filter(([, names]) => names.length > 0).map(([list, names]) => [list, [...names]])),
});

function signingOf({ signing }: Offer): Pick<GetAdcpCapabilitiesSuccess, 'webhook_signing' | 'identity'> {
  if (signing === undefined) return { webhook_signing: { supported: false } };
  const { brand_json_url, algorithms } = signing;
  return {
    webhook_signing: { supported: true, profile: 'adcp/webhook-signing/v1', algorithms: [...algorithms], legacy_hmac_fallback: true },
    identity: { brand_json_url },
  };
}

/** Whoever may register an agent counts on its being asked. */
const governanceAware = ({ features, served }: Offer): boolean => features.governance && served.has('sync_governance') && served.has('create_media_buy');

function mediaBuyOf(offer: Offer): MediaBuyCapabilities {
  const { features, products, signing } = offer;
  const metrics = features.optimization_metrics.filter((metric) => products.some((product) => product.metric_optimization?.supported_metrics.includes(metric)));
  const models = distinct(products.flatMap((product) => product.pricing_options.map((option) => option.pricing_model)));
  const channels = distinct(products.flatMap((product) => product.channels ?? []));
  const domains = distinct(products.flatMap((product) => product.publisher_properties.flatMap((property) => ('publisher_domain' in property && property.publisher_domain ? [property.publisher_domain] : []))));
  return {
    ...(models.length > 0 ? { supported_pricing_models: models } : {}),
    buying_modes: ['brief', ...(features.wholesale ? ['wholesale' as const] : []), ...(features.refine ? ['refine' as const] : [])],
    ...(signing ? { reporting_delivery_methods: ['webhook' as const] } : {}),
    supports_proposals: features.proposals, governance_aware: governanceAware(offer), propagation_surfaces: ['snapshot'],
    ...(features.creative_library ? { creative_approval_mode: offer.reviews_creatives ? 'require_human' as const : 'auto_approve' as const } : {}),
    features: declaredFeatures(features),
    execution: { targeting: TARGETING_SUPPORT },
    ...(metrics.length > 0 ? { supported_optimization_metrics: metrics } : {}),
    ...(features.audience_targeting ? { audience_targeting: {
      supported_identifier_types: [...HASHED_IDENTIFIERS], minimum_audience_size: features.audience_targeting.minimum_audience_size, matching_latency_hours: { min: 0, max: 1 },
    } } : {}),
    ...vendorMetricsOf(features, products),
    ...(features.conversion_tracking ? { conversion_tracking: conversionTrackingOf(features.conversion_tracking) } : {}),
    ...(features.frequency_capping ? { frequency_capping: { supported_per_units: [...CAP_UNITS], supported_window_units: [...CAP_WINDOW_UNITS] } } : {}),
    ...(domains.length > 0 ? { portfolio: { publisher_domains: domains, ...(channels.length > 0 ? { primary_channels: channels } : {}) } } : {}),
  };
}

/** Declared when a product takes goals on a vendor's metric, with the targets that at least one of them takes. */
function vendorMetricsOf(features: Features, products: readonly Product[]): Pick<MediaBuyCapabilities, 'vendor_metric_optimization'> {
  const pairs = features.vendor_metric_optimization ? products.flatMap((product) => product.vendor_metric_optimization?.supported_metrics ?? []) : [];
  const targets = distinct(pairs.flatMap(({ supported_targets = [] }) => supported_targets));
  return pairs.length > 0 ? { vendor_metric_optimization: targets.length > 0 ? { supported_targets: targets } : {} } : {};
}

function conversionTrackingOf(tracking: NonNullable<Features['conversion_tracking']>): NonNullable<MediaBuyCapabilities['conversion_tracking']> {
  return {
    multi_source_event_dedup: tracking.multi_source_event_dedup, per_creative_attribution: tracking.per_creative_attribution,
    supported_event_types: [...EVENT_TYPES], supported_targets: [...tracking.supported_targets],
    supported_hashed_identifiers: [...HASHED_IDENTIFIERS], supported_action_sources: [...ACTION_SOURCES],
  };
}

/** What a social platform is handed, shows, is told, and answers for. */
const SOCIAL: readonly TaskName[] = [
  'sync_governance', 'sync_audiences', 'sync_catalogs', 'sync_creatives', 'preview_creative', 'sync_event_sources', 'log_event', 'get_account_financials',
];

/** Television that is guaranteed, and counted in windows: what it delivered is settled days after it was shown. */
const isBroadcast = ({ channels, delivery_type, reporting_capabilities: { measurement_windows = [] } }: Product): boolean =>
  channels?.includes('linear_tv') === true && delivery_type === 'guaranteed' && measurement_windows.length > 1;

/** A specialism is claimed when all that it rests on is there. */
function specialismsOf(offer: Offer): Specialism[] {
  const { features, served, products } = offer;
  const auction = products.some((product) => product.delivery_type === 'non_guaranteed' && product.pricing_options.some((option) => option.fixed_price === undefined));
  const guaranteed = products.some((product) => product.delivery_type === 'guaranteed');
  const catalogued = products.some(({ catalog_types = [] }) => catalog_types.length > 0);
  return [
    ...(auction && served.has('create_media_buy') ? ['sales-non-guaranteed' as const] : []),
    ...(guaranteed && features.refine && served.has('create_media_buy') ? ['sales-guaranteed' as const] : []),
    ...(products.some(isBroadcast) && features.refine && served.has('create_media_buy') ? ['sales-broadcast-tv' as const] : []),
    ...(features.catalogs && features.conversion_tracking && served.has('provide_performance_feedback') && catalogued ? ['sales-catalog-driven' as const] : []),
    ...(features.audience_targeting && served.has('sync_audiences') ? ['audience-sync' as const] : []),
    ...(SOCIAL.every((task) => served.has(task)) ? ['sales-social' as const] : []),
    ...(governanceAware(offer) ? ['governance-aware-seller' as const] : []),
  ];
}

const distinct = <Value>(values: readonly Value[]): Value[] => [...new Set(values)];
