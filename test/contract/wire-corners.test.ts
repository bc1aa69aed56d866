/** Answers at the edges of AdCP's response schemas, held against both sets: ours may be neither stricter nor blinder. */
import { describe, expect, test } from 'vitest';
import { SHAPES, type WireTask } from '../../src/protocol/wire/index.ts';
import { publishedCatalogue } from '../../src/protocol/wire/published.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';

const here = hasOfficial('that hand-picked answers are judged alike by our schemas and by the official ones');

const done = { status: 'completed' };
const error = { code: 'INVALID_REQUEST', message: 'no' };
const failed = { status: 'failed', adcp_error: error, errors: [error] };
const bought = { ...done, media_buy_id: 'mb', confirmed_at: '2027-01-01T00:00:00Z', revision: 1, packages: [] };
const remembering = (idempotency: object) => ({ major_versions: [3], idempotency });
const capabilities = {
  ...done, adcp: remembering({ supported: true, replay_ttl_seconds: 86_400 }), supported_protocols: ['media_buy'],
};
const product = {
  product_id: 'p', name: 'P', description: 'd', delivery_type: 'guaranteed', format_ids: [],
  publisher_properties: [{ publisher_domain: 'pub.example', selection_type: 'all' }],
  pricing_options: [{ pricing_option_id: 'cpm', pricing_model: 'cpm', currency: 'USD', fixed_price: 5 }],
  reporting_capabilities: {
    available_reporting_frequencies: ['daily'], expected_delay_minutes: 0, timezone: 'UTC', supports_webhooks: false,
    available_metrics: [], date_range_support: 'date_range',
  },
};
const products = (change: object) => ({ ...done, cache_scope: 'public', products: [{ ...product, ...change }] });
const priced = (option: object) => products({ pricing_options: [{ pricing_option_id: 'o', currency: 'USD', ...option }] });
const row = { package_id: 'pkg', spend: 0, pricing_model: 'cpm', rate: 5, currency: 'USD' };
const delivery = (change: object) => ({
  ...done, reporting_period: { start: '2027-01-01T00:00:00Z', end: '2027-02-01T00:00:00Z' }, currency: 'USD',
  media_buy_deliveries: [{ media_buy_id: 'mb', status: 'active', totals: { spend: 0 }, by_package: [{ ...row, ...change }] }],
});
const buys = (change: object) => ({ ...done, media_buys: [{
  media_buy_id: 'mb', status: 'pending_start', currency: 'USD', total_budget: 0, confirmed_at: null, revision: 1, packages: [], ...change,
}] });
const day = '2027-01-01T00:00:00Z';
const creative = { creative_id: 'c', name: 'n', status: 'approved', created_date: day, updated_date: day };
const library = (change: object) => ({
  ...done, query_summary: { total_matching: 1, returned: 1 }, pagination: { has_more: false }, creatives: [{ ...creative, ...change }],
});
const call = {
  method: 'POST', endpoint: 'POST https://u.example/x', url: 'https://u.example/x', content_type: 'application/json',
  payload_length: 2, timestamp: '2027-01-01T00:00:00Z',
};
const digest = { attestation_mode: 'digest', payload_digest_sha256: 'a'.repeat(64) };
const traffic = (change: object) => ({
  ...done, success: true, total_count: 1, since_timestamp: '2027-01-01T00:00:00Z', recorded_calls: [{ ...call, ...change }],
});

const ACCEPTED: [WireTask, string, object][] = [
  ['get_adcp_capabilities', 'a seller without idempotency', { ...capabilities, adcp: remembering({ supported: false }) }],
  ['get_adcp_capabilities', 'blocks of protocols to come', { ...capabilities, x_future: { any: 1 }, media_buy: { x_future: 1 } }],
  ['sync_accounts', 'only errors', failed],
  ['sync_accounts', 'a failed item with neither id nor name', { ...done, accounts: [
    { brand: { domain: 'a.example' }, operator: 'Not a domain', action: 'failed', status: 'rejected', errors: [error] },
  ] }],
  ['get_products', 'nothing new', { ...done, unchanged: true, wholesale_feed_version: 'v1', cache_scope: 'account' }],
  ['get_products', 'a failure', failed],
  ['get_products', 'an empty list', { ...done, products: [], cache_scope: 'public' }],
  ['get_products', 'both prices on one option', priced({ pricing_model: 'cpm', fixed_price: 1, floor_price: 1 })],
  ['get_products', 'a floor of no meaning', priced({ pricing_model: 'cpa', event_type: 'purchase', fixed_price: 1, floor_price: 'none' })],
  ['create_media_buy', 'a buy not confirmed yet', { ...bought, confirmed_at: null, media_buy_status: 'pending_start' }],
  ['create_media_buy', 'a task', { status: 'submitted', task_id: 't', errors: [error] }],
  ['update_media_buy', 'an open date', { ...done, media_buy_id: 'mb', revision: 2, implementation_date: null }],
  ['get_media_buys', 'members beside the named ones', buys({ packages: [{ package_id: 'p', pricing_option_id: 7 }] })],
  ['get_media_buy_delivery', 'a rate that is not known', delivery({ completion_rate: null, quartile_data: null })],
  ['get_media_buy_delivery', 'a reach with its unit', delivery({ reach: 3, reach_unit: 'devices' })],
  ['sync_creatives', 'a failed item', { ...done, creatives: [{ creative_id: 'c', action: 'failed', errors: [error] }] }],
  ['list_creatives', 'a canonical kind', library({ format_kind: 'image', assets: { main: [{ asset_type: 'text', content: '' }] } })],
  ['sync_audiences', 'a task', { status: 'submitted', task_id: 't' }],
  ['comply_test_controller', 'a seed', { ...done, success: true }],
  ['comply_test_controller', 'a refusal in no state', { status: 'failed', success: false, error: 'NOT_FOUND', current_state: null }],
  ['comply_test_controller', 'a payload in the clear', traffic({ attestation_mode: 'raw', payload: { any: 1 } })],
  ['comply_test_controller', 'a payload as a digest', traffic(digest)],
];

