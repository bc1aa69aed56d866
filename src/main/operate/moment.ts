import { OperatorError } from '../../domain/ports/operator-store.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The moment that an operator names: a date (ISO 8601), or a time from now such as 90d, 12h or 30m.
 * @param flag for the message
 * @throws OperatorError when it is neither, or is past
 */
export function momentAfter(now: Date, text: string, flag: string): string {
  const [, amount, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const at = amount === undefined ? (/^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN) : now.getTime() + Number(amount) * UNITS[unit!]!;
  if (Number.isNaN(at)) throw new OperatorError(`${flag}: "${text}" is no moment; say a date such as 2027-03-31, or a time from now such as 90d, 12h or 30m`);
  if (at < now.getTime()) throw new OperatorError(`${flag}: ${text} is past`);
  return new Date(at).toISOString();
}
