import { describe, expect, it } from 'vitest';
import { buyer, END, inline, START, type Order } from '../../test/support/buying.ts';
import { catalogueOf, PRODUCTS, testProduct } from '../../test/support/desk.ts';

async function refusal(order: Order, ...desk: Parameters<typeof buyer>) {
  const [first] = await (await buyer(...desk)).refusedCreate(order);
  return [first!.code, first!.field];
}

describe('create_media_buy is refused', () => {
  it.each<[string, Order, string, string]>([
    ['without packages', { packages: [] }, 'INVALID_REQUEST', 'packages'],
    [
      'for a proposal that nobody made',
      { packages: [], proposal_id: 'p', total_budget: { amount: 1, currency: 'USD' } },
      'PROPOSAL_NOT_FOUND',
      'proposal_id',
    ],
    ['when it ends before it starts', { start_time: END, end_time: START }, 'INVALID_REQUEST', 'end_time'],
    ['when it ends as it starts', { end_time: START }, 'INVALID_REQUEST', 'end_time'],
    ['when it starts at once and has ended', { start_time: 'asap', end_time: '2026-11-01T00:00:00Z' }, 'INVALID_REQUEST', 'end_time'],
    ['when its start has passed', { start_time: '2026-11-20T11:58:00Z' }, 'INVALID_REQUEST', 'start_time'],
    ['for an unknown product', { packages: [{}, { product_id: 'nope' }] }, 'PRODUCT_NOT_FOUND', 'packages[1].product_id'],
    ['for an unknown price', { packages: [{}, { pricing_option_id: 'nope' }] }, 'INVALID_REQUEST', 'packages[1].pricing_option_id'],
    ['for a bid below the floor', { packages: [{ bid_price: 1 }] }, 'INVALID_REQUEST', 'packages[0].bid_price'],
    [
      'for too small a budget',
      { packages: [{}, { product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 99.99 }] },
      'BUDGET_TOO_LOW',
      'packages[1].budget',
    ],
    [
      'in two currencies',
      { packages: [{}, { product_id: 'video_euro', pricing_option_id: 'eur' }] },
      'INVALID_REQUEST',
      'packages[1].pricing_option_id',
    ],
    [
      'for an audience that is not registered',
      { packages: [{ targeting_overlay: { audience_include: ['phantom'] } }] },
      'INVALID_REQUEST',
      'packages[0].targeting_overlay.audience_include[0]',
    ],
    [
      'for an event source that is not registered',
      {
        packages: [{ optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'phantom', event_type: 'purchase' }] }] }],
      },
      'INVALID_REQUEST',
      'packages[0].optimization_goals[0].event_sources[0].event_source_id',
    ],
  ])('%s', async (_what, order, code, field) => {
    expect(await refusal(order)).toEqual([code, field]);
  });
  it('for an inline creative that does not fill its format, unless the catalogue takes it all the same', async () => {
    const order = { packages: [{}, { creatives: [{ ...inline, assets: {} }] }] };
    expect(await refusal(order)).toEqual(['INVALID_REQUEST', 'packages[1].creatives[0].assets.image']);
    const lax = await buyer({ catalogue: { ...catalogueOf(PRODUCTS), format_fit: 'advisory' } });
    expect((await lax.create(order)).packages[1]!.creative_assignments).toEqual([{ creative_id: 'inline_1', weight: 40 }]);
  });
  it('for a product that has expired', async () => {
    expect(
      await refusal({ packages: [{ product_id: 'gone' }] }, { products: [testProduct('gone', { expires_at: '2026-11-20T11:00:00Z' })] }),
    ).toEqual(['PRODUCT_NOT_FOUND', 'packages[0].product_id']);
  });
  it.each([
    ['suspended', 'ACCOUNT_SUSPENDED'],
    ['payment_required', 'ACCOUNT_PAYMENT_REQUIRED'],
    ['pending_approval', 'ACCOUNT_SETUP_REQUIRED'],
    ['closed', 'PERMISSION_DENIED'],
  ] as const)('on an account that is %s', async (status, code) => {
    expect(await refusal({ end_time: START }, {}, { status })).toEqual([code, 'account']);
  });
  it('with every problem of the first kind that is found, and no other', async () => {
    const errors = await (await buyer()).refusedCreate({ packages: [{ product_id: 'a', bid_price: 0 }, {}, { product_id: 'b' }] });
    expect(errors.map(({ code, field }) => [code, field])).toEqual([
      ['PRODUCT_NOT_FOUND', 'packages[0].product_id'],
      ['PRODUCT_NOT_FOUND', 'packages[2].product_id'],
    ]);
  });
  it('and leaves nothing behind', async () => {
    const { refusedCreate, read } = await buyer();
    await refusedCreate({ packages: [{ creatives: [inline] }, { product_id: 'nope' }] });
    expect((await read()).media_buys).toEqual([]);
  });
});
