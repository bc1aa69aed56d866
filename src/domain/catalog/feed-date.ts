/** Reads dates of feeds by their pattern. */

const TOKEN = /YYYY|yyyy|YY|MM|M|DD|dd|D|d|HH|H|mm|ss|[^A-Za-z]+|[A-Za-z]/g;
const PARTS: Readonly<Record<string, readonly [part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', pattern: string]>> = {
  YYYY: ['year', '(\\d{4})'], yyyy: ['year', '(\\d{4})'], YY: ['year', '(\\d{2})'], MM: ['month', '(\\d{2})'], M: ['month', '(\\d{1,2})'],
  DD: ['day', '(\\d{2})'], dd: ['day', '(\\d{2})'], D: ['day', '(\\d{1,2})'], d: ['day', '(\\d{1,2})'], HH: ['hour', '(\\d{2})'], H: ['hour', '(\\d{1,2})'],
  mm: ['minute', '(\\d{2})'], ss: ['second', '(\\d{2})'],
};

/**
 * A day (`2025-03-01`), or a moment in UTC where the pattern has hours.
 * @param format `YYYYMMDD`, `DD.MM.YYYY HH:mm`; absent: whatever JavaScript reads
 * @param timezone IANA name of the zone in which hours are meant; default UTC
 * @returns undefined when the text is none of the pattern, or no day of the calendar
 */
export function parsedDate(text: string, format?: string, timezone = 'UTC'): string | undefined {
  if (format === undefined) return plain(text);
  const parts: Record<string, number> = { month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  const order: string[] = [];
  const pattern = (format.match(TOKEN) ?? []).map((token) => {
    const known = PARTS[token];
    if (known === undefined) return token.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    order.push(known[0]);
    return known[1];
  });
  const found = new RegExp(`^${pattern.join('')}$`).exec(text.trim());
  if (found === null) return undefined;
  order.forEach((part, at) => { parts[part] = Number(found[at + 1]); });
  return assembled(parts, order.includes('hour'), timezone);
}

function plain(text: string): string | undefined {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return undefined;
  return /\d:\d/.test(text) ? at.toISOString() : at.toISOString().slice(0, 10);
}

function assembled(parts: Readonly<Record<string, number>>, timed: boolean, timezone: string): string | undefined {
  const { year, month, day, hour, minute, second } = parts as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number | undefined>;
  if (year === undefined) return undefined;
  const full = year < 100 ? 2000 + year : year;
  const utc = new Date(Date.UTC(full, month! - 1, day, hour, minute, second));
  const isReal = utc.getUTCMonth() === month! - 1 && utc.getUTCDate() === day && utc.getUTCHours() === hour && utc.getUTCMinutes() === minute;
  if (!isReal) return undefined;
  if (!timed) return utc.toISOString().slice(0, 10);
  const shift = offsetMs(utc, timezone);
  return shift === undefined ? undefined : new Date(utc.getTime() - shift).toISOString();
}

/** How far a zone is ahead of UTC at about this time; undefined for a zone that does not exist. */
function offsetMs(at: Date, timeZone: string): number | undefined {
  try {
    const local = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).formatToParts(at);
    const of = (type: Intl.DateTimeFormatPartTypes) => Number(local.find((part) => part.type === type)!.value);
    return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - Math.floor(at.getTime() / 1000) * 1000;
  } catch {
    return undefined;
  }
}
