/** The days that a report is about (seller specification §5.1): half-open, in UTC. */
import { invalid, type Refused } from '../protocol/errors.ts';
import type { GetMediaBuyDeliveryRequest } from '../protocol/wire/get-media-buy-delivery.ts';
import type { DeliveryLedger } from './delivery-facts.ts';
import type { MediaBuyRecord } from './media-buy.ts';

/** Days as `YYYY-MM-DD`; a side that was not asked for is open. Both open: the whole life of the buys. */
export interface AskedDays {
  readonly kind: 'days';
  readonly start?: string;
  readonly end?: string;
}

/** What a report covers. */
export interface DeliveryPeriod {
  /** ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly asked: AskedDays;
}

export const DAY_MS = 86_400_000;

/** @returns the days asked for, or a refusal that names the wrong one */
export function askedDays({ start_date, end_date }: Pick<GetMediaBuyDeliveryRequest, 'start_date' | 'end_date'>): AskedDays | Refused {
  for (const [field, day] of [
    ['start_date', start_date],
    ['end_date', end_date],
  ] as const)
    if (day !== undefined && !isDay(day)) return invalid(field, `${field} is not a day of the calendar`);
  if (start_date !== undefined && end_date !== undefined && end_date <= start_date)
    return invalid('end_date', 'end_date must lie after start_date; the end day itself is not reported');
  return { kind: 'days', ...(start_date === undefined ? {} : { start: start_date }), ...(end_date === undefined ? {} : { end: end_date }) };
}

const isDay = (text: string): boolean => dayOf(Date.parse(`${text}T00:00:00Z`)) === text;

/** `YYYY-MM-DD` of a time in milliseconds; empty when it is none. */
export const dayOf = (time: number): string => (Number.isNaN(time) ? '' : new Date(time).toISOString().slice(0, 10));

export const isLifetime = ({ start, end }: AskedDays): boolean => start === undefined && end === undefined;

/** As the store takes it. */
export const rangeOf = (asked: AskedDays): { readonly start: string; readonly end: string } | undefined =>
  isLifetime(asked) ? undefined : { start: asked.start ?? '0000-00-00', end: asked.end ?? '9999-99-99' };

/** Refuses days of a buy that is only reported over its whole life. */
export function daysFlaw(asked: AskedDays, buys: readonly MediaBuyRecord[]): Refused | undefined {
  const field = asked.start === undefined ? 'end_date' : 'start_date';
  const closed = isLifetime(asked)
    ? undefined
    : buys.find(({ packages }) => packages.some(({ terms }) => terms.reporting_capabilities.date_range_support === 'lifetime_only'));
  return (
    closed
    && invalid(field, `${closed.media_buy_id} holds a product that is reported only over its whole life; leave out start_date and end_date`)
  );
}

/** An open side reaches as far as the buys' flights and data do, and to now at least; a period never has less than a day on an asked side. */
export function coveredPeriod(
  asked: AskedDays,
  buys: readonly MediaBuyRecord[],
  ledgers: readonly DeliveryLedger[],
  now: Date,
): DeliveryPeriod {
  const spans = ledgers.flatMap(({ span }) => span ?? []);
  const first = Math.min(now.getTime(), ...buys.map((buy) => Date.parse(buy.start_time)), ...spans.map((span) => midnight(span.first)));
  const last = Math.max(now.getTime(), ...spans.map((span) => midnight(span.last) + DAY_MS));
  const start =
    asked.start === undefined ? Math.min(first, asked.end === undefined ? first : midnight(asked.end) - DAY_MS) : midnight(asked.start);
  const end = asked.end === undefined ? Math.max(last, asked.start === undefined ? last : start + DAY_MS) : midnight(asked.end);
  return { start: iso(start), end: iso(end), asked };
}

/** Whether nothing was delivered outside the asked days. */
export function coversWhole({ start, end }: AskedDays, { span }: DeliveryLedger): boolean {
  return span === undefined || ((start === undefined || start <= span.first) && (end === undefined || span.last < end));
}

/** Days begun in a period, at least one. */
export const daysIn = ({ start, end }: DeliveryPeriod): number => Math.max(1, Math.ceil((Date.parse(end) - Date.parse(start)) / DAY_MS));

export const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Days are told with four digits of a year. */
const FIRST = midnight('0000-01-01');
const LAST = midnight('9999-12-31');
const iso = (time: number): string => new Date(Math.min(Math.max(time, FIRST), LAST)).toISOString().replace('.000Z', 'Z');
