/** The days that a report is about (seller specification §5.1): half-open, in UTC. */
import { invalid, type Refused } from '../protocol/errors.ts';
import type { Duration } from '../protocol/wire/core/duration.ts';
import type { GetMediaBuyDeliveryRequest } from '../protocol/wire/get-media-buy-delivery.ts';
import type { DeliveryLedger } from './delivery-facts.ts';
import type { MediaBuyRecord } from './media-buy.ts';
import type { DeliveryRange } from './ports/store.ts';

/** Days as `YYYY-MM-DD`; a side that was not asked for is open. Both open: the whole life of the buys. */
export interface AskedDays {
  readonly kind: 'days';
  readonly start?: string;
  readonly end?: string;
}

/** Hours as `YYYY-MM-DDTHH`, half-open. */
export interface AskedHours {
  readonly kind: 'hours';
  readonly start: string;
  readonly end: string;
}

/** What a report covers. */
export interface DeliveryPeriod {
  /** ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly asked: AskedDays | AskedHours;
}

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;

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
export function rangeOf(asked: AskedDays | AskedHours, by?: 'hour'): DeliveryRange | undefined {
  if (asked.kind === 'hours') return { start: asked.start, end: asked.end, by: 'hour' };
  if (isLifetime(asked) && by === undefined) return undefined;
  return { start: asked.start ?? '0000-00-00', end: asked.end ?? '9999-99-99', ...(by ? { by } : {}) };
}

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
  asked: AskedDays | AskedHours,
  buys: readonly MediaBuyRecord[],
  ledgers: readonly DeliveryLedger[],
  now: Date,
): DeliveryPeriod {
  if (asked.kind === 'hours') return { start: `${asked.start}:00:00Z`, end: `${asked.end}:00:00Z`, asked };
  const spans = ledgers.flatMap(({ span }) => span ?? []);
  const first = Math.min(now.getTime(), ...buys.map((buy) => Date.parse(buy.start_time)), ...spans.map((span) => midnight(span.first)));
  const last = Math.max(now.getTime(), ...spans.map((span) => midnight(span.last) + DAY_MS));
  const start =
    asked.start === undefined ? Math.min(first, asked.end === undefined ? first : midnight(asked.end) - DAY_MS) : midnight(asked.start);
  const end = asked.end === undefined ? Math.max(last, asked.start === undefined ? last : start + DAY_MS) : midnight(asked.end);
  return { start: iso(start), end: iso(end), asked };
}

/** Whether nothing was delivered outside the asked days. */
export function coversWhole({ kind, start, end }: AskedDays | AskedHours, { span }: DeliveryLedger): boolean {
  if (kind === 'hours') return span === undefined || (start <= `${span.first}T00` && end > `${span.last}T23`);
  return span === undefined || ((start === undefined || start <= span.first) && (end === undefined || span.last < end));
}

/** The length of a period, in days begun, at least one; of one in hours, in hours. */
export function lengthOf({ start, end, asked }: DeliveryPeriod): Duration & { readonly unit: 'hours' | 'days' } {
  const unit = asked.kind === 'hours' ? 'hours' : 'days';
  return { interval: Math.max(1, Math.ceil((Date.parse(end) - Date.parse(start)) / (unit === 'hours' ? HOUR_MS : DAY_MS))), unit };
}

export const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Days are told with four digits of a year. */
const FIRST = midnight('0000-01-01');
const LAST = midnight('9999-12-31');
const iso = (time: number): string => new Date(Math.min(Math.max(time, FIRST), LAST)).toISOString().replace('.000Z', 'Z');
