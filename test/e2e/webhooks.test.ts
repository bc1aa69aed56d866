import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PublicJwk } from '../../src/protocol/signatures/keys.ts';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';
import { signatureOf, webhookReceiver, type Receiver } from '../support/receiver.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const official = hasOfficial('that what is posted satisfies AdCP\'s own schemas');

let seller: TestSeller;
let receiver: Receiver;
let call: Tool;
beforeAll(async () => {
  seller = await startSeller({ public_url: 'https://seller.example/mcp' });
  call = toolCaller(seller.url, seller.token);
});
afterAll(() => seller.close());
const receiving = async () => { receiver = await webhookReceiver(); return receiver; };
const fetched = async (path: string) => (await (await fetch(new URL(path, seller.url))).json()) as Record<string, unknown>;

async function order(push: object, more: object = {}) {
  const { document } = await call('get_products', { account: ACCOUNT, buying_mode: 'brief', brief: 'display' });
  const [product] = document['products'] as { product_id: string; pricing_options: { pricing_option_id: string }[] }[];
  return {
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ product_id: product!.product_id, pricing_option_id: product!.pricing_options[0]!.pricing_option_id, budget: 5000 }],
    context: { ref: 'order-1' }, push_notification_config: push, ...more,
  };
}
const expectPayload = (schema: string, body: object) => { if (official) expect(officialSchemas().validate(schema, body)).toEqual([]); };

test('a buy that is confirmed at once is posted as well: whole, signed with a published key, once for all replays', async () => {
  const { origin } = await receiving();
  const request = await order({ url: `${origin}/hooks/1`, operation_id: 'op:7', token: 'a-token-of-the-buyer' });
  const { document } = await call('create_media_buy', request);
  expect((await call('create_media_buy', request)).document['replayed']).toBe(true);

  const [posted] = await receiver.arrived(1);
  expect(posted!.body).toMatchObject({
    operation_id: 'op:7', token: 'a-token-of-the-buyer', task_type: 'create_media_buy', protocol: 'media-buy', status: 'completed', result: document,
  });
  expectPayload('core/mcp-webhook-payload.json', posted!.body);
  expect(posted!.body['idempotency_key']).toMatch(/^[A-Za-z0-9_.:-]{16,255}$/);
  const keys = (await fetched('/.well-known/jwks.json'))['keys'] as PublicJwk[];
  expect(signatureOf(posted!, keys, new Date()).kind).toBe('verified');
  expect(JSON.stringify(keys)).not.toContain('"d"');
  expect(receiver.deliveries).toHaveLength(1);
  await receiver.close();
});

test('who signs is declared, and can be looked up from there', async () => {
  const { document } = await call('get_adcp_capabilities', {});
  expect(document).toMatchObject({
    webhook_signing: { supported: true, profile: 'adcp/webhook-signing/v1', algorithms: ['ed25519'], legacy_hmac_fallback: true },
    identity: { brand_json_url: 'https://seller.example/.well-known/brand.json' },
    media_buy: { reporting_delivery_methods: ['webhook'] },
  });
  const brand = await fetched('/.well-known/brand.json');
  expect(brand).toMatchObject({ agents: ['mcp', 'a2a'].map((path) => ({ url: `https://seller.example/${path}`, jwks_uri: 'https://seller.example/.well-known/jwks.json' })) });
  expectPayload('brand.json', brand);
});

test('a receiver that fails gets the same event again: same key, same bytes, another signature', async () => {
  const { origin, answers } = await receiving();
  answers.push(503, 503);
  await call('create_media_buy', await order({ url: `${origin}/hooks/2`, authentication: { schemes: ['HMAC-SHA256'], credentials: 'a-secret-of-thirty-two-characters' } }));
  const [first, second] = await receiver.arrived(2);
  expect(second!.text).toBe(first!.text);
  expect(second!.headers['x-adcp-signature']).toMatch(/^sha256=[0-9a-f]{64}$/);
  expect(second!.headers['x-adcp-timestamp']).not.toBe(first!.headers['x-adcp-timestamp']);
  await receiver.close();
}, 15_000);

test('a refused call, and a read of the catalogue, are posted nowhere', async () => {
  const { origin } = await receiving();
  const push = { url: `${origin}/hooks/3`, operation_id: 'op' };
  expect((await call('create_media_buy', await order(push, { end_time: '2001-01-01T00:00:00Z' }))).isError).toBe(true);
  const listed = await call('get_products', { account: ACCOUNT, buying_mode: 'wholesale', push_notification_config: push });
  expect(listed.document).not.toHaveProperty('task_id');
  await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...ACCOUNT, billing: 'operator' }], push_notification_config: push });
  const [posted] = await receiver.arrived(1);
  expect(posted!.body['task_type']).toBe('sync_accounts');
  await receiver.close();
});

test('a subscriber that has proven itself is told when the seller suspends a creative', async () => {
  const { origin } = await receiving();
  receiver.say = ({ challenge }) => JSON.stringify({ challenge });
  const subscriber = { subscriber_id: 'primary', url: `${origin}/events`, event_types: ['creative.status_changed', 'creative.purged'] };
  const { document } = await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...ACCOUNT, billing: 'operator', notification_configs: [subscriber] }] });
  expect(document).toMatchObject({ accounts: [{ notification_configs: [{ subscriber_id: 'primary', active: true }] }] });
  const creatives = [{ creative_id: 'tents', name: 'Tents', format_id: { agent_url: 'https://formats.example', id: 'display_300x250' }, assets: { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 } } }];
  await call('sync_creatives', { idempotency_key: randomUUID(), account: ACCOUNT, creatives });
  await call('comply_test_controller', { account: ACCOUNT, scenario: 'force_creative_status', params: { creative_id: 'tents', status: 'suspended', reason_code: 'takedown_request' } });
  const told = (await receiver.arrived(2))[1]!;
  expect(told.body).toMatchObject({ notification_type: 'creative.status_changed', subscriber_id: 'primary', creative_id: 'tents', transition: { from: 'approved', to: 'suspended' }, reason_code: 'takedown_request' });
  expectPayload('creative/creative-status-changed-webhook.json', told.body);
  await receiver.close();
});

test('an order that waits for the desk is confirmed there, and announced', async () => {
  const desk = await startSeller({ config: { review: { buys: 'all', approve_after_seconds: 0.2 } } });
  const ask = toolCaller(desk.url, desk.token);
  const { origin } = await receiving();
  const { document } = await ask('create_media_buy', await order({ url: `${origin}/hooks/4`, operation_id: 'op:9' }));
  expect(document).toMatchObject({ status: 'submitted', task_id: expect.any(String) });
  const [posted] = await receiver.arrived(1);
  expect(posted!.body).toMatchObject({ operation_id: 'op:9', task_id: document['task_id'], status: 'completed', result: { media_buy_id: expect.any(String), context: { ref: 'order-1' } } });
  const polled = await ask('tasks_get', { task_id: document['task_id'], include_result: true });
  expect(polled.document).toMatchObject({ status: 'completed', result: posted!.body['result'] });
  expect(desk.violations).toEqual([]);
  await receiver.close();
  await desk.close();
});

test('answers satisfy the official schemas', () => { expect(seller.violations).toEqual([]); });
