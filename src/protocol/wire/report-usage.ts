import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { DateTimeRange } from './core/date-range.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { Amount, Count } from './core/numbers.ts';
import { Currency, DateTime } from './core/texts.ts';

const text = Type.Optional(Type.String());

/**
 * What was used and what is owed for it, as the buyer's side measured it. `final` unset: it has not said whether the numbers are settled.
 * Ids other than that of the media buy are those of other kinds of vendors.
 */
export const UsageEntry = Type.Object({
  account: AccountRef,
  media_buy_id: text,
  vendor_cost: Amount,
  currency: Currency,
  pricing_option_id: text,
  impressions: Type.Optional(Count),
  media_spend: Type.Optional(Amount),
  signal_agent_segment_id: text,
  standards_id: text,
  rights_id: text,
  creative_id: text,
  build_variant_id: text,
  property_list_id: text,
  final: Type.Optional(Type.Boolean()),
  finalized_at: Type.Optional(DateTime),
  measurement_window: Type.Optional(Type.String({ maxLength: 50 })),
});
export type UsageEntry = Static<typeof UsageEntry>;

export const ReportUsageRequest = request({
  /** Unlike elsewhere, AdCP allows any text here. */
  idempotency_key: Type.String(),
  reporting_period: DateTimeRange,
  usage: Type.Array(UsageEntry, { minItems: 1 }),
});
export type ReportUsageRequest = Static<typeof ReportUsageRequest>;

/** Entries succeed or fail alone: `errors` name those that were not taken. */
export const ReportUsageSuccess = Type.Object({
  accepted: Count,
  errors: Type.Optional(Type.Array(AdcpError)),
  sandbox: Type.Optional(Type.Boolean()),
});
export type ReportUsageSuccess = Static<typeof ReportUsageSuccess>;

export const ReportUsageResponse = response(ReportUsageSuccess);
export type ReportUsageResponse = Static<typeof ReportUsageResponse>;
