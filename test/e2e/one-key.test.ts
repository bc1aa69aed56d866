/** One key, one order: whichever way a call comes, however often, at once or after a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const ORDER = {
  account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
  packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
};
const EXTENSION = 'https://adcontextprotocol.org/extensions/adcp/v3';

const data = mkdtempSync(join(tmpdir(), 'adwright-one-key-'));
let seller: TestSeller;
beforeAll(async () => { seller = await startSeller({ data }); });
afterAll(async () => {
  await seller.close();
  rmSync(data, { recursive: true, force: true });
});

const overMcp: Tool = (task, request) => toolCaller(seller.url, seller.token)(task, request);

async function overA2a(skill: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const response = await fetch(`${new URL(seller.url).origin}/a2a`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'a2a-version': '1.0', 'a2a-extensions': EXTENSION, authorization: `Bearer ${seller.token}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: { message: { messageId: 'm', role: 'ROLE_USER', parts: [{ data: { skill, input } }] } } }),
  });
  const { result } = (await response.json()) as { result: { task: { artifacts: { parts: { data: Record<string, unknown> }[] }[] } } };
  return result.task.artifacts[0]!.parts[0]!.data;
}

test('an order over MCP is replayed over A2A, and after a restart over both', async () => {
  const order = { ...ORDER, idempotency_key: 'one-key-over-everything', context: { call: 1 } };
  const { document } = await overMcp('create_media_buy', order);
  const again = { ...document, replayed: true };
  expect(await overA2a('create_media_buy', { ...order, context: { call: 2 } })).toEqual({ ...again, context: { call: 2 } });
  await seller.close();
  seller = await startSeller({ data });
  expect((await overMcp('create_media_buy', { ...order, context: { call: 3 } })).document).toEqual({ ...again, context: { call: 3 } });
  expect(await overA2a('create_media_buy', { ...order, context: { call: 4 } })).toEqual({ ...again, context: { call: 4 } });
  expect((await overA2a('create_media_buy', { ...order, end_time: '2099-06-30T00:00:00Z' }))['adcp_error']).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
});

test('twenty calls at once over both make one buy', async () => {
  const order = { ...ORDER, idempotency_key: 'one-key-at-the-same-time' };
  const answers = await Promise.all(Array.from({ length: 20 }, async (_, at) => (at % 2 === 0 ? (await overMcp('create_media_buy', order)).document : overA2a('create_media_buy', order))));
  expect(new Set(answers.map((answer) => answer['media_buy_id'])).size).toBe(1);
  expect(answers.filter((answer) => answer['replayed'] !== true)).toHaveLength(1);
});

test('changes at once to one revision: one is made, the others are told that they came too late', async () => {
  const { document } = await overMcp('create_media_buy', { ...ORDER, idempotency_key: 'one-buy-for-many-changes' });
  const [line] = document['packages'] as { package_id: string }[];
  const changed = await Promise.all(Array.from({ length: 10 }, async (_, at) => {
    const change = {
      account: ACCOUNT, media_buy_id: document['media_buy_id'], revision: 1, idempotency_key: `change-${at}-0123456789`,
      packages: [{ package_id: line!.package_id, budget: 2000 + at }],
    };
    return at % 2 === 0 ? (await overMcp('update_media_buy', change)).document : overA2a('update_media_buy', change);
  }));
  expect(changed.filter((answer) => answer['revision'] === 2)).toHaveLength(1);
  expect(changed.filter((answer) => (answer['adcp_error'] as { code: string } | undefined)?.code === 'CONFLICT')).toHaveLength(9);
});
