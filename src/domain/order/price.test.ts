import { describe, expect, it } from 'vitest';
import { AUCTION, firstFlaw, FIXED, flaws } from '../../../test/support/orders.ts';

describe('a bid', () => {
  it('is at the floor or above', () => {
    expect(flaws({ asked: { bid_price: 2 } })).toBeUndefined();
    expect(firstFlaw({ asked: { bid_price: 1.99 } })).toEqual(['INVALID_REQUEST', 'packages[0].bid_price']);
  });
  it('may be missing', () => {
    expect(flaws({})).toBeUndefined();
  });
  it('has no effect on a fixed price', () => {
    expect(flaws({ asked: { bid_price: 0.01 }, pricing: FIXED })).toBeUndefined();
  });
});

describe('a budget', () => {
  it('is at least what the price asks for, which the refusal says', () => {
    expect(flaws({ asked: { budget: 100 }, pricing: FIXED })).toBeUndefined();
    expect(flaws({ asked: { budget: 99.99 }, pricing: FIXED })).toMatchObject([
      { code: 'BUDGET_TOO_LOW', field: 'packages[0].budget', details: { minimum_budget: 100, currency: 'USD' } },
    ]);
  });
  it('may be nothing where the price asks for nothing', () => {
    expect(flaws({ asked: { budget: 0 } })).toBeUndefined();
  });
  it('is at least what was spent', () => {
    expect(firstFlaw({ asked: { budget: 59 }, spent_micros: 60_000_000 })).toEqual(['BUDGET_TOO_LOW', 'packages[0].budget']);
    expect(flaws({ asked: { budget: 60 }, spent_micros: 60_000_000 })).toBeUndefined();
  });
});

it('an amount beyond all reckoning is refused where it stands', () => {
  for (const member of ['budget', 'bid_price'] as const) {
    expect(flaws({ asked: { [member]: 1e12 } })).toBeUndefined();
    expect(firstFlaw({ asked: { [member]: 1e308 }, pricing: FIXED })).toEqual(['INVALID_REQUEST', `packages[0].${member}`]);
  }
});

it('a price is in the currency of the buy', () => {
  expect(firstFlaw({ pricing: { ...AUCTION, currency: 'EUR' } })).toEqual(['INVALID_REQUEST', 'packages[0].pricing_option_id']);
});
