/** Amounts of money as people write them in a brief: "$50K", "30,000 EUR", "£1.5 million". */

/** Major units. */
export interface SpokenAmount {
  readonly amount: number;
  /** Absent when the text names none. */
  readonly currency?: string;
}

const SIGNS: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', '£': 'GBP' };
const TIMES: Readonly<Record<string, number>> = { k: 1_000, thousand: 1_000, m: 1_000_000, mn: 1_000_000, million: 1_000_000 };

/** A sign before the number, or a code or a word for budget behind it: a bare number is no money. */
const SPOKEN = /([$€£])?\s?(\d[\d,]*(?:\.\d+)?)\s?(k|thousand|mn|m|million)?\b\s?(usd|eur|gbp|cad|aud|chf)?/giu;

/** The first amount of a text that is plainly money. */
export function spokenAmount(text: string): SpokenAmount | undefined {
  for (const [, sign, digits, times, code] of text.matchAll(SPOKEN)) {
    if (sign === undefined && code === undefined) continue;
    const amount = Number(digits!.replaceAll(',', '')) * (TIMES[times?.toLowerCase() ?? ''] ?? 1);
    const currency = code?.toUpperCase() ?? SIGNS[sign!];
    if (amount > 0) return { amount, ...(currency === undefined ? {} : { currency }) };
  }
  return undefined;
}
