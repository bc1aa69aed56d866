import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { anyOfMembers, equals, given, when, without } from './core/conditions.ts';
import { Deployment, Destination } from './core/deployment.ts';
import { Duration } from './core/duration.ts';
import { request, response, submittedArm } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { some } from './core/lists.ts';
import { Amount, Ordinal, Percent } from './core/numbers.ts';
import { Ext } from './core/open-object.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { PRODUCT_SIGNAL_IS_NAMED, SIGNAL_VALUE_TYPES, SignalId, SignalRef } from './core/signal.ts';
import { SignalCoverageForecast } from './core/signal-coverage.ts';
import { SIGNAL_DEFINITION } from './core/signal-definition.ts';
import { Country, DateTime, Uri } from './core/texts.ts';
import { VendorPricingOption } from './core/vendor-pricing-option.ts';
import { CACHE_SCOPES } from './get-products.ts';

export const DISCOVERY_MODES = ['brief', 'wholesale'] as const;
export type DiscoveryMode = (typeof DISCOVERY_MODES)[number];

/** Whose a signal is: resold, made on demand, or from data of the seller's own. */
export const SIGNAL_TYPES = ['marketplace', 'custom', 'owned'] as const;

/** Members of a signal that a caller may pick; those that every signal must have come anyway. */
export const SIGNAL_FIELDS = [
  'signal_ref', 'signal_id', 'signal_agent_segment_id', 'name', 'description', 'value_type', 'categories', 'range', 'signal_type',
  'data_provider', 'coverage_percentage', 'deployments', 'pricing_options', 'taxonomy', 'data_sources', 'methodology',
  'segmentation_criteria', 'criteria_url', 'refresh_cadence', 'lookback_window', 'onboarder', 'modeling', 'audience_expansion',
  'device_expansion', 'countries', 'consent_basis', 'restricted_attributes', 'policy_categories', 'art9_basis', 'data_subject_rights',
  'last_updated',
] as const;

export const SignalFilters = Type.Object({
  catalog_types: some(Type.Enum(SIGNAL_TYPES)),
  data_providers: some(Type.String()),
  max_cpm: Type.Optional(Amount),
  max_percent: Type.Optional(Percent),
  min_coverage_percentage: Type.Optional(Percent),
  ext: Type.Optional(Ext),
});
export type SignalFilters = Static<typeof SignalFilters>;

const onlyWholesale = given(anyOfMembers('if_wholesale_feed_version', 'if_pricing_version'), equals('discovery_mode', 'wholesale'));

/** Either the whole feed, or what fits a text or a list of names. */
export const GetSignalsRequest = request({
  discovery_mode: Type.Optional(Type.Enum(DISCOVERY_MODES)),
  account: Type.Optional(AccountRef),
  signal_spec: Type.Optional(Type.String()),
  signal_refs: some(SignalRef),
  signal_ids: some(SignalId),
  destinations: some(Destination),
  countries: some(Country),
  filters: Type.Optional(SignalFilters),
  fields: Type.Optional(Type.Array(Type.Enum(SIGNAL_FIELDS), { minItems: 1, uniqueItems: true })),
  max_results: Type.Optional(Ordinal),
  pagination: Type.Optional(PaginationRequest),
  push_notification_config: Type.Optional(PushNotificationConfig),
  if_wholesale_feed_version: Type.Optional(Type.String()),
  if_pricing_version: Type.Optional(Type.String()),
}, {
  dependencies: { if_pricing_version: ['if_wholesale_feed_version'] },
  allOf: [onlyWholesale],
  ...given(
    equals('discovery_mode', 'wholesale'),
    without('signal_spec', 'signal_refs', 'signal_ids'),
    anyOfMembers('signal_spec', 'signal_refs', 'signal_ids'),
  ),
});
export type GetSignalsRequest = Static<typeof GetSignalsRequest>;

/** A signal on offer. */
export const Signal = Type.Object({
  signal_ref: Type.Optional(SignalRef),
  signal_id: Type.Optional(SignalId),
  signal_agent_segment_id: Type.String(),
  name: Type.String(),
  description: Type.String(),
  methodology_url: Type.Optional(Uri),
  value_type: Type.Optional(Type.Enum(SIGNAL_VALUE_TYPES)),
  categories: some(Type.String()),
  range: Type.Optional(Type.Object({ min: Type.Number(), max: Type.Number() }, { additionalProperties: false })),
  signal_type: Type.Enum(SIGNAL_TYPES),
  data_provider: Type.Optional(Type.String()),
  coverage_percentage: Type.Optional(Percent),
  coverage_forecast: Type.Optional(SignalCoverageForecast),
  deployments: Type.Array(Deployment),
  pricing_options: some(VendorPricingOption),
  ...SIGNAL_DEFINITION,
}, { ...anyOfMembers('signal_ref', 'signal_id'), allOf: [PRODUCT_SIGNAL_IS_NAMED] });
export type Signal = Static<typeof Signal>;

const IncompletePart = Type.Object({
  scope: Type.Enum(['signals', 'pricing', 'wholesale_feed']), description: Type.String(), estimated_wait: Type.Optional(Duration),
}, { additionalProperties: false });

/** Which of the three answers this is: nothing new since the caller's version, a failure, or signals. */
const KIND_OF_ANSWER = when(
  'unchanged', true,
  { required: ['wholesale_feed_version', 'cache_scope'], ...without('signals') },
  when('status', 'failed', { required: ['errors'] }, { required: ['signals', 'cache_scope'] }),
);

export const GetSignalsSuccess = Type.Object({
  signals: Type.Optional(Type.Array(Signal)),
  cache_scope: Type.Optional(Type.Enum(CACHE_SCOPES)),
  unchanged: Type.Optional(Type.Literal(true)),
  wholesale_feed_version: Type.Optional(Type.String()),
  pricing_version: Type.Optional(Type.String()),
  incomplete: some(IncompletePart),
  pagination: Type.Optional(PaginationResponse),
  errors: Type.Optional(Type.Array(AdcpError)),
  sandbox: Type.Optional(Type.Boolean()),
}, KIND_OF_ANSWER);
export type GetSignalsSuccess = Static<typeof GetSignalsSuccess>;

export const GetSignalsResponse = response(GetSignalsSuccess);
export type GetSignalsResponse = Static<typeof GetSignalsResponse>;

const Submitted = submittedArm('signals', 'result');

/** The answer while a search goes on. */
export const GetSignalsSubmitted = Type.Unsafe<Static<typeof Submitted> & { estimated_completion?: string }>({
  allOf: [Submitted, Type.Object({ estimated_completion: Type.Optional(DateTime) })],
});
export type GetSignalsSubmitted = Static<typeof GetSignalsSubmitted>;
