/** What an account spent and where it stands, from facts that the seller has: nothing is said of credit or invoices, which its books hold. */
import type { GetAccountFinancialsSuccess, PaymentStatus } from '../protocol/wire/get-account-financials.ts';
import type { DateRange } from '../protocol/wire/core/date-range.ts';
import { BILLING_TIMEZONE } from './account-period.ts';
import type { AccountStatus } from './account.ts';
import { wireAmount } from './money.ts';

/** What the media buys of an account spent in one currency; the rows of an account are in the order in which it last bought. */
export interface Spending {
  readonly currency: string;
  readonly spend_micros: number;
  /** Buys that ran or spent in the period. */
  readonly media_buy_count: number;
}

/** Where money is not the reason, nothing is said of payments. */
const PAYMENT: Readonly<Partial<Record<AccountStatus, PaymentStatus>>> = { active: 'current', payment_required: 'past_due', suspended: 'suspended' };

export interface AccountStanding {
  readonly status: AccountStatus;
  readonly payment_terms?: string;
}

/**
 * An account that bought in several currencies is told in the one that it bought in last; sums in others stand in `ext`, because
 * amounts in different currencies have no sum.
 */
export function financesOf(
  naming: GetAccountFinancialsSuccess['account'], { status, payment_terms }: AccountStanding, spendings: readonly Spending[], period: DateRange, usual: string,
): GetAccountFinancialsSuccess {
  const [told = { currency: usual, spend_micros: 0, media_buy_count: 0 }, ...others] = spendings.toReversed();
  const payment = PAYMENT[status];
  const shown = ({ currency, spend_micros, media_buy_count }: Spending) => ({ currency, total_spend: wireAmount(spend_micros, currency), media_buy_count });
  return {
    account: naming,
    currency: told.currency,
    period,
    timezone: BILLING_TIMEZONE,
    spend: { total_spend: wireAmount(told.spend_micros, told.currency), media_buy_count: told.media_buy_count },
    ...(payment ? { payment_status: payment } : {}),
    ...(payment_terms ? { payment_terms: payment_terms as NonNullable<GetAccountFinancialsSuccess['payment_terms']> } : {}),
    ...(others.length > 0 ? { ext: { adwright: { other_currencies: others.map(shown) } } } : {}),
  };
}
