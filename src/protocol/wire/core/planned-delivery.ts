/** What the seller intends to deliver, for the buyer's governance to look at. */
import { Type, type Static } from 'typebox';
import { Channel } from './channel.ts';
import { FrequencyCap } from './frequency-cap.ts';
import { Amount } from './numbers.ts';
import { Ext, OpenObject } from './open-object.ts';
import { Currency, DateTime } from './texts.ts';

const texts = Type.Optional(Type.Array(Type.String()));

export const PlannedDelivery = Type.Object({
  geo: Type.Optional(Type.Object({ countries: texts, regions: texts })),
  channels: Type.Optional(Type.Array(Channel)),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  frequency_cap: Type.Optional(FrequencyCap),
  audience_summary: Type.Optional(Type.String()),
  audience_targeting: Type.Optional(Type.Array(OpenObject, { minItems: 1 })),
  total_budget: Type.Optional(Amount),
  currency: Type.Optional(Currency),
  enforced_policies: texts,
  ext: Type.Optional(Ext),
});
export type PlannedDelivery = Static<typeof PlannedDelivery>;
