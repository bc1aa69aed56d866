/**
 * What a change of a media buy commits its account to beyond what was approved (seller specification §3.9): that is asked for first.
 * Ending, pausing, resuming, lowering and narrowing are not. Moving money from one package to another is, because one of them grows.
 */
import { isTerminal, type MediaBuyRecord, type PackageRecord } from '../media-buy.ts';
import { toMicros } from '../money.ts';
import { widens } from './widened-targeting.ts';

export type Growth = 'budget' | 'packages' | 'flight' | 'targeting' | 'invoice_recipient';

/** In what respects the buy is more after than before. */
export function growthOf(before: MediaBuyRecord, after: MediaBuyRecord): readonly Growth[] {
  if (isTerminal(after.status)) return [];
  const known = new Map(before.packages.map((record) => [record.package.package_id, record]));
  const pairs = after.packages.flatMap((record) => {
    const earlier = known.get(record.package.package_id);
    return earlier && record.package.canceled !== true ? [[earlier, record] as const] : [];
  });
  const grown: readonly (readonly [Growth, boolean])[] = [
    ['budget', pairs.some(([earlier, record]) => budget(record) > budget(earlier))],
    ['packages', after.packages.length > before.packages.length],
    ['flight', runsLonger(before, after) || pairs.some(([earlier, record]) => runsLonger({ ...before, ...earlier.package }, { ...after, ...record.package }))],
    ['targeting', pairs.some(([earlier, record]) => widens(earlier.package.targeting_overlay, record.package.targeting_overlay))],
    // A change that states the recipient has sealed its bank details anew, so that it cannot be told from the one before.
    ['invoice_recipient', after.invoice_recipient !== before.invoice_recipient],
  ];
  return grown.flatMap(([what, is]) => (is ? [what] : []));
}

const budget = ({ package: { budget: amount = 0 } }: PackageRecord): number => toMicros(amount);

interface Times {
  readonly start_time: string;
  readonly end_time: string;
}

const runsLonger = (before: Times, after: Times): boolean =>
  Date.parse(after.start_time) < Date.parse(before.start_time) || Date.parse(after.end_time) > Date.parse(before.end_time);