const REFUSED: [WireTask, string, object][] = [
  ['get_adcp_capabilities', 'a memory of no length', { ...capabilities, adcp: remembering({ supported: true }) }],
  ['get_adcp_capabilities', 'no status', { ...capabilities, status: undefined }],
  ['get_adcp_capabilities', 'a second status', { ...capabilities, task_status: 'completed' }],
  ['list_accounts', 'only errors', failed],
  ['sync_accounts', 'accounts beside errors', { ...done, accounts: [], errors: [error] }],
  ['get_products', 'no cache scope', { ...done, products: [] }],
  ['get_products', 'products that have not changed', { ...products({}), unchanged: true, wholesale_feed_version: 'v' }],
  ['get_products', 'a product of no format', products({ format_ids: undefined })],
  ['get_products', 'a channel that is none', products({ channels: ['video'] })],
  ['get_products', 'a cpa option without an event', priced({ pricing_model: 'cpa', fixed_price: 1 })],
  ['get_products', 'signals that may not be targeted', products({ signal_targeting_rules: {} })],
  ['get_products', 'a selection of nothing', products({ publisher_properties: [{ publisher_domain: 'p.io', selection_type: 'by_id' }] })],
  ['create_media_buy', 'success beside errors', { ...bought, errors: [] }],
  ['create_media_buy', 'an active buy that is not confirmed', { ...bought, confirmed_at: null, media_buy_status: 'active' }],
  ['create_media_buy', 'a lifecycle in the place of the call', { ...bought, status: 'pending_start' }],
  ['create_media_buy', 'a task that is already a buy', { status: 'submitted', task_id: 't', media_buy_id: 'mb' }],
  ['create_media_buy', 'a task without its id', { status: 'submitted', errors: [error] }],
  ['get_media_buys', 'a status that is none', buys({ status: 'running' })],
  ['get_media_buys', 'no budget', buys({ total_budget: undefined })],
  ['get_media_buy_delivery', 'a reach of unknown things', delivery({ reach: 3 })],
  ['get_media_buy_delivery', 'a window of no length', delivery({ reach: 3, reach_unit: 'devices', reach_window: { kind: 'rolling' } })],
  ['get_media_buy_delivery', 'money as text', delivery({ spend: '5.00' })],
  ['sync_creatives', 'the status of one that is gone', { ...done, creatives: [{ creative_id: 'c', action: 'deleted', status: 'approved' }] }],
  ['list_creatives', 'two formats', library({ format_kind: 'image', format_id: { agent_url: 'https://a.example', id: 'x' } })],
  ['list_creatives', 'a page of unknown end', { ...library({ format_kind: 'image' }), pagination: {} }],
  ['log_event', 'more quality than there is', { ...done, events_received: 1, events_processed: 1, match_quality: 2 }],
  ['comply_test_controller', 'two answers in one', { ...done, success: true, scenarios: [], simulated: {} }],
  ['comply_test_controller', 'a digest that shows the payload', traffic({ ...digest, payload: {} })],
];

const plain = (document: object): unknown => JSON.parse(JSON.stringify(document));

describe.skipIf(!here)('both sets of schemas', () => {
  test.each(ACCEPTED)('accept as %s: %s', (task, _, document) => {
    const { response } = SHAPES[task].ref;
    expect(officialSchemas().validate(response, plain(document))).toEqual([]);
    expect(publishedCatalogue().validate(response, plain(document))).toEqual([]);
  });

  test.each(REFUSED)('refuse as %s: %s', (task, _, document) => {
    const { response } = SHAPES[task].ref;
    expect(officialSchemas().validate(response, plain(document))).not.toEqual([]);
    expect(publishedCatalogue().validate(response, plain(document))).not.toEqual([]);
  });
});
