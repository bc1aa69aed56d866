/** Where a signal comes from and what may be done with it: the members by which a buyer judges it. */
import { Type } from 'typebox';
import { anyOfMembers, when } from './conditions.ts';
import { Ordinal } from './numbers.ts';
import { Country, DateTime, Email, HttpsUri, Uri } from './texts.ts';

const closed = { additionalProperties: false } as const;
const flag = Type.Optional(Type.Boolean());
const text = Type.Optional(Type.String());
const someTexts = Type.Optional(Type.Array(Type.String(), { minItems: 1 }));
const someCountries = Type.Optional(Type.Array(Country, { minItems: 1 }));
const oneOf = <const Values extends readonly string[]>(values: Values) => Type.Optional(Type.Enum(values));
const someOf = <const Values extends readonly string[]>(values: Values) => Type.Optional(Type.Array(Type.Enum(values), { minItems: 1 }));

export const RESTRICTED_ATTRIBUTES = [
  'racial_ethnic_origin', 'political_opinions', 'religious_beliefs', 'trade_union_membership', 'health_data',
  'sex_life_sexual_orientation', 'genetic_data', 'biometric_data', 'age', 'familial_status',
] as const;
export const CONSENT_BASES = ['consent', 'legitimate_interest', 'contract', 'legal_obligation'] as const;
export const SIGNAL_SOURCES = [
  'app_behavior', 'app_usage', 'web_usage', 'geo_location', 'email', 'tv_ott_or_stb_device', 'panel', 'online_ecommerce',
  'credit_data', 'loyalty_card', 'transaction', 'online_survey', 'offline_survey', 'public_record_census',
  'public_record_voter_file', 'public_record_other', 'offline_transaction',
] as const;
export const SIGNAL_METHODS = ['observed', 'declared', 'derived', 'inferred', 'modeled'] as const;
export const REFRESH_PERIODS = ['intra_day', 'daily', 'weekly', 'monthly', 'bi_monthly', 'quarterly', 'bi_annually', 'annually'] as const;
export const MATCH_KEYS = [
  'name', 'address', 'email', 'postal', 'lat_long', 'mobile_id', 'cookie_id', 'ip', 'customer_id', 'phone',
] as const;
const RIGHTS = ['access', 'rectification', 'erasure', 'portability', 'objection'] as const;

/** The published tree of meanings in which the signal has its place. */
const Taxonomy = Type.Object({
  ref: Uri,
  version: text,
  segtax: Type.Optional(Ordinal),
  etag: text,
  values: Type.Array(Type.Object({
    id: Type.String({ minLength: 1 }), path: text, modifiers: Type.Optional(Type.Array(Type.String())),
  }, closed), { minItems: 1 }),
  value_mappings: Type.Optional(Type.Array(Type.Object({
    value: Type.String(), taxonomy_value_id: Type.String(), path: text, modifiers: Type.Optional(Type.Array(Type.String())),
  }, closed), { minItems: 1 })),
  parent_match_behavior: oneOf(['exact_only', 'descendants_supported', 'unknown']),
}, closed);

const Onboarder = Type.Object({
  match_keys: Type.Array(Type.Enum(MATCH_KEYS), { minItems: 1 }),
  pre_onboarding_audience_expansion: flag,
  pre_onboarding_device_expansion: flag,
  pre_onboarding_precision_level: oneOf(['individual', 'household', 'business', 'geography']),
}, closed);

const Disclosure = Type.Object({
  required: Type.Boolean(),
  jurisdictions: Type.Optional(Type.Array(Type.Object({
    country: Country, region: text, regulation: Type.String(), disclosure_text: text, disclosure_url: Type.Optional(Uri),
    audience: oneOf(['buyer', 'data_subject', 'regulator', 'public']),
  }, closed), { minItems: 1 })),
  notes: Type.Optional(Type.String({ maxLength: 2000 })),
}, { ...closed, ...when('required', true, { required: ['jurisdictions'] }) });

/** How a modelled signal was made. */
const Modeling = Type.Object({
  method: Type.Enum(['lookalike', 'supervised', 'embedding', 'rules']),
  seed_source: Type.Object({
    type: Type.Enum(['first_party_crm', 'panel', 'declared_survey', 'transactional', 'behavioral']), provider_signed: Type.Boolean(),
  }, closed),
  training_data_jurisdictions: Type.Array(Country, { minItems: 1 }),
  ai_act_risk_class: Type.Enum(['minimal', 'limited', 'high_risk']),
  disclosure: Type.Optional(Disclosure),
}, closed);

const opposable = { required: ['rights'], properties: { rights: { contains: { enum: ['access', 'erasure', 'objection'] } } } };

/** Where people can ask about their data; at least one way to get at it or out of it. */
const DataSubjectRights = Type.Object({
  upstream_source_domain: Type.Optional(Type.String({ format: 'hostname', maxLength: 253 })),
  channels: Type.Array(Type.Object({
    rights: Type.Array(Type.Enum(RIGHTS), { minItems: 1, uniqueItems: true }),
    url: Type.Optional(HttpsUri), email: Type.Optional(Email),
    languages: Type.Optional(Type.Array(Type.String())), countries: Type.Optional(Type.Array(Country)),
  }, { ...closed, ...anyOfMembers('url', 'email') }), { minItems: 1, contains: { type: 'object', ...opposable } }),
  response_sla_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90 })),
  ccpa_opt_out_url: Type.Optional(HttpsUri),
}, closed);

export const SIGNAL_DEFINITION = {
  restricted_attributes: someOf(RESTRICTED_ATTRIBUTES),
  policy_categories: someTexts,
  taxonomy: Type.Optional(Taxonomy),
  segmentation_criteria: Type.Optional(Type.String({ maxLength: 500 })),
  criteria_url: Type.Optional(Uri),
  data_sources: someOf(SIGNAL_SOURCES),
  methodology: oneOf(SIGNAL_METHODS),
  audience_expansion: flag,
  device_expansion: flag,
  refresh_cadence: oneOf(REFRESH_PERIODS),
  lookback_window: oneOf(REFRESH_PERIODS),
  onboarder: Type.Optional(Onboarder),
  countries: someCountries,
  consent_basis: someOf(CONSENT_BASES),
  art9_basis: oneOf(['explicit_consent', 'manifestly_made_public', 'substantial_public_interest', 'vital_interests']),
  modeling: Type.Optional(Modeling),
  data_subject_rights: Type.Optional(DataSubjectRights),
  last_updated: Type.Optional(DateTime),
  dts_compliant_version: text,
};
