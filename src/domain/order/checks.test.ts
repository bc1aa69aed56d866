import { describe, expect, it } from 'vitest';
import { AUCTION, firstFlaw, flaws, overlay } from '../../../test/support/orders.ts';

describe('the table of refusals', () => {
  it('passes a package that asks for nothing but a budget', () => {
    expect(flaws({})).toBeUndefined();
  });
  it('answers with the first row that finds anything', () => {
    const asked = { bid_price: 1, budget: 1, ...overlay({ audience_include: ['phantom'] }) };
    const pricing = { ...AUCTION, min_spend_per_package: 10 };
    expect(firstFlaw({ asked, pricing })).toEqual(['INVALID_REQUEST', 'packages[0].bid_price']);
    expect(firstFlaw({ asked: { ...asked, bid_price: 2 }, pricing })).toEqual(['BUDGET_TOO_LOW', 'packages[0].budget']);
  });
  it('tells everything that this row finds, and nothing of the rows behind it', () => {
    const asked = {
      ...overlay({ audience_include: ['a', 'vip', 'b'] }),
      catalogs: [{ type: 'product' as const }, { type: 'product' as const }],
    };
    expect(flaws({ asked })!.map(({ field }) => field)).toEqual([
      'packages[0].targeting_overlay.audience_include[0]',
      'packages[0].targeting_overlay.audience_include[2]',
    ]);
  });
});

