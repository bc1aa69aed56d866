/** Money: decimal numbers on the wire, integer millionths ("micros") of the currency's major unit in every sum. */

export const MICROS = 1_000_000;

/** Minor digits of a currency where they are not two (ISO 4217). */
const MINOR_DIGITS: Readonly<Record<string, number>> = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};

export const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;

/** @param amount major units; rounded half up to the nearest micro */
export const toMicros = (amount: number): number => Math.round(amount * MICROS);

export const fromMicros = (micros: number): number => micros / MICROS;

/** Rounds half up (away from zero) to `digits` decimals, 0 or more, without the noise of binary fractions. */
export const roundTo = (value: number, digits: number): number =>
  (Number.isInteger(value) ? value : Math.sign(value) * shifted(Math.round(shifted(Math.abs(value), digits)), -digits)) || 0;

/** A number >= 0 with its decimal point moved, digit by digit. */
function shifted(value: number, digits: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + digits}`);
}

/** An amount of micros as a wire number in the currency's minor digits. */
export const wireAmount = (micros: number, currency: string): number => roundTo(fromMicros(micros), minorDigits(currency));

/** How finely weights are told apart that are all below 1. */
const FINEST = 1e15;

/**
 * Splits a whole number over weights so that the parts add up to it exactly (largest remainder, ties to the first).
 * @param total a whole number >= 0
 * @param weights finite and >= 0, at least one of them greater than 0
 * @throws RangeError when there is no weight to split over
 */
export function split(total: number, weights: readonly number[]): number[] {
  const largest = Math.max(...weights);
  if (!(largest > 0)) throw new RangeError('split needs a weight greater than 0');
  const exact = weights.map((weight) => BigInt(Math.round(largest < 1 ? (weight / largest) * FINEST : weight * MICROS)));
  const sum = exact.reduce((a, b) => a + b, 0n);
  const shares = exact.map((weight, at) => ({ at, part: (BigInt(total) * weight) / sum, remainder: (BigInt(total) * weight) % sum }));
  const parts = shares.map(({ part }) => Number(part));
  const rest = total - parts.reduce((a, b) => a + b, 0);
  const byRemainder = [...shares].sort((a, b) => (a.remainder === b.remainder ? a.at - b.at : a.remainder < b.remainder ? 1 : -1));
  for (const { at } of byRemainder.slice(0, rest)) parts[at]! += 1;
  return parts;
}
