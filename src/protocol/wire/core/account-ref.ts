/** Names an account: by the id that the seller gave it, or by brand and operator. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { Domain } from './texts.ts';

export const AccountById = Type.Object({ account_id: Type.String() }, { additionalProperties: false });

/** The natural key. `sandbox` defaults to false. */
export const AccountByNaturalKey = Type.Object({
  brand: BrandRef,
  operator: Domain,
  sandbox: Type.Optional(Type.Boolean()),
}, { additionalProperties: false });

export const AccountRef = Type.Union([AccountById, AccountByNaturalKey], {
  description: 'An account: either its account_id, or the brand and the operator that buys for it.',
});
export type AccountRef = Static<typeof AccountRef>;
