/** How much of the inventory a signal is known for, value by value. */
import { Type, type Static } from 'typebox';
import { when } from './conditions.ts';
import { FORECAST_METHODS, ForecastPoint } from './forecast.ts';
import { Ext } from './open-object.ts';
import { Country, DateTime, FullDate } from './texts.ts';

const signalPoint = {
  required: ['dimensions'],
  properties: {
    dimensions: { contains: { type: 'object', required: ['kind'], properties: { kind: { const: 'signal' } } } },
    metrics: { required: ['coverage_rate'] },
  },
};

const Scope = Type.Object({
  kind: Type.Enum(['inventory', 'product', 'account', 'custom']),
  label: Type.String(),
  product_id: Type.Optional(Type.String()),
  countries: Type.Optional(Type.Array(Country, { minItems: 1, uniqueItems: true })),
  line_item_types: Type.Optional(Type.Array(Type.String(), { minItems: 1, uniqueItems: true })),
  date_range: Type.Optional(Type.Object({ start: FullDate, end: FullDate })),
}, when('kind', 'product', { required: ['product_id'] }));

export const SignalCoverageForecast = Type.Object({
  points: Type.Array(Type.Unsafe<ForecastPoint>({ allOf: [ForecastPoint, signalPoint] }), { minItems: 1 }),
  forecast_range_unit: Type.Literal('availability'),
  method: Type.Enum(FORECAST_METHODS),
  scope: Scope,
  bucket_semantics: Type.Enum(['exclusive', 'overlapping']),
  bucket_completeness: Type.Enum(['complete', 'partial']),
  generated_at: Type.Optional(DateTime),
  valid_until: Type.Optional(DateTime),
  ext: Type.Optional(Ext),
}, { additionalProperties: false });
export type SignalCoverageForecast = Static<typeof SignalCoverageForecast>;
