import type { UpdateMediaBuyRequest } from '../protocol/wire/update-media-buy.ts';
import type { MediaBuyRecord } from './media-buy.ts';
import { toMicros, wireAmount } from './money.ts';

/** The budget of all packages together, in millionths of the currency's major unit; a package without one counts nothing. */
export const totalBudgetMicros = ({ packages }: Pick<MediaBuyRecord, 'packages'>): number =>
  packages.reduce((sum, { package: { budget = 0 } }) => sum + toMicros(budget), 0);

/** The same as a wire number in the buy's currency. */
export const totalBudget = (buy: Pick<MediaBuyRecord, 'packages' | 'currency'>): number => wireAmount(totalBudgetMicros(buy), buy.currency);

/** Whether an update asks for more money than the buy has: reallocating does not. */
export function spendsMore(
  buy: MediaBuyRecord,
  { packages = [], new_packages = [] }: Pick<UpdateMediaBuyRequest, 'packages' | 'new_packages'>,
): boolean {
  const before = new Map(buy.packages.map(({ package: { package_id, budget = 0 } }) => [package_id, budget]));
  const moved = packages.reduce(
    (sum, { package_id, budget }) => sum + (budget === undefined ? 0 : toMicros(budget) - toMicros(before.get(package_id) ?? 0)),
    0,
  );
  return new_packages.reduce((sum, { budget }) => sum + toMicros(budget), moved) > 0;
}
