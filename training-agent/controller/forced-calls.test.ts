import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();
const BRAND = { domain: 'acmeoutdoor.example' };
const ACCOUNT = { brand: BRAND, operator: 'pinnacle-agency.example', sandbox: true };
const brief = (more: JsonObject = {}) => bench.call('get_products', { account: ACCOUNT, buying_mode: 'brief', brief: 'display', ...more });
const order = (more: JsonObject = {}): JsonObject => ({
  idempotency_key: randomUUID(), account: ACCOUNT, brand: BRAND, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
  packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }], ...more,
});
const status = (task_id: string, more: JsonObject = {}) => bench.call('get_task_status', { task_id, account: ACCOUNT, include_result: true, ...more });

describe('force_create_media_buy_arm', () => {
  const force = (params: JsonObject = {}) => bench.control('force_create_media_buy_arm', { arm: 'submitted', task_id: 'task_io', message: 'Waits for a signature.', ...params });

  test('the next buy waits under the task id of the test, once; the one after is confirmed', async () => {
    expect(await force()).toMatchObject({ ...OK, forced: { arm: 'submitted', task_id: 'task_io' } });
    const request = order();
    const submitted = await bench.call('create_media_buy', request);
    expect(submitted).toEqual({ status: 'submitted', adcp_version: '3.1', task_id: 'task_io', message: 'Waits for a signature.' });
    expect(await bench.call('create_media_buy', request)).toEqual({ ...submitted, replayed: true });
    expect(await status('task_io')).toMatchObject({ task_type: 'create_media_buy', status: 'submitted', has_webhook: false });
    expect(await bench.call('create_media_buy', order())).toMatchObject({ status: 'completed', media_buy_id: expect.any(String) });
  });

  test('a buy that is refused anyway does not use it up, and neither does another caller', async () => {
    await force();
    expect(await bench.call('create_media_buy', order({ end_time: '2001-01-01T00:00:00Z' }))).toMatchObject({ status: 'failed' });
    expect(await bench.call('create_media_buy', order(), 'demo-nova-motors-v1')).toMatchObject({ status: 'completed' });
    expect(await bench.call('create_media_buy', order())).toMatchObject({ status: 'submitted' });
  });

  test('an arm that this seller does not have is refused', async () => {
    expect(await bench.control('force_create_media_buy_arm', { arm: 'input-required' })).toMatchObject(failed('INVALID_PARAMS'));
  });
});

describe('force_get_products_arm and force_task_completion', () => {
  const RESULT = { products: [{ product_id: 'curated', anything: [1] }], cache_scope: 'public', context: { ref: 'terminal' } };
  const force = (task_id = 'task_curation') => bench.control('force_get_products_arm', { arm: 'submitted', task_id });

  test('a brief waits, and its result is what the test says, verbatim', async () => {
    await force();
    expect(await bench.call('get_products', { account: ACCOUNT, buying_mode: 'wholesale' })).toMatchObject({ status: 'completed' });
    expect(await brief({ context: { ref: 'asked' } })).toEqual({ status: 'submitted', adcp_version: '3.1', task_id: 'task_curation', context: { ref: 'asked' } });
    expect(await bench.control('force_task_completion', { task_id: 'task_curation', result: RESULT })).toMatchObject({ ...OK, previous_state: 'submitted', current_state: 'completed' });
    expect(await status('task_curation')).toMatchObject({ status: 'completed', task_type: 'get_products', result: RESULT });
  });

  test('the outcome is in the outbox when the buyer asked for it', async () => {
    await force();
    await brief({ push_notification_config: { url: 'https://buyer.example/hooks', operation_id: 'op-1' } });
    expect(await bench.open.store.webhooks({ principal_id: bench.principal_id }, 10)).toEqual([]);
    await bench.control('force_task_completion', { task_id: 'task_curation', result: RESULT });
    const [posted] = await bench.open.store.webhooks({ principal_id: bench.principal_id }, 10);
    expect(JSON.parse(posted!.webhook.body)).toMatchObject({ operation_id: 'op-1', task_id: 'task_curation', task_type: 'get_products', protocol: 'media-buy', status: 'completed', result: RESULT });
  });

  test('under a key the search is made once: its return finds the task again, even when that has ended', async () => {
    await force();
    const idempotency_key = randomUUID();
    const submitted = await brief({ idempotency_key });
    await bench.control('force_task_completion', { task_id: 'task_curation', result: RESULT });
    expect(await brief({ idempotency_key })).toEqual({ ...submitted, replayed: true });
    expect(await brief({ idempotency_key, brief: 'video' })).toMatchObject({ adcp_error: { code: 'IDEMPOTENCY_CONFLICT' } });
  });

  test('a search that was answered at once is made anew under its key', async () => {
    const idempotency_key = randomUUID();
    expect(await brief({ idempotency_key })).toMatchObject({ status: 'completed' });
    const again = await brief({ idempotency_key, brief: 'video' });
    expect(again).toMatchObject({ status: 'completed' });
    expect(again).not.toHaveProperty('replayed');
  });

  test('a task ends once, and an unknown one not at all', async () => {
    await force();
    await brief();
    await bench.control('force_task_completion', { task_id: 'task_curation', result: RESULT });
    expect(await bench.control('force_task_completion', { task_id: 'task_curation', result: {} })).toMatchObject(failed('INVALID_TRANSITION', { current_state: 'completed' }));
    expect(await bench.control('force_task_completion', { task_id: 'task_none', result: {} })).toMatchObject(failed('NOT_FOUND'));
  });

  test('a later run may name the same task again', async () => {
    for (let run = 1; run <= 2; run += 1) {
      await force();
      expect(await brief()).toMatchObject({ status: 'submitted' });
      expect(await status('task_curation')).toMatchObject({ status: 'submitted' });
      await bench.control('force_task_completion', { task_id: 'task_curation', result: RESULT });
    }
  });

  test('another operator\'s account sees nothing of it', async () => {
    await force();
    await brief();
    const other = { brand: BRAND, operator: 'other-operator.example', sandbox: true };
    expect(await status('task_curation', { account: other })).toMatchObject({ adcp_error: { code: 'REFERENCE_NOT_FOUND' } });
    expect(await bench.call('list_tasks', { account: other })).toMatchObject({ query_summary: { total_matching: 0, returned: 0 }, tasks: [] });
    expect(await bench.call('list_tasks', { account: ACCOUNT })).toMatchObject({ query_summary: { total_matching: 1 } });
  });
});

