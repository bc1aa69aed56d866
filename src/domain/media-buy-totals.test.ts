import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaBuy, packageRecord } from '../../test/support/media-buys.ts';
import { spendsMore, totalBudget } from './media-buy-totals.ts';

const cents = fc.integer({ min: 0, max: 10_000_000 });
const buyOf = (budgets: readonly number[]) =>
  mediaBuy({ packages: budgets.map((budget, at) => packageRecord({ package_id: `p${at}`, budget })) });

describe('the total budget', () => {
  it('is the exact sum of the packages, however many and however odd', () => {
    fc.assert(
      fc.property(fc.array(cents, { maxLength: 50 }), (amounts) => {
        expect(totalBudget(buyOf(amounts.map((amount) => amount / 100)))).toBe(amounts.reduce((sum, amount) => sum + amount, 0) / 100);
      }),
    );
  });
  it('is in the minor digits of the currency', () => {
    expect(totalBudget({ ...buyOf([100.4, 100.2]), currency: 'JPY' })).toBe(201);
    expect(totalBudget({ ...buyOf([0.0015]), currency: 'KWD' })).toBe(0.002);
  });
  it('counts nothing for a package without a budget', () => {
    const { budget: _budget, ...bare } = packageRecord().package;
    expect(totalBudget(mediaBuy({ packages: [{ ...packageRecord(), package: bare }] }))).toBe(0);
  });
});

describe('an update that asks for more money', () => {
  it('is told from one that only moves it, for any split', () => {
    fc.assert(
      fc.property(fc.array(cents, { minLength: 2, maxLength: 8 }), fc.nat(), (amounts, seed) => {
        const buy = buyOf(amounts.map((amount) => amount / 100));
        const turned = [...amounts.slice(seed % amounts.length), ...amounts.slice(0, seed % amounts.length)];
        const moved = turned.map((amount, at) => ({ package_id: `p${at}`, budget: amount / 100 }));
        expect(spendsMore(buy, { packages: moved })).toBe(false);
        expect(spendsMore(buy, { packages: [{ ...moved[0]!, budget: moved[0]!.budget + 0.01 }, ...moved.slice(1)] })).toBe(true);
      }),
    );
  });
  it('is one that adds a package with a budget', () => {
    const added = (budget: number) => spendsMore(buyOf([1]), { new_packages: [{ product_id: 'p', pricing_option_id: 'o', budget }] });
    expect([added(0), added(0.01)]).toEqual([false, true]);
  });
});
