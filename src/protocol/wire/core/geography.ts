/** Places: metros, postal areas, circles and outlines on the map. */
import { Type, type Static } from 'typebox';
import { when, without } from './conditions.ts';
import { PositiveAmount } from './numbers.ts';
import { Ext } from './open-object.ts';
import { Country } from './texts.ts';

const closed = { additionalProperties: false } as const;

export const GEO_LEVELS = ['country', 'region', 'metro', 'postal_area'] as const;
export const METRO_SYSTEMS = ['nielsen_dma', 'uk_itl1', 'uk_itl2', 'eurostat_nuts2', 'custom'] as const;
/** Systems whose name carries the country; the current ones name the country beside the system. */
export const LEGACY_POSTAL_SYSTEMS = [
  'us_zip', 'us_zip_plus_four', 'gb_outward', 'gb_full', 'ca_fsa', 'ca_full', 'de_plz', 'fr_code_postal', 'au_postcode', 'ch_plz', 'at_plz',
] as const;
export const POSTAL_SYSTEMS = [
  'postal_code', 'zip', 'zip_plus_four', 'outward', 'full', 'fsa', 'plz', 'code_postal', 'postcode', 'cep', 'pin', 'custom',
  ...LEGACY_POSTAL_SYSTEMS,
] as const;
export const TRANSPORT_MODES = ['walking', 'cycling', 'driving', 'public_transport'] as const;

/** Which postal system belongs to which country; every other country has `postal_code` or its own. */
const SYSTEMS_OF: Readonly<Record<string, readonly string[]>> = {
  US: ['zip', 'zip_plus_four'], GB: ['outward', 'full'], CA: ['fsa', 'full'], DE: ['plz'], CH: ['plz'], AT: ['plz'],
  FR: ['code_postal'], AU: ['postcode'], BR: ['cep'], IN: ['pin'], ZA: ['postal_code'],
};
const known = Object.keys(SYSTEMS_OF);

/** Draft-07 rule: `country` and `system` are both there and fit each other. */
export const COUNTRY_FITS_SYSTEM = {
  required: ['country', 'system'],
  properties: { country: Country, system: Type.Enum(POSTAL_SYSTEMS) },
  anyOf: [
    ...Object.entries(SYSTEMS_OF).map(([country, systems]) => ({
      properties: { country: { const: country }, system: { enum: systems } },
    })),
    { properties: { country: { not: { enum: known } }, system: { enum: ['postal_code', 'custom'] } } },
  ],
};

const distinct = (items: object) => ({ type: 'array', items, minItems: 1, uniqueItems: true });

/** Which postal systems can be used, by country; the older systems are flags. */
export const PostalAreaSupport = Type.Unsafe<Record<string, boolean | string[]>>({
  type: 'object',
  properties: {
    ...Object.fromEntries(Object.entries(SYSTEMS_OF).map(([country, systems]) => [country, distinct({ enum: systems })])),
    ...Object.fromEntries(LEGACY_POSTAL_SYSTEMS.map((system) => [system, Type.Boolean()])),
  },
  additionalProperties: distinct({ enum: ['postal_code', 'custom'] }),
  propertyNames: { anyOf: [Country, { enum: LEGACY_POSTAL_SYSTEMS }] },
});
export type PostalAreaSupport = Static<typeof PostalAreaSupport>;

export const MetroArea = Type.Object({
  system: Type.Enum(METRO_SYSTEMS), values: Type.Array(Type.String(), { minItems: 1 }),
}, closed);
export type MetroArea = Static<typeof MetroArea>;

export const PostalArea = Type.Unsafe<{ country?: string; system: (typeof POSTAL_SYSTEMS)[number]; values: string[] }>({
  anyOf: [
    Type.Object({
      country: Country, system: Type.Enum(POSTAL_SYSTEMS), values: Type.Array(Type.String(), { minItems: 1 }),
    }, { ...closed, allOf: [COUNTRY_FITS_SYSTEM] }),
    Type.Object({ system: Type.Enum(LEGACY_POSTAL_SYSTEMS), values: Type.Array(Type.String(), { minItems: 1 }) }, closed),
  ],
});
export type PostalArea = Static<typeof PostalArea>;

/** Around a point by travel time or radius, or inside an outline (GeoJSON geometry): exactly one of the three. */
export const GeoProximity = Type.Object({
  lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
  lng: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
  label: Type.Optional(Type.String()),
  travel_time: Type.Optional(Type.Object({ value: Type.Number({ minimum: 1 }), unit: Type.Enum(['min', 'hr']) }, closed)),
  transport_mode: Type.Optional(Type.Enum(TRANSPORT_MODES)),
  radius: Type.Optional(Type.Object({ value: PositiveAmount, unit: Type.Enum(['km', 'mi', 'm']) }, closed)),
  geometry: Type.Optional(Type.Object({
    type: Type.Enum(['Polygon', 'MultiPolygon']),
    coordinates: Type.Unsafe<unknown[]>({ type: 'array' }),
  }, closed)),
  ext: Type.Optional(Ext),
}, {
  oneOf: [
    { required: ['lat', 'lng', 'travel_time', 'transport_mode'], ...without('radius', 'geometry') },
    { required: ['lat', 'lng', 'radius'], ...without('travel_time', 'geometry') },
    { required: ['geometry'], ...without('travel_time', 'radius') },
  ],
});
export type GeoProximity = Static<typeof GeoProximity>;

/** Rules of a level and its system; `member` is what the level is called in that object. */
export function levelRules(member: string): readonly object[] {
  const metro = { required: ['system'], properties: { system: Type.Enum(METRO_SYSTEMS) } };
  const legacy = { required: ['system'], properties: { system: Type.Enum(LEGACY_POSTAL_SYSTEMS) }, ...without('country') };
  return [
    when(member, ['country', 'region'], without('country', 'system')),
    when(member, 'metro', { anyOf: [without('system'), metro], ...without('country') }),
    when(member, 'postal_area', { anyOf: [without('country', 'system'), COUNTRY_FITS_SYSTEM, legacy] }),
  ];
}
