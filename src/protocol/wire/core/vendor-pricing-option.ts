/** What a vendor (of formats, of signals) charges on top of the media. */
import { Type, type Static } from 'typebox';
import { when } from './conditions.ts';
import { FormatId } from './format-id.ts';
import { Amount, Percent } from './numbers.ts';
import { untyped } from './open-object.ts';
import { Currency } from './texts.ts';

export const VENDOR_PRICING_MODELS = ['cpm', 'percent_of_media', 'flat_fee', 'per_unit', 'custom'] as const;

export const VendorPricingOption = Type.Object({
  pricing_option_id: Type.String(),
  model: Type.Enum(VENDOR_PRICING_MODELS),
  currency: Type.Optional(Currency),
  applies_to_output_format_ids: Type.Optional(Type.Array(FormatId, { minItems: 1 })),
  cpm: Type.Optional(untyped<number>()),
  percent: Type.Optional(untyped<number>()),
  amount: Type.Optional(untyped<number>()),
  unit_price: Type.Optional(untyped<number>()),
}, { allOf: [
  when('model', 'cpm', { required: ['cpm', 'currency'], properties: { cpm: Amount } }),
  when('model', 'percent_of_media', { required: ['percent', 'currency'], properties: { percent: Percent, max_cpm: Amount } }),
  when('model', 'flat_fee', {
    required: ['amount', 'period', 'currency'],
    properties: { amount: Amount, period: Type.Enum(['monthly', 'quarterly', 'annual', 'campaign']) },
  }),
  when('model', 'per_unit', { required: ['unit', 'unit_price', 'currency'], properties: { unit: Type.String(), unit_price: Amount } }),
  when('model', 'custom', {
    required: ['description', 'metadata'],
    properties: {
      description: Type.String({ minLength: 1 }),
      metadata: Type.Object({ summary_for_operator: Type.Optional(Type.String({ minLength: 1 })) }, { minProperties: 1 }),
    },
  }),
] });
export type VendorPricingOption = Static<typeof VendorPricingOption>;
