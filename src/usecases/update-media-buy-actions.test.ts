import { describe, expect, it } from 'vitest';
import { assigned, bought, type Change } from '../../test/support/buying.ts';
import { testProduct } from '../../test/support/desk.ts';
import type { ProductAllowedAction } from '../protocol/wire/core/media-buy-action.ts';

type Changes = Omit<Change, 'media_buy_id'>;

const actions = (...allowed_actions: ProductAllowedAction[]) => ({ products: [testProduct('display_auction', { allowed_actions })] });

describe('update_media_buy, by what a product allows,', () => {
  const sla = { response_max: 'PT5M', completion_max: 'PT1H' };
  const declared = actions(
    { action: 'increase_budget', modes: ['self_serve'], sla },
    { action: 'extend_flight', modes: ['requires_approval'], terms_ref: 'terms#1' },
    { action: 'cancel', modes: ['requires_approval'] },
    { action: 'decrease_budget', modes: ['self_serve'], allowed_statuses: ['paused'] },
  );

  it('tells what is open now, and how', async () => {
    const { create } = await bought({}, declared);
    const { available_actions } = await create({ start_time: 'asap', packages: [assigned('banner')] });
    expect(available_actions).toEqual([
      { action: 'increase_budget', mode: 'self_serve', sla },
      { action: 'extend_flight', mode: 'requires_approval', terms_ref: 'terms#1' },
      { action: 'cancel', mode: 'requires_approval' },
    ]);
  });
  it('lets through what is declared for the buyer', async () => {
    const { change, pkg } = await bought({ start_time: 'asap' }, declared);
    const body = await change({ packages: [{ package_id: pkg, budget: 1200 }] });
    expect(body.valid_actions).toContain('increase_budget');
  });
  it.each<[string, (pkg: string) => Changes, string, string, string]>([
    ['needs approval', () => ({ end_time: '2027-03-01T00:00:00Z' }), 'extend_flight', 'mode_mismatch', 'correctable'],
    ['needs approval to end', () => ({ canceled: true }), 'cancel', 'mode_mismatch', 'correctable'],
    [
      'is for another status',
      (pkg) => ({ packages: [{ package_id: pkg, budget: 900 }] }),
      'decrease_budget',
      'wrong_status',
      'correctable',
    ],
    ['is not offered', () => ({ paused: true }), 'pause', 'not_supported_on_product', 'terminal'],
  ])('refuses what %s', async (_what, changes, attempted_action, reason, recovery) => {
    const { refusal, pkg } = await bought({ start_time: 'asap' }, declared);
    const error = await refusal(changes(pkg));
    expect(error).toMatchObject({ code: 'ACTION_NOT_ALLOWED', recovery, details: { attempted_action, reason } });
    expect(error.details!['currently_available_actions']).toHaveLength(3);
  });
  it('tells an ended buy before forbidden actions, and forbidden actions before wrong members', async () => {
    const { refusal, pkg } = await bought({ start_time: 'asap' }, declared);
    expect(await refusal({ packages: [{ package_id: pkg, budget: 900, bid_price: 0 }] })).toMatchObject({ code: 'ACTION_NOT_ALLOWED' });
  });
  it('lets through what has no action of its own', async () => {
    const { change, pkg } = await bought({ start_time: 'asap' }, declared);
    expect((await change({ packages: [{ package_id: pkg, bid_price: 5 }] })).affected_packages).toMatchObject([{ bid_price: 5 }]);
  });
});
