/**
 * A price that a product is sold at. `fixed_price` makes it fixed; without it the option is an auction, which
 * `floor_price` bounds from below. What a pricing model wants beyond that is said as conditions on the one object.
 */
import { Type, type Static } from 'typebox';
import { when } from './conditions.ts';
import { EventType } from './event-type.ts';
import { Amount, Count, Ordinal, Percent, PositiveAmount, Share } from './numbers.ts';
import { untyped } from './open-object.ts';
import { Currency } from './texts.ts';

export const PRICING_MODELS = ['cpm', 'vcpm', 'cpc', 'cpcv', 'cpv', 'cpp', 'cpa', 'flat_rate', 'time'] as const;
export type PricingModel = (typeof PRICING_MODELS)[number];
export const PricingModel = Type.Enum(PRICING_MODELS);

export const ADJUSTMENT_KINDS = ['fee', 'discount', 'commission', 'settlement'] as const;
export const DEMOGRAPHIC_SYSTEMS = ['nielsen', 'barb', 'agf', 'oztam', 'mediametrie', 'custom'] as const;

/** What comparable bids cleared at, by percentile. */
export const PriceGuidance = Type.Object({
  p25: Type.Optional(Amount), p50: Type.Optional(Amount), p75: Type.Optional(Amount), p90: Type.Optional(Amount),
});
export type PriceGuidance = Static<typeof PriceGuidance>;

/** How a list price became this one; an adjustment is a rate or an amount. */
export const PriceBreakdown = Type.Object({
  list_price: PositiveAmount,
  adjustments: Type.Array(Type.Object({
    kind: Type.Enum(ADJUSTMENT_KINDS),
    name: Type.String({ maxLength: 64 }),
    rate: Type.Optional(Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 })),
    amount: Type.Optional(PositiveAmount),
    description: Type.Optional(Type.String({ maxLength: 256 })),
    beneficiary: Type.Optional(Type.String({ maxLength: 256 })),
  }, { oneOf: [{ required: ['rate'] }, { required: ['amount'] }] }), { minItems: 1, maxItems: 20 }),
});
export type PriceBreakdown = Static<typeof PriceBreakdown>;

/** Parameters of all models together; which of them count is for the model to say. */
export interface PricingParameters {
  view_threshold?: number | { duration_seconds: number };
  demographic_system?: (typeof DEMOGRAPHIC_SYSTEMS)[number];
  demographic?: string;
  min_points?: number;
  type?: 'dooh';
  sov_percentage?: number;
  duration_hours?: number;
  estimated_impressions?: number;
  time_unit?: 'hour' | 'day' | 'week' | 'month';
  min_duration?: number;
  max_duration?: number;
}

const AUCTION: readonly PricingModel[] = ['cpm', 'vcpm', 'cpc', 'cpcv', 'cpv', 'cpp', 'flat_rate', 'time'];
const BID_CEILING: readonly PricingModel[] = ['cpm', 'vcpm', 'cpc', 'cpcv', 'cpv'];

const viewThreshold = Type.Object({
  view_threshold: Type.Union([Share, Type.Object({ duration_seconds: Ordinal })]),
});
const ratingPoints = Type.Object({
  demographic: Type.String(),
  demographic_system: Type.Optional(Type.Enum(DEMOGRAPHIC_SYSTEMS)),
  min_points: Type.Optional(Amount),
});
const flatRate = Type.Object({
  type: Type.Literal('dooh'),
  sov_percentage: Type.Optional(Percent),
  loop_duration_seconds: Type.Optional(Ordinal),
  min_plays_per_hour: Type.Optional(Ordinal),
  venue_package: Type.Optional(Type.String()),
  duration_hours: Type.Optional(Amount),
  daypart: Type.Optional(Type.String()),
  estimated_impressions: Type.Optional(Count),
});
const rentedTime = Type.Object({
  time_unit: Type.Enum(['hour', 'day', 'week', 'month']),
  min_duration: Type.Optional(Ordinal),
  max_duration: Type.Optional(Ordinal),
});

export const PricingOption = Type.Object({
  pricing_option_id: Type.String(),
  pricing_model: PricingModel,
  currency: Currency,
  fixed_price: Type.Optional(Amount),
  floor_price: Type.Optional(untyped<number>()),
  max_bid: Type.Optional(untyped<boolean>()),
  price_guidance: Type.Optional(untyped<PriceGuidance>()),
  parameters: Type.Optional(untyped<PricingParameters>()),
  event_type: Type.Optional(untyped<EventType>()),
  custom_event_name: Type.Optional(untyped<string>()),
  event_source_id: Type.Optional(untyped<string>()),
  min_spend_per_package: Type.Optional(Amount),
  price_breakdown: Type.Optional(PriceBreakdown),
  eligible_adjustments: Type.Optional(Type.Array(Type.Enum(ADJUSTMENT_KINDS), { uniqueItems: true })),
}, { allOf: [
  when('pricing_model', AUCTION, { properties: { floor_price: Amount, price_guidance: PriceGuidance } }),
  when('pricing_model', BID_CEILING, { properties: { max_bid: Type.Boolean() } }),
  when('pricing_model', 'cpv', { required: ['parameters'], properties: { parameters: viewThreshold } }),
  when('pricing_model', 'cpp', { required: ['parameters'], properties: { parameters: ratingPoints } }),
  when('pricing_model', 'flat_rate', { properties: { parameters: flatRate } }),
  when('pricing_model', 'time', { required: ['parameters'], properties: { parameters: rentedTime } }),
  when('pricing_model', 'cpa', {
    required: ['event_type', 'fixed_price'],
    properties: {
      event_type: EventType, fixed_price: PositiveAmount, custom_event_name: Type.String(), event_source_id: Type.String(),
    },
  }),
] });
export type PricingOption = Static<typeof PricingOption>;
