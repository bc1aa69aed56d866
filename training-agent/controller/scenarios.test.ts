import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();
const BUY = { packages: [{ package_id: 'pkg_a', budget: 3000 }, { package_id: 'pkg_b', budget: 1000 }], currency: 'USD', status: 'active' };

describe('seed_account', () => {
  test('an account under an id of the test\'s choice, listed like any other', async () => {
    expect(await bench.control('seed_account', {
      account_id: 'acct_x', fixture: { brand: { domain: 'north.example' }, operator: 'agency.example', billing: 'operator', status: 'suspended', sandbox: true },
    })).toMatchObject(OK);
    expect(await bench.call('list_accounts', {})).toMatchObject({
      accounts: [{ account_id: 'acct_x', brand: { domain: 'north.example' }, operator: 'agency.example', status: 'suspended', sandbox: true }],
    });
  });

  test('a thin one is of the caller\'s brand, and active', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toMatchObject({ brand: { domain: 'acmeoutdoor.example' }, operator: 'acmeoutdoor.example', status: 'active', sandbox: true });
  });

  test('seeding again changes what is stated and keeps the rest', async () => {
    await bench.control('seed_account', { account_id: 'acct_x', fixture: { operator: 'agency.example', status: 'suspended' } });
    await bench.control('seed_account', { account_id: 'acct_x', fixture: { name: 'New name' } });
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toMatchObject({ operator: 'agency.example', status: 'suspended', name: 'New name' });
  });

  test('takes a fixture that the harness has wrapped once more', async () => {
    await bench.control('seed_account', { account_id: 'acct_x', fixture: { fixture: { status: 'suspended' } } });
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toMatchObject({ status: 'suspended' });
  });

  test('refuses what could be no account', async () => {
    expect(await bench.control('seed_account', { account_id: 'acct_x', fixture: { status: 'asleep' } })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('seed_account', { account_id: 'acct_x', fixture: { brand: 'acme' } })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.open.store.account(bench.principal_id, 'acct_x')).toBeUndefined();
  });
});

describe('force_account_status', () => {
  test('moves along the edges and back, and no further than they lead', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    const force = (status: string) => bench.control('force_account_status', { account_id: 'acct_x', status });
    for (const status of ['suspended', 'active', 'payment_required', 'active', 'active']) expect(await force(status)).toMatchObject({ ...OK, current_state: status });
    expect(await force('pending_approval')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'active' }));
    await force('closed');
    expect(await force('active')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'closed' }));
  });

  test('an account of another caller is not found', async () => {
    await bench.control('seed_account', { account_id: 'acct_x' });
    expect(await bench.control('force_account_status', { account_id: 'acct_x', status: 'closed' }, {}, 'demo-nova-motors-v1')).toMatchObject(failed('NOT_FOUND'));
  });
});