describe('force_upstream_unavailable', () => {
  test('the next read shows what was read before, and says so; the one after is healthy', async () => {
    await bench.control('force_upstream_unavailable', { tool: 'get_products', upstream_name: 'inventory-service' });
    bench.open.pass(60_000);
    const stale = await brief() as { products: unknown[]; errors: JsonObject[] };
    expect(stale).toMatchObject({ status: 'completed', errors: [{ code: 'STALE_RESPONSE', recovery: 'transient', details: { served_from_cache: true, upstream: { name: 'inventory-service' } } }] });
    expect(stale.errors[0]!['details']).toMatchObject({ cache_age_seconds: expect.any(Number) });
    expect(stale.products.length).toBeGreaterThan(0);
    expect(stale).not.toHaveProperty('adcp_error');
    expect(await brief()).not.toHaveProperty('errors');
  });

  test('refuses a task that has nothing to fall back on', async () => {
    expect(await bench.control('force_upstream_unavailable', { tool: 'create_media_buy' })).toMatchObject(failed('INVALID_PARAMS'));
  });
});

describe('force_get_signals_arm', () => {
  const search = (more: JsonObject = {}) => bench.call('get_signals', { account: ACCOUNT, discovery_mode: 'brief', signal_spec: 'people who plan a walk', ...more });

  test('the next search in words waits, the whole list does not; what comes of it is told to the buyer', async () => {
    expect(await bench.control('force_get_signals_arm', { arm: 'submitted', task_id: 'task_signals' })).toMatchObject({ ...OK, forced: { arm: 'submitted', task_id: 'task_signals' } });
    expect(await search({ discovery_mode: 'wholesale', signal_spec: undefined })).toMatchObject({ status: 'completed' });
    expect(await search({ push_notification_config: { url: 'https://buyer.example/hooks', operation_id: 'op-2' } })).toEqual({ status: 'submitted', adcp_version: '3.1', task_id: 'task_signals' });
    const listed = await bench.call('list_tasks', { account: ACCOUNT, filters: { task_ids: ['task_signals'], task_type: 'get_signals', has_webhook: true } });
    expect(listed).toMatchObject({ query_summary: { total_matching: 1 }, tasks: [{ task_type: 'get_signals', domain: 'signals', status: 'submitted' }] });
    const result = { signals: [], cache_scope: 'public' };
    expect(await bench.control('force_task_completion', { task_id: 'task_signals', result })).toMatchObject({ ...OK, current_state: 'completed' });
    expect(await status('task_signals')).toMatchObject({ status: 'completed', protocol: 'signals', result });
    expect(await search()).toMatchObject({ status: 'completed' });
  });

  test('an arm that this seller does not have is refused', async () => {
    expect(await bench.control('force_get_signals_arm', { arm: 'input-required', task_id: 'x' })).toMatchObject(failed('INVALID_PARAMS'));
  });
});
