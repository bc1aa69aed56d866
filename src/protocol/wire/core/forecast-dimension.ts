/** What a point of a forecast is about, when it is not the whole: a place, a device, an audience, a signal. */
import { Type, type Static } from 'typebox';
import { anyOfMembers, when, without } from './conditions.ts';
import { PlacementRef } from './creative-assignment.ts';
import { AUDIENCE_SOURCES } from './delivery-breakdown.ts';
import { COUNTRY_FITS_SYSTEM, GEO_LEVELS, LEGACY_POSTAL_SYSTEMS, METRO_SYSTEMS } from './geography.ts';
import { untyped } from './open-object.ts';
import { SignalRef } from './signal.ts';
import { DEVICE_PLATFORMS, DEVICE_TYPES, Region } from './targeting.ts';
import { Country } from './texts.ts';

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());

/** A country or a region by its code; a metro or postal area by the code of its system. */
const GeoDimension = Type.Object({
  kind: Type.Literal('geo'),
  geo_level: Type.Enum(GEO_LEVELS),
  geo_code: Type.String(),
  system: text,
  country: Type.Optional(Country),
  geo_name: text,
}, { ...closed, allOf: [
  when('geo_level', 'country', { properties: { geo_code: Country }, ...without('system', 'country') }),
  when('geo_level', 'region', { properties: { geo_code: Region }, ...without('system', 'country') }),
  when('geo_level', 'metro', { required: ['system'], properties: { system: { enum: METRO_SYSTEMS } }, ...without('country') }),
  when('geo_level', 'postal_area', { anyOf: [
    COUNTRY_FITS_SYSTEM,
    { required: ['system'], properties: { system: { enum: LEGACY_POSTAL_SYSTEMS } }, ...without('country') },
  ] }),
] });

/** People with a signal, and of which value, or without it. */
const SignalDimension = Type.Object({
  kind: Type.Literal('signal'),
  presence: Type.Enum(['present', 'absent']),
  signal_ref: Type.Optional(SignalRef),
  signal_id: Type.Optional(Type.String({ pattern: '^[a-zA-Z0-9_-]+$' })),
  signal_value: Type.Optional(untyped<string | number | boolean | null>()),
  signal_name: text,
  signal_value_name: text,
}, { ...closed, ...anyOfMembers('signal_ref', 'signal_id'), allOf: [
  when('presence', 'absent', { required: ['signal_value'], properties: { signal_value: { type: 'null' } } }),
  when('presence', 'present', { properties: { signal_value: { type: ['string', 'number', 'boolean'] } } }),
] });

export const ForecastDimension = Type.Union([
  GeoDimension,
  Type.Object({ kind: Type.Literal('placement'), placement_ref: PlacementRef, placement_name: text }, closed),
  Type.Object({ kind: Type.Literal('device_type'), device_type: Type.Enum(DEVICE_TYPES) }, closed),
  Type.Object({ kind: Type.Literal('device_platform'), device_platform: Type.Enum(DEVICE_PLATFORMS) }, closed),
  Type.Object({
    kind: Type.Literal('audience'), audience_id: Type.String(), audience_source: Type.Enum(AUDIENCE_SOURCES), audience_name: text,
  }, closed),
  SignalDimension,
]);
export type ForecastDimension = Static<typeof ForecastDimension>;
