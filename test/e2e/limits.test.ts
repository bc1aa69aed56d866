/** What the seller refuses because it is too much: of one caller, of one address, of all. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withSettings, USUAL_LIMITS, type LimitSettings } from '../../src/config/limits.ts';
import { ADCP_EXTENSION } from '../../src/a2a/agent-card.ts';
import { rawCall, rawClient } from '../support/raw-client.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const CONTEXT = { correlation_id: 'mine' };
const limited = (limits: LimitSettings): Promise<TestSeller> => startSeller({ config: { limits: withSettings(USUAL_LIMITS, limits) } });

interface Said {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly result?: { readonly structuredContent: Json; readonly isError?: boolean }; readonly error?: { readonly code: number; readonly data?: Json } };
}
type Json = Record<string, unknown> & { readonly adcp_error?: { readonly code: string; readonly retry_after: number } };

async function post(seller: TestSeller, path: string, message: object, headers: Record<string, string> = {}): Promise<Said> {
  const response = await fetch(new URL(path, seller.url), {
    method: 'POST', body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }), headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Said['body'] };
}
const call = (seller: TestSeller, task: string, request: object, headers: Record<string, string> = {}) => post(seller, '/mcp', { method: 'tools/call', params: { name: task, arguments: request } }, headers);
const signedIn = (seller: TestSeller) => ({ authorization: `Bearer ${seller.token}` });

describe('one caller who calls too fast', () => {
  let seller: TestSeller;
  beforeAll(async () => { seller = await limited({ calls: { per_second: 0.01, burst: 3 } }); });
  afterAll(() => seller.close());

  test('is refused RATE_LIMITED over MCP and A2A in the envelope of AdCP, and with HTTP 429 where there is no call', async () => {
    for (let n = 0; n < 3; n += 1) expect((await call(seller, 'list_accounts', {}, signedIn(seller))).body.result?.isError).toBeUndefined();
    const { status, body } = await call(seller, 'list_accounts', { context: CONTEXT }, signedIn(seller));
    const refusal = { code: 'RATE_LIMITED', recovery: 'transient', retry_after: 100, details: { limit: 0.01, remaining: 0, window_seconds: 1, scope: 'global' } };
    expect([status, body.result?.isError]).toEqual([200, true]);
    expect(body.result?.structuredContent).toMatchObject({ status: 'failed', context: CONTEXT, adcp_error: refusal, errors: [refusal] });

    const message = { messageId: '1', role: 'ROLE_USER', parts: [{ data: { skill: 'list_accounts', input: { context: CONTEXT } } }] };
    const a2a = await post(seller, '/a2a', { method: 'SendMessage', params: { message } }, { ...signedIn(seller), 'a2a-version': '1.0', 'a2a-extensions': ADCP_EXTENSION });
    expect(a2a.body).toMatchObject({ result: { task: { status: { state: 'TASK_STATE_FAILED' }, artifacts: [{ parts: [{ data: { adcp_error: refusal, context: CONTEXT } }] }] } } });

    const listing = await post(seller, '/mcp', { method: 'tools/list', params: {} }, signedIn(seller));
    expect([listing.status, listing.headers.get('retry-after')]).toEqual([429, '100']);
    expect(listing.body.error).toMatchObject({ code: -32029, data: { code: 'RATE_LIMITED', recovery: 'transient', retry_after: 100 } });
    expect((await call(seller, 'list_accounts', {}, { authorization: 'Bearer demo-somebody-else-v1' })).body.result?.isError).toBeUndefined();
  });
});

test('one caller with too many calls at a time is refused RATE_LIMITED, and nothing of what is refused is done', async () => {
  const seller = await limited({ calls: { at_once: 2 } });
  const order = () => ({
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
  });
  await call(seller, 'create_media_buy', order(), signedIn(seller));
  const client = await rawClient(seller.url);
  client.socket.write(Array.from({ length: 40 }, () => rawCall(seller.token, 'create_media_buy', order())).join(''));
  const answers = await client.until(/"jsonrpc":"2.0","id":1\}/, 40);
  client.socket.destroy();
  const refusals = [...answers.matchAll(/"structuredContent":.*?"adcp_error":\{"code":"(\w+)"/g)].map(([, code]) => code);
  expect(refusals.length).toBeGreaterThan(0);
  expect([...new Set(refusals)]).toEqual(['RATE_LIMITED']);
  const { body } = await call(seller, 'get_media_buys', { account: ACCOUNT }, signedIn(seller));
  expect(body.result?.structuredContent['pagination']).toMatchObject({ total_count: 41 - refusals.length });
  await seller.close();
});

describe('an address from which too much comes', () => {
  let seller: TestSeller;
  beforeAll(async () => { seller = await limited({ strangers: { per_second: 0.01, burst: 2 }, wrong_credentials: { per_second: 0.01, burst: 2 } }); });
  afterAll(() => seller.close());
  const from = (address: string) => ({ 'x-forwarded-for': address });

  test('without credentials is refused with HTTP 429, while others, callers who sign in, and health go on', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await call(seller, 'get_adcp_capabilities', {}, from('203.0.113.1'))).status);
    expect(statuses).toEqual([200, 200, 429]);
    const refused = await call(seller, 'get_adcp_capabilities', {}, from('203.0.113.1'));
    expect([refused.headers.get('retry-after'), refused.body.error]).toMatchObject(['100', { code: -32029, data: { code: 'RATE_LIMITED', retry_after: 100 } }]);
    expect((await fetch(new URL('/.well-known/agent-card.json', seller.url), { headers: from('203.0.113.1') })).status).toBe(429);
    expect((await fetch(new URL('/healthz', seller.url), { headers: from('203.0.113.1') })).status).toBe(200);
    expect((await call(seller, 'get_adcp_capabilities', {}, from('203.0.113.2'))).status).toBe(200);
    expect((await call(seller, 'list_accounts', {}, { ...from('203.0.113.1'), ...signedIn(seller) })).status).toBe(200);
  });

  test('with wrong credentials is refused before they are looked at, while others sign in', async () => {
    const statuses: number[] = [];
    for (const token of ['wrong', 'also-wrong', 'wrong-again', seller.token])
      statuses.push((await call(seller, 'list_accounts', {}, { ...from('198.51.100.9'), authorization: `Bearer ${token}` })).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
    expect((await call(seller, 'list_accounts', {}, { ...from('198.51.100.10'), ...signedIn(seller) })).status).toBe(200);
  });

  test('may send only a small body as long as nobody knows who it is', async () => {
    const body = { context: { pad: 'x'.repeat(1024 * 1024) } };
    expect((await call(seller, 'get_adcp_capabilities', body, from('203.0.113.77'))).status).toBe(413);
    expect((await call(seller, 'get_adcp_capabilities', body, signedIn(seller))).status).toBe(200);
  });
});

test('every answer has a correlation id in its header, the caller\'s own when it gave one', async () => {
  const seller = await limited({ strangers: { per_second: 0.01, burst: 3 } });
  const id = async (answer: Promise<{ readonly headers: Headers }>) => (await answer).headers.get('x-correlation-id');
  const ours = /^cor_[0-9a-f]{24}$/;
  expect(await id(call(seller, 'list_accounts', {}, signedIn(seller)))).toMatch(ours);
  expect(await id(call(seller, 'list_accounts', {}))).toMatch(ours);
  expect(await id(call(seller, 'list_accounts', { context: 7 }, signedIn(seller)))).toMatch(ours);
  expect(await id(post(seller, '/mcp', { method: 'tools/list', params: {} }, signedIn(seller)))).toMatch(ours);
  expect(await id(call(seller, 'list_accounts', {}, { ...signedIn(seller), 'x-correlation-id': 'order-7:retry.2' }))).toBe('order-7:retry.2');
  expect(await id(call(seller, 'list_accounts', {}, { ...signedIn(seller), 'x-correlation-id': 'two words' }))).toMatch(ours);
  await seller.close();
});
