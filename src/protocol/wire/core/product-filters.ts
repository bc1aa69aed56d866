/** Conditions that every product of the answer satisfies. */
import { Type, type Static } from 'typebox';
import { Channel, PLACEMENT_KINDS } from './channel.ts';
import { anyOfMembers } from './conditions.ts';
import { FormatId } from './format-id.ts';
import { GEO_LEVELS, GeoProximity, levelRules, METRO_SYSTEMS, PostalArea } from './geography.ts';
import { some } from './lists.ts';
import { PerformanceStandard } from './measurement-terms.ts';
import { AvailableMetric, VendorMetricId } from './metric.ts';
import { Amount, Ordinal } from './numbers.ts';
import { BrandRef } from './brand-ref.ts';
import { Ext } from './open-object.ts';
import { DeliveryType, EXCLUSIVITIES } from './product.ts';
import { WantedSignal } from './signal.ts';
import { MatchType } from './targeting.ts';
import { Country, Currency, FullDate, Uri } from './texts.ts';
import { TrustedMatchFilter } from './trusted-match.ts';

const closed = { additionalProperties: false } as const;
const flag = Type.Optional(Type.Boolean());

/** What the seller must be able to do; each feature is on or off. */
export const MediaBuyFeatures = Type.Unsafe<Partial<Record<
  'inline_creative_management' | 'property_list_filtering' | 'catalog_management' | 'committed_metrics_supported', boolean
>> & Record<string, boolean>>({
  type: 'object', additionalProperties: { type: 'boolean' },
});
export type MediaBuyFeatures = Static<typeof MediaBuyFeatures>;

export const ProductFilters = Type.Object({
  delivery_type: Type.Optional(DeliveryType),
  exclusivity: Type.Optional(Type.Enum(EXCLUSIVITIES)),
  is_fixed_price: flag,
  pricing_currencies: Type.Optional(Type.Array(Currency, { minItems: 1, uniqueItems: true })),
  format_ids: some(FormatId),
  standard_formats_only: flag,
  min_exposures: Type.Optional(Ordinal),
  start_date: Type.Optional(FullDate),
  end_date: Type.Optional(FullDate),
  budget_range: Type.Optional(Type.Object({
    min: Type.Optional(Amount), max: Type.Optional(Amount), currency: Currency,
  }, anyOfMembers('min', 'max'))),
  countries: some(Country),
  regions: some(Type.String({ pattern: '^[A-Z]{2}-[A-Z0-9]+$' })),
  metros: some(Type.Object({ system: Type.Enum(METRO_SYSTEMS), code: Type.String() }, closed)),
  channels: some(Channel),
  ...PLACEMENT_KINDS,
  required_axe_integrations: some(Uri),
  trusted_match: Type.Optional(TrustedMatchFilter),
  required_features: Type.Optional(MediaBuyFeatures),
  required_geo_targeting: some(Type.Object({
    level: Type.Enum(GEO_LEVELS), country: Type.Optional(Country), system: Type.Optional(Type.String()),
  }, { ...closed, allOf: levelRules('level') })),
  signal_targeting: some(WantedSignal),
  postal_areas: some(PostalArea),
  geo_proximity: some(GeoProximity),
  required_performance_standards: some(PerformanceStandard),
  required_metrics: Type.Optional(Type.Array(AvailableMetric, { minItems: 1, uniqueItems: true })),
  required_vendor_metrics: some(Type.Object({
    vendor: Type.Optional(BrandRef), metric_id: Type.Optional(VendorMetricId),
  }, { ...closed, ...anyOfMembers('vendor', 'metric_id') })),
  keywords: some(Type.Object({ keyword: Type.String({ minLength: 1 }), match_type: Type.Optional(MatchType) }, closed)),
  ext: Type.Optional(Ext),
});
export type ProductFilters = Static<typeof ProductFilters>;
