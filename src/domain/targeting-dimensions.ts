/**
 * Which members of a targeting overlay this seller takes. What AdCP can declare under `execution.targeting` is declared there from
 * this very table (`TARGETING_SUPPORT`), so that nothing is accepted undeclared and nothing declared is refused.
 */
import { METRO_SYSTEMS } from '../protocol/wire/core/geography.ts';
import { MATCH_TYPES, type TargetingOverlay } from '../protocol/wire/core/targeting.ts';
import type { GetAdcpCapabilitiesSuccess } from '../protocol/wire/get-adcp-capabilities.ts';

/** A member of a targeting overlay. */
export type Dimension = keyof TargetingOverlay;

/** Metro systems whose codes are published; `custom` ones nobody but their author knows. */
export const METROS = METRO_SYSTEMS.filter((system) => system !== 'custom');

type TargetingSupport = NonNullable<NonNullable<NonNullable<GetAdcpCapabilitiesSuccess['media_buy']>['execution']>['targeting']>;

/** The block `execution.targeting` of the capabilities. */
export const TARGETING_SUPPORT = {
  geo_countries: true,
  geo_regions: true,
  geo_metros: Object.fromEntries(METROS.map((system) => [system, true])) as Record<(typeof METROS)[number], true>,
  language: true,
  keyword_targets: { supported_match_types: [...MATCH_TYPES] },
  negative_keywords: { supported_match_types: [...MATCH_TYPES] },
} satisfies TargetingSupport;

/** Members that AdCP gives no bit for, or that another block of the capabilities declares. */
const DECLARED_ELSEWHERE: readonly Dimension[] = [
  'audience_include',
  'audience_exclude',
  'signal_targeting_groups',
  'frequency_cap',
  'property_list',
  'collection_list',
  'collection_list_exclude',
  'daypart_targets',
  'device_platform',
  'device_type',
  'device_type_exclude',
];

const TAKEN: ReadonlySet<string> = new Set([
  ...Object.keys(TARGETING_SUPPORT).flatMap((bit) => (bit.startsWith('geo_') ? [bit, `${bit}_exclude`] : [bit])),
  ...DECLARED_ELSEWHERE,
]);

/** Members of an overlay that AdCP defines; others are nobody's dimension and travel along unread. */
export const KNOWN_DIMENSIONS: readonly Dimension[] = [
  'geo_countries',
  'geo_countries_exclude',
  'geo_regions',
  'geo_regions_exclude',
  'geo_metros',
  'geo_metros_exclude',
  'geo_postal_areas',
  'geo_postal_areas_exclude',
  'geo_proximity',
  'store_catchments',
  'language',
  'daypart_targets',
  'audience_include',
  'audience_exclude',
  'signal_targeting_groups',
  'signal_targeting',
  'axe_include_segment',
  'axe_exclude_segment',
  'frequency_cap',
  'property_list',
  'collection_list',
  'collection_list_exclude',
  'age_restriction',
  'device_platform',
  'device_type',
  'device_type_exclude',
  'keyword_targets',
  'negative_keywords',
];

/** Whether an overlay may use the dimension. Unknown members are not for us to judge. */
export const takesDimension = (dimension: string): boolean =>
  TAKEN.has(dimension) || !(KNOWN_DIMENSIONS as readonly string[]).includes(dimension);
