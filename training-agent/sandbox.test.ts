import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL_FEATURES } from '../src/domain/features.ts';
import type { JsonObject } from '../src/protocol/envelope.ts';
import { openedSandbox, openedSetting, type OpenedSandbox } from '../test/support/opened-sandbox.ts';
import { openTrainingSandbox } from './sandbox.ts';

let open: OpenedSandbox;
let run = 0;
beforeAll(async () => { open = await openedSandbox(); });
beforeEach(() => { run += 1; });
afterAll(() => open.close());

let keys = 0;
const key = () => `key-${String((keys += 1)).padStart(16, '0')}`;
const call = (task: string, request: JsonObject, token?: string) => open.call(task, request, token, `run-${run}`);
/** A mutating call that must succeed. */
const done = async (task: string, request: JsonObject) => {
  const document = await call(task, { idempotency_key: key(), ...request });
  expect(document).toMatchObject({ status: 'completed' });
  return document;
};
const control = (scenario: string, params: JsonObject) => call('comply_test_controller', { account: { sandbox: true }, scenario, params });
const errorOf = (document: JsonObject) => document['adcp_error'] as JsonObject | undefined;

const brand = { domain: 'acmeoutdoor.example' };
/** The same advertiser, as the harness names it in different calls. */
const byAgency = { brand, operator: 'pinnacle-agency.example' };
const byBrand = { brand, operator: 'acmeoutdoor.example' };
const HASH = createHash('sha256').update('someone@home.example').digest('hex');
const order = (more: JsonObject = {}, bought: JsonObject = {}) => ({
  account: byBrand, brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000, ...bought }], ...more,
});
const traffic = async () => {
  const { recorded_calls } = await control('query_upstream_traffic', {}) as { recorded_calls: { endpoint: string; payload: JsonObject }[] };
  return recorded_calls;
};

describe('what a buyer sends reaches the platform', () => {
  test('audience members with their external ids and hashes, and the end of an audience', async () => {
    await done('sync_audiences', { account: byAgency, audiences: [{ audience_id: 'loyal', audience_type: 'crm', add: [{ external_id: 'user-0001', hashed_email: HASH }] }] });
    await done('sync_audiences', { account: byAgency, audiences: [{ audience_id: 'loyal', delete: true }] });
    expect(await traffic()).toMatchObject([
      { endpoint: expect.stringMatching(/^POST /), payload: { audience_id: 'loyal', add: [{ external_id: 'user-0001', hashed_email: HASH }] } }, { payload: { audience_id: 'loyal', delete: true } },
    ]);
  });

  test('events with hashed identifiers and values, whether or not the call names an account', async () => {
    await done('sync_event_sources', { account: byAgency, event_sources: [{ event_source_id: 'pixel', event_types: ['purchase'] }] });
    const event = { event_type: 'purchase', event_time: '2099-06-01T00:00:00Z', user_match: { hashed_email: HASH }, custom_data: { order_total: 149.99, currency: 'USD' } };
    await done('log_event', { event_source_id: 'pixel', events: [{ event_id: 'evt-1', ...event }] });
    await done('log_event', { account: byBrand, event_source_id: 'pixel', events: [{ event_id: 'evt-2', ...event }] });
    expect((await traffic()).map((sent) => sent.payload)).toMatchObject([
      { event_source_id: 'pixel', events: [{ event_id: 'evt-1', user_match: { hashed_email: HASH }, custom_data: { order_total: 149.99 } }] }, { events: [{ event_id: 'evt-2' }] },
    ]);
  });

  test('media buys when they are made and when they change, with goals and audiences', async () => {
    await done('sync_event_sources', { account: byAgency, event_sources: [{ event_source_id: 'pixel', event_types: ['purchase'] }] });
    await done('sync_audiences', { account: byAgency, audiences: [{ audience_id: 'loyal', add: [{ external_id: 'user-0001', hashed_email: HASH }] }] });
    const { media_buy_id, packages } = await done('create_media_buy', order({}, {
      product_id: 'ridge_display_auction', pricing_option_id: 'ridge_auction_cpm', bid_price: 4,
      optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'pixel', event_type: 'purchase', value_field: 'order_total' }], target: { kind: 'cost_per', value: 35 } }],
      targeting_overlay: { audience_include: ['loyal'] },
    })) as { media_buy_id: string; packages: { package_id: string }[] };
    const [{ package_id }] = packages as [{ package_id: string }];
    await done('update_media_buy', { account: byBrand, media_buy_id, packages: [{ package_id, budget: 2000 }] });
    const sent = (await traffic()).filter((each) => each.endpoint.includes('/media-buys'));
    expect(sent).toMatchObject([
      { payload: { media_buy_id, packages: [{ package_id, budget: 1000, bid_price: 4, optimization_goals: [{ event_sources: [{ event_source_id: 'pixel' }] }], targeting_overlay: { audience_include: ['loyal'] } }] } },
      { endpoint: expect.stringContaining(media_buy_id), payload: { media_buy_id, packages: [{ budget: 2000 }] } },
    ]);
    const buy = (await open.store.mediaBuy({ principal_id: `acme-outdoor/run-${run}`, wide: true }, media_buy_id))!;
    expect(open.sandbox.server.book.mediaBuy(buy.account_id, media_buy_id)).toMatchObject({ revision: buy.revision, packages: [{ budget: 2000 }] });
  });
});

