/** Limits that a buyer lays over a product: who, where, when, how often. */
import { Type, type Static } from 'typebox';
import { FrequencyCap } from './frequency-cap.ts';
import { GeoProximity, MetroArea, PostalArea } from './geography.ts';
import { some } from './lists.ts';
import { Amount } from './numbers.ts';
import { SignalTargeting, SignalTargetingGroups } from './signal.ts';
import { Country, Uri } from './texts.ts';

const closed = { additionalProperties: false } as const;

export const DAYS_OF_WEEK = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const DEVICE_TYPES = ['desktop', 'mobile', 'tablet', 'ctv', 'dooh', 'unknown'] as const;
export const DEVICE_PLATFORMS = [
  'ios', 'android', 'windows', 'macos', 'linux', 'chromeos', 'tvos', 'tizen', 'webos', 'fire_os', 'roku_os', 'unknown',
] as const;
export const AGE_VERIFICATION_METHODS = ['facial_age_estimation', 'id_document', 'digital_id', 'credit_card', 'world_id'] as const;
export const MATCH_TYPES = ['broad', 'phrase', 'exact'] as const;
export const MatchType = Type.Enum(MATCH_TYPES);

/** ISO 3166-2: `US-CA`. */
export const Region = Type.String({ pattern: '^[A-Z]{2}-[A-Z0-9]{1,3}$' });

/** Hours are local; `end_hour` is not included. */
export const DaypartTarget = Type.Object({
  days: Type.Array(Type.Enum(DAYS_OF_WEEK), { minItems: 1 }),
  start_hour: Type.Integer({ minimum: 0, maximum: 23 }),
  end_hour: Type.Integer({ minimum: 1, maximum: 24 }),
  label: Type.Optional(Type.String()),
}, closed);
export type DaypartTarget = Static<typeof DaypartTarget>;

const keyword = { keyword: Type.String({ minLength: 1 }), match_type: MatchType };

export const NegativeKeyword = Type.Object(keyword, closed);
export type NegativeKeyword = Static<typeof NegativeKeyword>;

export const KeywordTarget = Type.Object({ ...keyword, bid_price: Type.Optional(Amount) }, closed);
export type KeywordTarget = Static<typeof KeywordTarget>;

/** A list that another agent keeps. The token is never sent back. */
export const ListRef = Type.Object({
  agent_url: Uri,
  list_id: Type.String({ minLength: 1 }),
  auth_token: Type.Optional(Type.String()),
}, closed);
export type ListRef = Static<typeof ListRef>;

export const AgeRestriction = Type.Object({
  min: Type.Integer({ minimum: 13, maximum: 99 }),
  verification_required: Type.Optional(Type.Boolean()),
  accepted_methods: some(Type.Enum(AGE_VERIFICATION_METHODS)),
}, closed);

export const TargetingOverlay = Type.Object({
  geo_countries: some(Country),
  geo_countries_exclude: some(Country),
  geo_regions: some(Region),
  geo_regions_exclude: some(Region),
  geo_metros: some(MetroArea),
  geo_metros_exclude: some(MetroArea),
  geo_postal_areas: some(PostalArea),
  geo_postal_areas_exclude: some(PostalArea),
  geo_proximity: some(GeoProximity),
  store_catchments: some(Type.Object({
    catalog_id: Type.String(), store_ids: some(Type.String()), catchment_ids: some(Type.String()),
  })),
  language: some(Type.String({ pattern: '^[a-z]{2}$' })),
  daypart_targets: some(DaypartTarget),
  audience_include: some(Type.String()),
  audience_exclude: some(Type.String()),
  signal_targeting_groups: Type.Optional(SignalTargetingGroups),
  signal_targeting: some(SignalTargeting),
  axe_include_segment: Type.Optional(Type.String()),
  axe_exclude_segment: Type.Optional(Type.String()),
  frequency_cap: Type.Optional(FrequencyCap),
  property_list: Type.Optional(ListRef),
  collection_list: Type.Optional(ListRef),
  collection_list_exclude: Type.Optional(ListRef),
  age_restriction: Type.Optional(AgeRestriction),
  device_platform: some(Type.Enum(DEVICE_PLATFORMS)),
  device_type: some(Type.Enum(DEVICE_TYPES)),
  device_type_exclude: some(Type.Enum(DEVICE_TYPES)),
  keyword_targets: some(KeywordTarget),
  negative_keywords: some(NegativeKeyword),
});
export type TargetingOverlay = Static<typeof TargetingOverlay>;
