import { describe, expect, test } from 'vitest';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();
const BUY = { packages: [{ package_id: 'pkg_a', budget: 3000 }, { package_id: 'pkg_b', budget: 1000 }], currency: 'USD', status: 'active' };

describe('simulate_delivery', () => {
  const ledger = async () => (await bench.open.store.delivery(bench.principal_id, ['mb_x']))[0]!;
  const spend = (amount: number) => ({ reported_spend: { amount, currency: 'USD' } });

  test('adds counters up over calls and divides them by budget', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    await bench.control('simulate_delivery', { media_buy_id: 'mb_x', impressions: 1000, clicks: 10, ...spend(40) });
    expect(await bench.control('simulate_delivery', { media_buy_id: 'mb_x', impressions: 3, conversions: 5, conversion_value: 2.5, ...spend(0.01) })).toMatchObject({
      ...OK, simulated: { impressions: 3, conversions: 5, conversion_value: 2.5, ...spend(0.01) },
      cumulative: { impressions: 1003, clicks: 10, conversions: 5, conversion_value: 2.5, ...spend(40.01) },
    });
    const { rows, gauges } = await ledger();
    expect(rows.map((row) => [row.package_id, row.day, row.counters.impressions])).toEqual([['pkg_a', '2026-11-20', 752], ['pkg_b', '2026-11-20', 251]]);
    expect(gauges).toMatchObject({ platform_conversions: true });
  });

  test('measurements replace those before', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    await bench.control('simulate_delivery', { media_buy_id: 'mb_x', impressions: 10, reach: 5, frequency: 2, is_final: false, measurement_window: 'post_givt' });
    const { cumulative } = await bench.control('simulate_delivery', { media_buy_id: 'mb_x', reach: 7, reach_window: { kind: 'rolling', period: { interval: 7, unit: 'days' } }, is_final: true });
    expect(cumulative).toMatchObject({ impressions: 10, reach: 7, frequency: 2, is_final: true, measurement_window: 'post_givt', reach_window: { kind: 'rolling' } });
    expect((await ledger()).gauges).toMatchObject({ reach: 7, is_final: true });
  });

  test('an unknown buy, one that has ended, one without packages, another currency', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    await bench.control('seed_media_buy', { media_buy_id: 'mb_empty' });
    expect(await bench.control('simulate_delivery', { media_buy_id: 'mb_none', impressions: 1 })).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.control('simulate_delivery', { media_buy_id: 'mb_empty', impressions: 1 })).toMatchObject(failed('INVALID_STATE', { current_state: 'active' }));
    expect(await bench.control('simulate_delivery', { media_buy_id: 'mb_x', reported_spend: { amount: 1, currency: 'EUR' } })).toMatchObject(failed('INVALID_PARAMS'));
    await bench.control('force_media_buy_status', { media_buy_id: 'mb_x', status: 'completed' });
    expect(await bench.control('simulate_delivery', { media_buy_id: 'mb_x', impressions: 1 })).toMatchObject(failed('INVALID_STATE', { current_state: 'completed' }));
    expect((await ledger()).rows).toEqual([]);
  });
});

describe('simulate_budget_spend', () => {
  const spent = async (media_buy_id = 'mb_x') => (await bench.open.store.delivery(bench.principal_id, [media_buy_id]))[0]!.rows.map((row) => [row.package_id, row.counters.spend_micros / 1e6, row.counters.impressions]);

  test('brings every package to its share, and to the whole', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    await bench.control('simulate_delivery', { media_buy_id: 'mb_x', impressions: 4, reported_spend: { amount: 4, currency: 'USD' } });
    expect(await bench.control('simulate_budget_spend', { media_buy_id: 'mb_x', spend_percentage: 95 })).toMatchObject({ ...OK, simulated: { spend_percentage: 95, budget: 4000, computed_spend: 3800, currency: 'USD' } });
    expect(await spent()).toEqual([['pkg_a', 2850, 3 + 284_700], ['pkg_b', 950, 1 + 94_900]]);
    expect(await bench.control('simulate_budget_spend', { media_buy_id: 'mb_x', spend_percentage: 100 })).toMatchObject(OK);
    expect((await spent()).map(([, amount]) => amount)).toEqual([3000, 1000]);
  });

  test('buys impressions at the package\'s own price for a thousand', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { packages: [{ package_id: 'pkg_a', product_id: 'outdoor_lifestyle_display', pricing_option_id: 'outdoor_mrec_cpm', budget: 800 }] } });
    await bench.control('simulate_budget_spend', { media_buy_id: 'mb_x', spend_percentage: 50 });
    expect(await spent()).toEqual([['pkg_a', 400, 50_000]]);
  });

  test('an account spends with all its buys that have not ended', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    const account = { account: { account_id: 'acct_x', sandbox: true } };
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY }, account);
    await bench.control('seed_media_buy', { media_buy_id: 'mb_y', fixture: { ...BUY, packages: [{ package_id: 'pkg_c', budget: 100 }] } }, account);
    await bench.control('seed_media_buy', { media_buy_id: 'mb_z', fixture: { ...BUY, status: 'canceled' } }, account);
    expect(await bench.control('simulate_budget_spend', { account_id: 'acct_x', spend_percentage: 10 })).toMatchObject({ ...OK, simulated: { budget: 4100, computed_spend: 410 } });
    expect(await spent('mb_y')).toEqual([['pkg_c', 10, 1000]]);
    expect(await spent('mb_z')).toEqual([]);
  });

  test('a lower share than was spent, a buy that has ended, nothing to spend with, nothing of the kind', async () => {
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: BUY });
    await bench.control('seed_account', { account_id: 'acct_idle' });
    await bench.control('simulate_budget_spend', { media_buy_id: 'mb_x', spend_percentage: 60 });
    expect(await bench.control('simulate_budget_spend', { media_buy_id: 'mb_x', spend_percentage: 59 })).toMatchObject(failed('INVALID_STATE'));
    expect(await bench.control('simulate_budget_spend', { media_buy_id: 'mb_none', spend_percentage: 59 })).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.control('simulate_budget_spend', { account_id: 'acct_none', spend_percentage: 59 })).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.control('simulate_budget_spend', { account_id: 'acct_idle', spend_percentage: 59 })).toMatchObject(failed('INVALID_STATE'));
    await bench.control('force_media_buy_status', { media_buy_id: 'mb_x', status: 'canceled' });
    expect(await bench.control('simulate_budget_spend', { media_buy_id: 'mb_x', spend_percentage: 70 })).toMatchObject(failed('INVALID_STATE', { current_state: 'canceled' }));
  });
});