describe('one advertiser under several names', () => {
  test('a creative synced under the agency covers a buy made under the brand', async () => {
    await done('sync_creatives', { account: byAgency, creatives: [{ creative_id: 'banner', name: 'Banner', format_kind: 'image', assets: {} }] });
    const { media_buy_status } = await done('create_media_buy', order({}, { creative_assignments: [{ creative_id: 'banner' }] }));
    expect(media_buy_status).toBe('active');
  });

  test('a seeded creative starts a buy that waited for it', async () => {
    const { media_buy_id, media_buy_status } = await done('create_media_buy', order({}, { creative_assignments: [{ creative_id: 'late' }] }));
    expect(media_buy_status).toBe('pending_creatives');
    await control('seed_creative', { creative_id: 'late' });
    expect(await call('get_media_buys', { account: byAgency, media_buy_ids: [media_buy_id] })).toMatchObject({ media_buys: [{ media_buy_id, status: 'active' }] });
  });

  test('a buy is found, and refused what it cannot do, under another operator than it was made', async () => {
    const { media_buy_id } = await done('create_media_buy', order());
    const update = (more: JsonObject) => call('update_media_buy', { account: byAgency, media_buy_id, idempotency_key: key(), ...more });
    expect(errorOf(await update({ packages: [{ package_id: 'none', budget: 1 }] }))).toMatchObject({ code: 'PACKAGE_NOT_FOUND' });
    expect(errorOf(await update({ canceled: true }))).toBeUndefined();
    expect(errorOf(await update({ canceled: true }))).toMatchObject({ code: 'NOT_CANCELLABLE' });
    expect(errorOf(await update({ paused: true }))).toMatchObject({ code: 'INVALID_STATE' });
  });

  test('a key conflicts under another operator, and replays under the same', async () => {
    const idempotency_key = key();
    const { media_buy_id } = await done('create_media_buy', order({ idempotency_key }));
    expect(await call('create_media_buy', order({ idempotency_key }))).toMatchObject({ media_buy_id, replayed: true });
    expect(errorOf(await call('create_media_buy', order({ idempotency_key, account: byAgency }, { budget: 25_000 })))).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  test('an account that nobody made: reads go on, writes make one for a natural key and refuse an id', async () => {
    expect(await call('list_creatives', { account: { account_id: 'acct_never_made' } })).toMatchObject({ status: 'completed', creatives: [] });
    expect(errorOf(await call('create_media_buy', order({ account: { account_id: 'acct_never_made' }, idempotency_key: key() })))).toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await done('create_media_buy', order({ account: { brand: { domain: 'fresh.example' }, operator: 'fresh.example' } }));
    expect(await call('list_accounts', {})).toMatchObject({ accounts: [{ brand: { domain: 'fresh.example' }, sandbox: true }] });
  });

  test('an advertiser that has no account finds one of its own brand', async () => {
    expect(await call('list_accounts', {})).toMatchObject({ accounts: [{ brand, operator: brand.domain, sandbox: true, status: 'active' }] });
    expect(await call('list_accounts', {}, 'demo-acme-outdoor-live-v1')).toMatchObject({ accounts: [] });
  });
});

describe('discovery', () => {
  test.each(['outdoor lifestyle display', 'Products for state machine testing', ''])('the display rectangle of one price comes first for "%s"', async (brief) => {
    for (const filters of [{}, { is_fixed_price: true }]) {
      const { products } = await call('get_products', { buying_mode: 'brief', brief, filters }) as { products: JsonObject[] };
      expect(products[0]).toMatchObject({ product_id: 'outdoor_lifestyle_display' });
    }
  });

  test('television of one price that reports finished views is found by filters', async () => {
    const filters = { channels: ['ctv'], is_fixed_price: true, required_metrics: ['completed_views'] };
    expect(await call('get_products', { brief: 'anything', filters })).toMatchObject({ products: [{ product_id: 'fernhill_ctv_prime' }] });
  });

  test('what a run seeds leads its brief in seed order, whatever the words', async () => {
    for (const product_id of ['sports_display_auction', 'outdoor_video_auction']) await control('seed_product', { product_id, fixture: { delivery_type: 'non_guaranteed', channels: ['video'], format_ids: [{ id: 'video_30s' }] } });
    await control('seed_pricing_option', { product_id: 'outdoor_video_auction', pricing_option_id: 'auction', fixture: { pricing_model: 'cpm', currency: 'USD', floor_price: 5, price_guidance: { p50: 6, p75: 7 } } });
    expect(await call('get_products', { brief: 'outdoor lifestyle display', buying_mode: 'brief' })).toMatchObject({
      products: [{ product_id: 'sports_display_auction' }, { product_id: 'outdoor_video_auction', pricing_options: [{ price_guidance: { p50: 6, p75: 7 } }] }, { product_id: 'outdoor_lifestyle_display' }, {}, {}],
    });
  });

  test('seeded formats and accounts page like any others', async () => {
    for (const name of ['A', 'B']) await control('seed_creative_format', { format_id: `paged_${name.toLowerCase()}`, fixture: { name: `Paged format ${name}`, type: 'display' } });
    const formats = (cursor?: unknown) => call('list_creative_formats', { name_search: 'paged format', pagination: { max_results: 1, ...(cursor === undefined ? {} : { cursor }) } }) as Promise<{ pagination: { cursor?: string } }>;
    const first = await formats();
    expect(first).toMatchObject({ formats: [{ name: 'Paged format A' }], pagination: { has_more: true, total_count: 2 } });
    expect(await formats(first.pagination.cursor)).toMatchObject({ formats: [{ name: 'Paged format B' }], pagination: { has_more: false } });

    for (const account_id of ['acct_1', 'acct_2', 'acct_3']) await control('seed_account', { account_id, fixture: { brand: { domain: `${account_id.replace('_', '-')}.example` } } });
    const accounts = await call('list_accounts', { sandbox: true, pagination: { max_results: 2 } }) as { pagination: { cursor?: string } };
    expect(accounts).toMatchObject({ accounts: [{ account_id: 'acct_1' }, { account_id: 'acct_2' }], pagination: { has_more: true } });
    expect(await call('list_accounts', { sandbox: true, pagination: { max_results: 2, cursor: accounts.pagination.cursor } })).toMatchObject({ accounts: [{ account_id: 'acct_3' }], pagination: { has_more: false } });
  });

  test('every format of a product is described under the id that the product names', async () => {
    await control('seed_product', { product_id: 'foreign', fixture: { format_ids: [{ agent_url: 'https://formats.example/', id: 'card', width: 300, height: 250 }] } });
    const { products } = await call('get_products', { buying_mode: 'wholesale' }) as { products: { format_ids?: JsonObject[] }[] };
    for (const format_id of products.flatMap((product) => product.format_ids ?? [])) {
      const { formats } = await call('list_creative_formats', { format_ids: [format_id] }) as { formats: JsonObject[] };
      expect(formats.map((format) => format['format_id'])).toEqual([format_id]);
    }
  });
});

describe('provenance policies of seeded products', () => {
  const policy = { co_branding: 'optional', landing_page: 'any', templates_available: false, provenance_required: true, accepted_verifiers: [{ agent_url: 'https://governance.encypher.seller.example' }] };
  const creative = (provenance?: JsonObject, url = 'https://cdn.example/a.png') => ({
    creative_id: 'probe', name: 'Probe', format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' }, assets: { image: { asset_type: 'image', url, width: 300, height: 250 } }, ...(provenance ? { provenance } : {}),
  });
  const sync = async (...given: Parameters<typeof creative>) => {
    const { creatives } = await done('sync_creatives', { account: byAgency, creatives: [creative(...given)] }) as { creatives: { action: string; errors?: { code: string }[] }[] };
    return creatives[0]!.errors?.[0]?.code ?? creatives[0]!.action;
  };
  const seed = () => control('seed_product', { product_id: 'with_policy', fixture: { delivery_type: 'non_guaranteed', channels: ['display'], creative_policy: policy } });

  test('hold for the library from a search until the caller does something else', async () => {
    await seed();
    expect(await sync()).toBe('created');
    await done('get_products', { buying_mode: 'brief', brief: 'anything', account: byAgency });
    expect([await sync(), await sync()]).toEqual(['PROVENANCE_REQUIRED', 'PROVENANCE_REQUIRED']);
    await done('list_creative_formats', {});
    expect(await sync()).toBe('unchanged');
  });

  test('let the verifier be asked for real; what it finds is told, and what it observes is kept', async () => {
    await seed();
    await done('get_products', { buying_mode: 'brief', brief: 'anything', account: byAgency });
    expect(await sync({ digital_source_type: 'digital_capture' }, 'https://cdn.example/ai-generated-true.png')).toBe('PROVENANCE_CLAIM_CONTRADICTED');
    const claim = { digital_source_type: 'composite_with_trained_algorithmic_media', human_oversight: 'edited', disclosure: { required: false } };
    expect(await sync(claim, 'https://cdn.example/ai-generated-true.png')).toBe('created');
    expect(await control('query_provenance_audit_observations', { creative_id: 'probe' })).toMatchObject({
      success: true, audit_observations: [{ code: 'OVERSIGHT_DISCLOSURE_CARVEOUT_CLAIMED', details: { claimed_value: { human_oversight: 'edited', disclosure_required: false } } }],
    });
    expect(await control('query_provenance_audit_observations', { creative_id: 'none' })).toMatchObject({ success: false, error: 'NOT_FOUND' });
    expect(open.sandbox.verifier.asked).toHaveLength(2);
    expect((await traffic()).map(({ payload }) => (payload['creative_manifest'] as JsonObject)['provenance'])).toContainEqual(claim);
  });
});

test('what the seller has switched off is no scenario of its controller', async () => {
  const { audience_targeting: _off, ...features } = ALL_FEATURES;
  const sandbox = await openTrainingSandbox({ ...openedSetting(), features: { ...features, creative_library: false } });
  const gone = open.sandbox.scenarios.filter((scenario) => !sandbox.scenarios.includes(scenario));
  expect(gone.sort()).toEqual(['force_audience_status', 'force_creative_purge', 'force_creative_status', 'query_provenance_audit_observations', 'seed_creative']);
  await sandbox.close();
});
