/** A plan over several products that can be bought as a whole. */
import { Type, type Static } from 'typebox';
import { DeliveryForecast } from './forecast.ts';
import { Amount, Ordinal, Percent } from './numbers.ts';
import { Ext } from './open-object.ts';
import { DaypartTarget } from './targeting.ts';
import { DateTime, Uri } from './texts.ts';

export const PROPOSAL_STATUSES = ['draft', 'committed'] as const;

/** The order that the buyer accepts when it executes a committed proposal. */
export const InsertionOrder = Type.Object({
  io_id: Type.String({ maxLength: 255 }),
  requires_signature: Type.Boolean(),
  terms: Type.Optional(Type.Object({
    advertiser: Type.Optional(Type.String({ maxLength: 500 })),
    publisher: Type.Optional(Type.String({ maxLength: 500 })),
    total_budget: Type.Optional(Type.Object({ amount: Amount, currency: Type.String({ minLength: 3, maxLength: 3 }) })),
    flight_start: Type.Optional(DateTime),
    flight_end: Type.Optional(DateTime),
    payment_terms: Type.Optional(Type.Enum(['net_30', 'net_60', 'net_90', 'prepaid', 'due_on_receipt'])),
  })),
  terms_url: Type.Optional(Uri),
  signing_url: Type.Optional(Uri),
});
export type InsertionOrder = Static<typeof InsertionOrder>;

/** A product's part of the plan; the percentages of a proposal add up to 100. */
export const ProductAllocation = Type.Object({
  product_id: Type.String(),
  allocation_percentage: Percent,
  pricing_option_id: Type.Optional(Type.String()),
  rationale: Type.Optional(Type.String()),
  sequence: Type.Optional(Ordinal),
  tags: Type.Optional(Type.Array(Type.String())),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  daypart_targets: Type.Optional(Type.Array(DaypartTarget, { minItems: 1 })),
  forecast: Type.Optional(DeliveryForecast),
  ext: Type.Optional(Ext),
});
export type ProductAllocation = Static<typeof ProductAllocation>;

export const Proposal = Type.Object({
  proposal_id: Type.String({ maxLength: 255 }),
  name: Type.String({ maxLength: 500 }),
  description: Type.Optional(Type.String({ maxLength: 2000 })),
  allocations: Type.Array(ProductAllocation, { minItems: 1 }),
  proposal_status: Type.Optional(Type.Enum(PROPOSAL_STATUSES)),
  expires_at: Type.Optional(DateTime),
  insertion_order: Type.Optional(InsertionOrder),
  total_budget_guidance: Type.Optional(Type.Object({
    min: Type.Optional(Amount), recommended: Type.Optional(Amount), max: Type.Optional(Amount), currency: Type.Optional(Type.String()),
  })),
  brief_alignment: Type.Optional(Type.String({ maxLength: 2000 })),
  forecast: Type.Optional(DeliveryForecast),
  ext: Type.Optional(Ext),
});
export type Proposal = Static<typeof Proposal>;
