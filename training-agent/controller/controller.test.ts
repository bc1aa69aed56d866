import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();

describe('what the controller checks first', () => {
  test('lists exactly the scenarios that capabilities declare', async () => {
    const { scenarios } = await bench.control('list_scenarios') as { scenarios: string[] };
    expect(scenarios).toEqual(bench.open.sandbox.scenarios);
    expect(scenarios).not.toContain('list_scenarios');
    expect(scenarios).toContain('query_upstream_traffic');
  });

  test('refuses a live caller before anything else, and a live account', async () => {
    expect(await bench.control('no_such_scenario', {}, {}, 'demo-acme-outdoor-live-v1')).toMatchObject(failed('FORBIDDEN'));
    expect(await bench.control('force_creative_status', { creative_id: 'c', status: 'approved' }, {}, 'demo-acme-outdoor-live-v1')).toMatchObject(failed('FORBIDDEN'));
    expect(await bench.control('list_scenarios', {}, { account: { sandbox: false } })).toMatchObject(failed('FORBIDDEN'));
    await bench.control('seed_account', { account_id: 'acct_live', fixture: { sandbox: false } });
    expect(await bench.control('list_scenarios', {}, { account: { account_id: 'acct_live' } })).toMatchObject(failed('FORBIDDEN'));
  });

  test('an unknown scenario is unknown whatever its params, and names of objects are no scenarios', async () => {
    for (const scenario of ['nonexistent_scenario', 'toString', '__proto__', 'force_session_status'])
      expect(await bench.control(scenario, { x: 1 })).toMatchObject(failed('UNKNOWN_SCENARIO'));
  });

  test('params are checked before entities, with the path of the flaw', async () => {
    expect(await bench.control('force_creative_status', {})).toMatchObject(failed('INVALID_PARAMS', { error_detail: expect.stringContaining('params.creative_id') }));
    expect(await bench.control('force_creative_status')).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('force_creative_status', { creative_id: 'none', status: 'splendid' })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('simulate_delivery', { media_buy_id: 'none', impressions: -1 })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('simulate_budget_spend', { spend_percentage: 50 })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.call('comply_test_controller', {})).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('seed_creative', { creative_id: 'c' }, { account: { brand: { domain: 'Not A Domain' } } })).toMatchObject(failed('INVALID_PARAMS'));
  });

  test('echoes the context, also when it refuses', async () => {
    const context = { correlation_id: 'c-1', nested: [1] };
    expect(await bench.control('list_scenarios', {}, { context })).toMatchObject({ ...OK, context });
    expect(await bench.control('nonexistent_scenario', {}, { context })).toMatchObject({ ...failed('UNKNOWN_SCENARIO'), context });
  });
});

describe('seeds of the catalogue', () => {
  test('a product, its pricing and a format are for sale at once', async () => {
    expect(await bench.control('seed_product', { product_id: 'p1', fixture: { delivery_type: 'non_guaranteed', channels: ['video'], format_ids: [{ id: 'video_30s' }] } })).toMatchObject(OK);
    expect(await bench.control('seed_pricing_option', { product_id: 'p1', pricing_option_id: 'auction', fixture: { pricing_model: 'cpm', currency: 'USD', floor_price: 12 } })).toMatchObject(OK);
    expect(await bench.control('seed_creative_format', { format_id: 'f1', fixture: { name: 'F one', type: 'video' } })).toMatchObject(OK);
    const caller = await bench.open.caller(undefined, bench.principal_id.split('/')[1]);
    expect((await bench.open.desk.catalogue.products(caller))[0]).toMatchObject({ product_id: 'p1', channels: ['olv'], pricing_options: [{ pricing_option_id: 'auction', floor_price: 12 }] });
    expect((await bench.open.desk.catalogue.formats(caller)).at(-1)).toMatchObject({ format_id: { id: 'f1' }, name: 'F one' });
  });

  test('what could be none of these is refused', async () => {
    expect(await bench.control('seed_product', { product_id: 'p1', fixture: { delivery_type: 'maybe' } })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('seed_pricing_option', { product_id: 'p1', pricing_option_id: 'a', fixture: { currency: 'dollars' } })).toMatchObject(failed('INVALID_PARAMS'));
    expect(await bench.control('seed_creative_format', { format_id: 'no id', fixture: {} })).toMatchObject(failed('INVALID_PARAMS'));
  });

  test('a read by currency shows the newest batch alone, with its prices in that currency', async () => {
    await bench.control('seed_product', { product_id: 'older', fixture: {} });
    await bench.open.desk.catalogue.products(await bench.open.caller(undefined, bench.principal_id.split('/')[1]));
    await bench.control('seed_product', { product_id: 'mixed', fixture: { pricing_options: [
      { pricing_option_id: 'usd', pricing_model: 'cpm', currency: 'USD', fixed_price: 9 }, { pricing_option_id: 'eur', pricing_model: 'cpm', currency: 'EUR', fixed_price: 8 },
    ] } });
    const read = (request: JsonObject, token?: string) => bench.call('get_products', { buying_mode: 'wholesale', ...request }, token) as Promise<{ products: { product_id: string }[] }>;
    expect(await read({ filters: { pricing_currencies: ['USD'] } })).toMatchObject({ products: [{ product_id: 'mixed', pricing_options: [{ pricing_option_id: 'usd' }] }] });
    expect((await read({ filters: { pricing_currencies: ['USD'] } })).products).toHaveLength(1);
    expect((await read({})).products.length).toBeGreaterThan(10);
    expect((await read({ filters: { pricing_currencies: ['EUR'] } }, 'demo-nova-motors-v1')).products.map((product) => product.product_id)).toEqual(['pit_lane_display_eur']);
  });
});
