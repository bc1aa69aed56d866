/** The days that an account's finances are told for: both included, as AdCP counts them here. */
import { invalid, type Refused } from '../protocol/errors.ts';
import type { DateRange } from '../protocol/wire/core/date-range.ts';
import { DAY_MS, dayOf, midnight } from './delivery-period.ts';

/** Delivery is kept by UTC days, so that spend can be told by no others. */
export const BILLING_TIMEZONE = 'UTC';

/** The period asked for, or the month so far, which is a billing cycle. */
export function financialPeriod(asked: DateRange | undefined, now: Date): { readonly kind: 'period'; readonly period: DateRange } | Refused {
  if (asked === undefined) {
    const end = dayOf(now.getTime());
    return { kind: 'period', period: { start: `${end.slice(0, 7)}-01`, end } };
  }
  const { start, end } = asked;
  if (end < start) return invalid('period.end', 'period.end must not lie before period.start; both days are included');
  return { kind: 'period', period: { start, end } };
}

/** As the store takes it: half-open. */
export const rangeOfPeriod = ({ start, end }: DateRange): { readonly start: string; readonly end: string } => ({ start, end: dayOf(Math.min(midnight(end) + DAY_MS, LAST)) });

/** Days are told with four digits of a year. */
const LAST = midnight('9999-12-31');