describe('seed_creative and force_creative_status', () => {
  const stored = async (creative_id = 'c1') => (await bench.open.store.creatives({ principal_id: bench.principal_id, wide: true }, [creative_id]))[0];

  test('a thin creative is approved, of an image, and in the library of the brand that the call names', async () => {
    expect(await bench.control('seed_creative', { creative_id: 'c1' }, { account: { brand: { domain: 'north.example' }, operator: 'north.example', sandbox: true } })).toMatchObject(OK);
    expect(await stored()).toMatchObject({
      status: 'approved', library: JSON.stringify([bench.principal_id, 'north.example']), creative: { creative_id: 'c1', name: 'c1', format_kind: 'image', assets: {} },
    });
    expect(await bench.call('list_accounts', {})).toMatchObject({ accounts: [{ brand: { domain: 'north.example' }, account_id: (await stored())!.account_id }] });
  });

  test('one under an account that nobody made belongs to the caller\'s own brand, with a format of our own', async () => {
    await bench.control('seed_creative', { creative_id: 'c1', fixture: { status: 'pending_review', name: 'Hero', format_id: { id: 'display_static' } } }, { account: { account_id: 'acct_never_made' } });
    expect(await stored()).toMatchObject({
      status: 'pending_review', library: JSON.stringify([bench.principal_id, 'acmeoutdoor.example']),
      creative: { name: 'Hero', format_id: { agent_url: 'http://127.0.0.1:4100/mcp', id: 'display_static' } },
    });
    expect((await stored())!.creative).not.toHaveProperty('status');
  });

  test('seeding again replaces it and keeps the day it came', async () => {
    const before = bench.open.clock.now().toISOString();
    await bench.control('seed_creative', { creative_id: 'c1', fixture: { name: 'One' } });
    bench.open.pass(60_000);
    await bench.control('seed_creative', { creative_id: 'c1', fixture: { name: 'Two', status: 'rejected' } });
    expect(await stored()).toMatchObject({ status: 'rejected', creative: { name: 'Two' }, created_date: before, updated_date: bench.open.clock.now().toISOString() });
  });

  test('refuses what could be no creative', async () => {
    for (const fixture of [{ status: 'superb' }, { name: 7 }, { format_id: 'text' }, { format_id: { id: 'a' }, format_kind: 'image' }])
      expect(await bench.control('seed_creative', { creative_id: 'c1', fixture })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await stored()).toBeUndefined();
  });

  test('moves along the edges, keeps the reason of a rejection while it lasts, and stays where it is', async () => {
    await bench.control('seed_creative', { creative_id: 'c1' });
    const force = (status: string, more: JsonObject = {}) => bench.control('force_creative_status', { creative_id: 'c1', status, ...more });
    expect(await force('approved')).toMatchObject({ ...OK, previous_state: 'approved', current_state: 'approved' });
    expect(await force('rejected', { rejection_reason: 'too loud' })).toMatchObject({ previous_state: 'approved', current_state: 'rejected' });
    expect(await stored()).toMatchObject({ status: 'rejected', rejection_reason: 'too loud' });
    expect(await force('approved')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'rejected' }));
    expect(await force('pending_review')).toMatchObject(OK);
    expect(await stored()).not.toHaveProperty('rejection_reason');
    await force('approved');
    await force('archived');
    expect(await force('processing')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'archived' }));
  });

  test('is purged, softly unless the test says otherwise, and can be seeded again', async () => {
    await bench.control('seed_creative', { creative_id: 'c1' });
    const purge = (more: JsonObject = {}) => bench.control('force_creative_purge', { creative_id: 'c1', ...more });
    expect(await purge({ purge_kind: 'soft', reason_code: 'legal_erasure' })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await purge({ reason_detail: 'kept too long' })).toMatchObject({ ...OK, previous_state: 'approved', current_state: 'purged' });
    expect(await purge()).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.call('list_creatives', { include_purged: true, filters: { creative_ids: ['c1'] } })).toMatchObject({ creatives: [{ creative_id: 'c1', purge: { kind: 'soft', reason_code: 'retention_expired' } }] });
    await bench.control('seed_creative', { creative_id: 'c1' });
    expect(await purge({ purge_kind: 'hard' })).toMatchObject(OK);
    expect(await bench.call('list_creatives', { include_purged: true, filters: { creative_ids: ['c1'] } })).toMatchObject({ creatives: [] });
  });

  test('a creative of another caller is not found', async () => {
    await bench.control('seed_creative', { creative_id: 'c1' });
    expect(await bench.control('force_creative_status', { creative_id: 'c1', status: 'rejected' }, {}, 'demo-nova-motors-v1')).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.control('force_creative_status', { creative_id: 'c2', status: 'rejected' })).toMatchObject(failed('NOT_FOUND'));
  });
});

describe('force_audience_status', () => {
  const account = { brand: { domain: 'acmeoutdoor.example' }, operator: 'pinnacle-agency.example' };
  const upload = () => bench.call('sync_audiences', {
    idempotency_key: randomUUID(), account, audiences: [{ audience_id: 'loyal', audience_type: 'crm', add: [{ external_id: 'm1', hashed_email: 'a'.repeat(64) }] }],
  });
  const force = (status: string, more: JsonObject = {}) => bench.control('force_audience_status', { audience_id: 'loyal', status, ...more });

  test('suspends with a reason, impairs the buys that use the audience, and lifts it again', async () => {
    await upload();
    expect(await force('ready')).toMatchObject({ ...OK, previous_state: 'too_small', current_state: 'ready' });
    const bought = await bench.call('create_media_buy', {
      idempotency_key: randomUUID(), account, brand: account.brand, start_time: 'asap', end_time: '2099-12-31T00:00:00Z',
      packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000, targeting_overlay: { audience_include: ['loyal'] } }],
    });
    const health = async () => (await bench.call('get_media_buys', { account, media_buy_ids: [bought['media_buy_id']] }))['media_buys'];
    expect(await health()).toMatchObject([{ health: 'ok' }]);
    expect(await force('suspended', { reason: 'consent_expired' })).toMatchObject({ ...OK, previous_state: 'ready', current_state: 'suspended' });
    expect(await health()).toMatchObject([{ health: 'impaired', impairments: [{ resource_type: 'audience', resource_id: 'loyal', reason_code: 'consent_expired' }] }]);
    expect(await force('processing')).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'suspended' }));
    await force('ready');
    expect(await health()).toMatchObject([{ health: 'ok' }]);
  });

  test('an audience of another caller, or none, is not found', async () => {
    await upload();
    expect(await bench.control('force_audience_status', { audience_id: 'loyal', status: 'suspended' }, {}, 'demo-nova-motors-v1')).toMatchObject(failed('NOT_FOUND'));
    expect(await bench.control('force_audience_status', { audience_id: 'none', status: 'suspended' })).toMatchObject(failed('NOT_FOUND'));
  });
});

describe('seed_media_buy and force_media_buy_status', () => {
  const stored = () => bench.open.store.mediaBuy({ principal_id: bench.principal_id, wide: true }, 'mb_x');

  test('a thin buy is active, confirmed, and stays so whatever the clock says', async () => {
    const now = bench.open.clock.now().toISOString();
    await bench.control('seed_media_buy', { media_buy_id: 'mb_x', fixture: { status: 'active', currency: 'EUR' } });
    expect(await stored()).toMatchObject({ status: 'active', currency: 'EUR', revision: 1, packages: [], confirmed_at: now, start_time: now });
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
