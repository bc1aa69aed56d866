import { Type, type Static } from 'typebox';
import { PAYMENT_TERMS } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { without } from './core/conditions.ts';
import { DateRange } from './core/date-range.ts';
import { errorArm, request, response } from './core/envelope.ts';
import { Amount, Count, Percent } from './core/numbers.ts';
import { Ext } from './core/open-object.ts';
import { Currency, FullDate } from './core/texts.ts';

export const PAYMENT_STATUSES = ['current', 'past_due', 'suspended'] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

export const INVOICE_STATUSES = ['draft', 'issued', 'paid', 'past_due', 'void'] as const;

/** Days are those of the seller's billing time zone; without a period the current month is told. */
export const GetAccountFinancialsRequest = request({
  account: AccountRef,
  period: Type.Optional(DateRange),
});
export type GetAccountFinancialsRequest = Static<typeof GetAccountFinancialsRequest>;

const Invoice = Type.Object({
  invoice_id: Type.String(),
  amount: Amount,
  status: Type.Enum(INVOICE_STATUSES),
  period: Type.Optional(DateRange),
  due_date: Type.Optional(FullDate),
  paid_date: Type.Optional(FullDate),
});

/** Amounts are in `currency`. */
export const GetAccountFinancialsSuccess = Type.Object({
  account: AccountRef,
  currency: Currency,
  period: DateRange,
  timezone: Type.String(),
  spend: Type.Optional(Type.Object({ total_spend: Amount, media_buy_count: Type.Optional(Count) })),
  credit: Type.Optional(Type.Object({ credit_limit: Amount, available_credit: Type.Number(), utilization_percent: Type.Optional(Percent) })),
  balance: Type.Optional(Type.Object({
    available: Amount,
    last_top_up: Type.Optional(Type.Object({ amount: Amount, date: FullDate })),
  })),
  payment_status: Type.Optional(Type.Enum(PAYMENT_STATUSES)),
  payment_terms: Type.Optional(Type.Enum(PAYMENT_TERMS)),
  invoices: Type.Optional(Type.Array(Invoice)),
  ext: Type.Optional(Ext),
}, without('errors'));
export type GetAccountFinancialsSuccess = Static<typeof GetAccountFinancialsSuccess>;

export const GetAccountFinancialsResponse = response(GetAccountFinancialsSuccess, errorArm('account', 'currency', 'period', 'timezone'));
export type GetAccountFinancialsResponse = Static<typeof GetAccountFinancialsResponse>;
