import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();
const BUY = { packages: [{ package_id: 'pkg_a', budget: 3000 }, { package_id: 'pkg_b', budget: 1000 }], currency: 'USD', status: 'active' };

describe('seed_media_buy and force_media_buy_status', () => {
  const stored = () => bench.open.store.mediaBuy({ principal_id: bench.principal_id, wide: true }, 'mb_x');

  test('a thin buy is active, confirmed, and stays so whatever the clock says', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { status: 'active', currency: 'EUR' } });
    expect(await stored()).toMatchObject({ status: 'active', currency: 'EUR', revision: 1, packages: [], confirmed_at: '2026-11-20T12:00:00.000Z', start_time: '2026-11-20T12:00:00.000Z' });
  });

  test('keeps what is stated, with packages that name no product', async () => {
    const context = { correlation_id: 'of-the-create' };
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: {
      context, confirmed_at: '2026-04-01T00:00:00Z', revision: 4, packages: [{ budget: 5000, currency: 'USD', context: { buyer_ref: 'line-1' } }],
      flight: { start: '2020-01-01T00:00:00Z', end: '2099-06-30T23:59:59Z' }, budget: { total: 1, currency: 'EUR' },
    } });
    const buy = (await stored())!;
    expect(buy).toMatchObject({ context, confirmed_at: '2026-04-01T00:00:00Z', revision: 4, start_time: '2020-01-01T00:00:00Z', end_time: '2099-06-30T23:59:59Z', currency: 'EUR' });
    expect(buy.packages[0]!.package).toEqual({ package_id: 'mb_x_package_1', budget: 5000, currency: 'USD', context: { buyer_ref: 'line-1' } });
    expect(buy.packages[0]).not.toHaveProperty('pricing');
    expect(buy.packages[0]!.terms.reporting_capabilities.available_metrics).toContain('impressions');
  });

  test('a package of a product has its price and its terms', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { packages: [{ product_id: 'ridge_preroll', budget: 10, pricing_option_id: 'ridge_preroll_cpm' }] } });
    expect((await stored())!.packages[0]).toMatchObject({ pricing: { fixed_price: 16 }, terms: { channels: ['olv'], delivery_type: 'guaranteed' } });
  });

  test('refuses what could be no media buy', async () => {
    for (const fixture of [{ status: 'asleep' }, { currency: 'dollars' }, { packages: [{ budget: -1 }] }, { flight: { start: 'soon' } }])
      expect(await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await stored()).toBeUndefined();
  });

  test('seeding again replaces it', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    expect(await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { ...BUY, status: 'paused' } })).toMatchObject(OK);
    expect(await stored()).toMatchObject({ status: 'paused', hold: true });
  });

  test('moves along the edges until it has ended', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { ...BUY, status: 'pending_creatives' } });
    const force = (status: string, more: JsonObject = {}) => bench.control('force_media_buy_status', { media_buy_id: 'mb_x', status, ...more });
    expect(await force('completed')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'pending_creatives' }));
    expect(await force('active')).toMatchObject({ ...OK, previous_state: 'pending_creatives', current_state: 'active' });
    expect(await force('active')).toMatchObject({ ...OK, current_state: 'active' });
    expect(await force('completed')).toMatchObject({ ...OK, current_state: 'completed' });
    expect(await force('active')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'completed' }));
    expect(await force('completed')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'completed' }));
  });

  test('a rejection keeps its reason', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { status: 'pending_start' } });
    await bench.control('force_media_buy_status', { media_buy_id: 'mb_x', status: 'rejected', rejection_reason: 'no inventory' });
    expect(await stored()).toMatchObject({ status: 'rejected', rejection_reason: 'no inventory' });
  });

  test('a buy of another caller is not found', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    expect(await bench.control('force_media_buy_status', { media_buy_id: 'mb_x', status: 'paused' }, {}, 'demo-nova-motors-v1')).toMatchObject(failed('NOT_FOUND'));
  });

  test('is found from any account of its caller', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    expect(await bench.control('force_media_buy_status', { media_buy_id: 'mb_x', status: 'paused' }, { account: { brand: { domain: 'other.example' }, operator: 'agency.example', sandbox: true } })).toMatchObject(OK);
  });
});
