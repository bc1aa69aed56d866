import { Type, type Static } from 'typebox';
import { BrandRef } from '../../src/protocol/wire/core/brand-ref.ts';
import { Amount } from '../../src/protocol/wire/core/numbers.ts';
import { Country, Currency, DateTime } from '../../src/protocol/wire/core/texts.ts';

/** What the training agent judges by, of the plans that AdCP knows (`sync_plans`); other members are kept unread. */
export const Plan = Type.Object({
  plan_id: Type.String({ minLength: 1 }),
  brand: Type.Optional(BrandRef),
  objectives: Type.Optional(Type.String()),
  budget: Type.Optional(Type.Object({ total: Amount, currency: Currency })),
  flight: Type.Optional(Type.Object({ start: DateTime, end: DateTime })),
  countries: Type.Optional(Type.Array(Country)),
  /** Whether people have to look at each purchase. */
  human_review_required: Type.Optional(Type.Boolean()),
  custom_policies: Type.Optional(Type.Array(Type.Object({ policy_id: Type.String(), policy: Type.String(), enforcement: Type.Optional(Type.String()) }))),
  ext: Type.Optional(Type.Object({
    /** What the arguments of a call have to be for approval, by path: the machine-readable kind of policy. */
    required: Type.Optional(Type.Array(Type.Object({ field: Type.String(), value: Type.Unknown(), reason: Type.String() }))),
  })),
});
export type Plan = Static<typeof Plan>;
