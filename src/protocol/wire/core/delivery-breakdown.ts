/** Delivery of a package, divided by creative, day, place, device ... Every row carries the delivery metrics. */
import { Type, type Static, type TProperties } from 'typebox';
import { CONTENT_ID_TYPES } from './catalog.ts';
import { when, without } from './conditions.ts';
import { DeliveryMetrics } from './delivery-metrics.ts';
import { COUNTRY_FITS_SYSTEM, GEO_LEVELS, LEGACY_POSTAL_SYSTEMS, METRO_SYSTEMS } from './geography.ts';
import { Amount, Percent, Share } from './numbers.ts';
import { DEVICE_PLATFORMS, DEVICE_TYPES, MatchType } from './targeting.ts';
import { Country, DateText, Domain } from './texts.ts';

export const AUDIENCE_SOURCES = ['synced', 'platform', 'third_party', 'lookalike', 'retargeting', 'unknown'] as const;

/** A row of a breakdown: what it is about, impressions and spend always, other metrics when known. */
function row<P extends TProperties>(about: P, rules: Readonly<Record<string, unknown>> = {}) {
  return Type.Intersect([DeliveryMetrics, Type.Object({ impressions: Amount, spend: Amount, ...about }, rules)]);
}

export const CreativeDelivery = row({ creative_id: Type.String(), weight: Type.Optional(Percent) });
export type CreativeDelivery = Static<typeof CreativeDelivery>;

export const CatalogItemDelivery = row({ content_id: Type.String(), content_id_type: Type.Optional(Type.Enum(CONTENT_ID_TYPES)) });
export const KeywordDelivery = row({ keyword: Type.String(), match_type: MatchType });
export const DeviceTypeDelivery = row({ device_type: Type.Enum(DEVICE_TYPES) });
export const DevicePlatformDelivery = row({ device_platform: Type.Enum(DEVICE_PLATFORMS) });
export const AudienceDelivery = row({
  audience_id: Type.String(), audience_source: Type.Enum(AUDIENCE_SOURCES), audience_name: Type.Optional(Type.String()),
});
export const PlacementDelivery = row({
  placement_id: Type.String(), placement_name: Type.Optional(Type.String()), publisher_domain: Type.Optional(Domain),
});

export const GeoDelivery = row({
  geo_level: Type.Enum(GEO_LEVELS),
  geo_code: Type.String(),
  geo_name: Type.Optional(Type.String()),
  system: Type.Optional(Type.String()),
  country: Type.Optional(Country),
}, { allOf: [
  when('geo_level', 'country', without('system', 'country')),
  when('geo_level', 'region', without('system', 'country')),
  when('geo_level', 'metro', { required: ['system'], properties: { system: { enum: METRO_SYSTEMS } }, ...without('country') }),
  when('geo_level', 'postal_area', { anyOf: [
    COUNTRY_FITS_SYSTEM,
    { required: ['system'], properties: { system: { enum: LEGACY_POSTAL_SYSTEMS } }, ...without('country') },
  ] }),
] });

/** One UTC day. */
export const DailyDelivery = Type.Object({
  date: DateText,
  impressions: Amount,
  spend: Amount,
  conversions: Type.Optional(Amount),
  conversion_value: Type.Optional(Amount),
  roas: Type.Optional(Amount),
  new_to_brand_rate: Type.Optional(Share),
});
export type DailyDelivery = Static<typeof DailyDelivery>;
