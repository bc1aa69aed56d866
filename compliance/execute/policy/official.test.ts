import { describe, expect, test } from 'vitest';
import { schemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import { inTheNameOfBrand } from './brand-invariant.ts';
import { asClientSends, clientHeaders } from './client-additions.ts';
import { enriched } from './enrich.ts';
import { rewriteReply } from './rewrite-reply.ts';

const NOW = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
const day = (offset: number): string => new Date(NOW + offset * DAY).toISOString();
const brand = { domain: 'acme.example' };
const natural = { brand, operator: 'acme.example' };
const given = (accumulator: object = {}, more: object = { brandDomain: 'acme.example' }) =>
  ({ accumulator: accumulator as Readonly<Record<string, unknown>>, runStartedAtMs: NOW, ...more });

describe('create_media_buy', () => {
  test.each<[string, object, object]>([
    ['as soon as possible stays', { start_time: 'asap', end_time: day(3) }, { start_time: 'asap', end_time: day(3) }],
    ['a flight to come stays', { start_time: day(2), end_time: day(5) }, { start_time: day(2), end_time: day(5) }],
    ['no flight becomes tomorrow, for a week', {}, { start_time: day(1), end_time: day(8) }],
    ['a past flight moves', { start_time: day(-20), end_time: day(-10) }, { start_time: day(1), end_time: day(8) }],
    ['one that would end before it starts keeps its length', { start_time: day(20), end_time: day(-10) }, { start_time: day(20), end_time: day(27) }],
    ['one that ends before it starts gets a week', { start_time: day(9), end_time: day(8.5) }, { start_time: day(9), end_time: day(16) }],
  ])('%s', (_what, authored, window) => {
    expect(enriched('create_media_buy', { packages: [{}], ...authored }, given())).toMatchObject(window);
  });

  const option = { pricing_option_id: 'o', pricing_model: 'cpm', floor_price: 3, min_spend_per_package: 2500 };
  test.each<[string, object, object, object]>([
    [
      'takes product, option, budget and bid from what was found', { products: [{ product_id: 'bare' }, { product_id: 'p', pricing_options: [option] }] },
      {}, { product_id: 'p', pricing_option_id: 'o', budget: 2500, bid_price: 4.5 },
    ],
    [
      'prefers a cpm or flat option', { products: [{ product_id: 'p', pricing_options: [{ pricing_option_id: 'x', pricing_model: 'cpc' }, option] }] },
      { budget: 7 }, { product_id: 'p', pricing_option_id: 'o', budget: 7, bid_price: 4.5 },
    ],
    [
      'replaces sentinels and keeps the rest', { product_id: 'c', pricing_option_id: 'd' },
      { product_id: 'test-product', pricing_option_id: 'mine', bid_price: 9 },
      { product_id: 'c', pricing_option_id: 'mine', budget: 1000, bid_price: 9 },
    ],
    ['falls back to the sentinels', {}, {}, { product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
  ])('the first package %s', (_what, accumulator, authored, expected) => {
    const { packages } = enriched('create_media_buy', { packages: [authored, { product_id: 'test-product' }] }, given(accumulator));
    expect(packages).toEqual([expected, { product_id: 'test-product' }]);
  });

  test('a proposal takes the place of packages and keeps account and brand', () => {
    const authored = { proposal_id: 'q', packages: [{}], account: { account_id: 'a' }, brand: { domain: 'b.example' } };
    expect(enriched('create_media_buy', authored, given())).toEqual({
      proposal_id: 'q', account: { account_id: 'a' }, brand: { domain: 'b.example' }, start_time: day(1), end_time: day(8),
    });
    expect(enriched('create_media_buy', {}, given({ proposal_id: 'known' }))).toMatchObject({ proposal_id: 'known', account: natural });
  });
});

describe('other tasks', () => {
  const account = { account_id: 'a' };
  test.each<[string, object, object, object]>([
    ['update_media_buy', { account, paused: true }, {}, { media_buy_id: 'unknown', account: natural, paused: true }],
    ['update_media_buy', { context: { c: 1 } }, { account, media_buy_id: 'm' }, { media_buy_id: 'm', account, context: { c: 1 } }],
    ['get_media_buys', { account }, { media_buy_id: 'm' }, { media_buy_ids: ['m'], account: natural }],
    ['get_media_buy_delivery', { media_buy_ids: ['x'] }, { media_buy_id: 'm' }, { media_buy_ids: ['x'], account: natural }],
    ['comply_test_controller', { account: { sandbox: true } }, {}, { scenario: 'list_scenarios', account: { ...natural, sandbox: true } }],
    ['comply_test_controller', { scenario: 's' }, { account: { brand } }, { scenario: 's', account: { brand, operator: 'acme.example', sandbox: true } }],
    ['comply_test_controller', { scenario: 's' }, { account }, { scenario: 's', account: { ...account, sandbox: true } }],
    ['list_creatives', {}, {}, { account: natural }], ['list_creatives', { account }, {}, { account }],
    ['get_products', { brief: 'mine', buying_mode: 'wholesale' }, {}, { brief: 'mine', buying_mode: 'wholesale', brand }],
    ['get_products', { refine: [] }, { products: [] }, { refine: [], brand, account: natural }],
    ['get_signals', { signal_ids: [] }, {}, { signal_ids: [] }],
    ['activate_signal', { destinations: [] }, { pricing_option_id: 'o' }, { pricing_option_id: 'o', destinations: [] }],
    ['si_send_message', { message: 'm' }, { session_id: 's' }, { session_id: 's', message: 'm' }],
    ['update_rights', {}, { rights_id: 'r' }, { rights_id: 'r' }],
    ['calibrate_content', {}, { content_standards_id: 'c' }, { standards_id: 'c' }],
    ['validate_input', { x: 1 }, {}, { x: 1 }], ['list_accounts', {}, {}, {}],
  ])('%s %j with %j', (task, authored, accumulator, expected) => {
    expect(enriched(task, authored as Readonly<Record<string, unknown>>, given(accumulator))).toEqual(expected);
  });

  test('without a kit the default brand speaks', () => {
    expect(enriched('list_creatives', {}, given({}, {}))).toEqual({ account: { brand: { domain: 'test.example' }, operator: 'test.example' } });
  });
});

describe('the brand invariant', () => {
  const schemas = schemaCatalogue('test', new Map([
    ['get-products-request.json', { properties: { brand: {}, account: {} } }], ['list-creatives-request.json', { properties: { account: {} } }],
    ['list-accounts-request.json', { properties: { account: {} } }],
  ]));
  test.each<[string, string, object, object]>([
    ['sets brand and account where there is a place', 'get_products', {}, { brand, account: natural }],
    ['sets neither where there is none', 'list_accounts', {}, {}],
    ['sets what there is a place for', 'list_creatives', {}, { account: natural }],
    ['sets both when no schema says', 'unheard_of', {}, { brand, account: natural }],
    [
      'replaces the brand and keeps an authored operator', 'list_creatives', { account: { brand: { domain: 'x' }, operator: 'o' } },
      { account: { brand, operator: 'o' } },
    ],
    ['completes a natural account', 'list_creatives', { account: { brand: { domain: 'x' } } }, { account: natural }],
    ['leaves an account id alone', 'list_creatives', { account: { account_id: 'a' } }, { account: { account_id: 'a' } }],
    ['leaves sandbox and null alone', 'list_creatives', { account: null }, { account: null }],
  ])('%s', (_what, task, request, expected) => {
    expect(inTheNameOfBrand(task, request as Readonly<Record<string, unknown>>, 'acme.example', schemas)).toEqual(expected);
  });
});

describe('the client', () => {
  const schemas = schemaCatalogue('test', new Map([['get-products-request.json', { properties: { brief: {}, buying_mode: {}, refine: {} } }]]));
  test.each<[string, string, object, object]>([
    ['wraps an account id', 'x', { account_id: 'a' }, { account: { account_id: 'a' } }],
    ['renames', 'x', { campaign_ref: 1 }, { buyer_campaign_ref: 1 }],
    ['lists what was one', 'x', { catalog: 1, optimization_goal: 2 }, { catalogs: [1], optimization_goals: [2] }],
    ['names a signal anew', 'activate_signal', { signal_id: 's' }, { signal_agent_segment_id: 's' }],
    ['infers a buying mode and drops old members', 'get_products', { proposal_id: 1, feedback: 2 }, { buying_mode: 'brief' }],
    ['sees a refinement', 'get_products', { refine: [] }, { buying_mode: 'refine', refine: [] }],
    ['hints at older creatives', 'sync_creatives', { ext: { a: 1 } }, { ext: { a: 1, adcp: { creative_wire: 'legacy' } } }],
  ])('%s', (_what, task, request, expected) => {
    expect(asClientSends(task, request as Readonly<Record<string, unknown>>, undefined, undefined)).toEqual({ payload: expected, stripped: [] });
  });

  test('drops what neither the tool nor the release knows, and tells it', () => {
    const request = { brief: 'b', buying_mode: 'brief', context: {}, of_tool: 1, of_nobody: 2 };
    expect(asClientSends('get_products', request, new Set(['of_tool']), schemas)).toEqual({
      payload: { brief: 'b', buying_mode: 'brief', context: {}, of_tool: 1 }, stripped: ['of_nobody'],
    });
    expect(asClientSends('get_products', request, undefined, schemas)).toEqual({ payload: request, stripped: [] });
  });

  test('sends a bearer token twice', () => {
    expect(clientHeaders({ kind: 'bearer', token: 't' })).toEqual({ 'x-adcp-auth': 't' });
    expect(clientHeaders({ kind: 'none' })).toEqual({});
  });
});

describe('replies are brought up to date', () => {
  const current = { products: [{ channels: ['display'], pricing_options: [{ fixed_price: 1 }] }, 7] };
  test.each<[string, string, object, object, readonly string[]]>([
    [
      'channels', 'get_products', { products: [{ channels: ['video', 'olv', 'native', 'retail', 'audio', 'constructor'] }] },
      { products: [{ channels: ['olv', 'ctv', 'display', 'retail_media', 'streaming_audio', 'constructor'] }] }, ['channels'],
    ],
    [
      'a rate', 'get_products', { products: [{ pricing_options: [{ rate: 5, is_fixed: true }, { rate: 5, is_fixed: false }] }] },
      { products: [{ pricing_options: [{ fixed_price: 5 }, {}] }] }, ['pricing'],
    ],
    [
      'a floor', 'get_products', { products: [{ pricing_options: [{ price_guidance: { floor: 2, p50: 3 } }] }] },
      { products: [{ pricing_options: [{ floor_price: 2, price_guidance: { p50: 3 } }] }] }, ['pricing'],
    ],
    ['products that are no list', 'get_products', { products: {} }, { errors: [{ code: 'invalid_response', message: expect.any(String) }] }, ['products']],
    [
      'creatives of packages', 'create_media_buy', { packages: [{ creative_ids: ['c'], products: null }, { creative_assignments: null }] },
      { packages: [{ creative_assignments: [{ creative_id: 'c' }] }, {}] }, ['creative_assignments'],
    ],
    [
      'renders', 'list_creative_formats', { formats: [{ renders: [{ role: 'r', width: 1, height: 2 }] }] },
      { formats: [{ renders: [{ role: 'r', dimensions: { width: 1, height: 2 } }] }] }, ['renders'],
    ],
    ['nothing', 'get_products', current, current, []],
    ['nothing of other tasks', 'get_media_buys', { products: {} }, { products: {} }, []],
  ])('%s', (_what, task, payload, expected, changes) => {
    expect(rewriteReply(task, payload)).toEqual({ payload: expected, changes });
  });
});
