import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { trainingSandbox } from '../../src/main/sandbox.ts';
import { serve, type Running } from '../../src/main/serve.ts';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { webhookReceiver, type Receiver } from '../support/receiver.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const data = mkdtempSync(join(tmpdir(), 'adwright-observe-'));
const lines: Record<string, unknown>[] = [];
const log = pino({ level: 'info', base: undefined }, new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>); done(); } }));

let seller: Running;
let receiver: Receiver;
let call: Tool;
beforeAll(async () => {
  receiver = await webhookReceiver();
  const { config } = loadConfig({ data, port: '0', sandbox: true }, {});
  seller = await serve({ config: { ...config, metrics: { port: 0 } }, log, sandbox: trainingSandbox() });
  call = toolCaller(seller.local_url, seller.demo_token);
});
afterAll(async () => {
  await seller.close();
  await receiver.close();
  rmSync(data, { recursive: true, force: true });
});

const at = (path: string) => fetch(new URL(path, seller.local_url));
const figures = async () => (await fetch(seller.metrics_url!)).text();

test('says that it lives, and that traffic may come', async () => {
  for (const [path, status] of [['/healthz', 'alive'], ['/readyz', 'ready']]) {
    const response = await at(path!);
    expect([response.status, response.headers.get('cache-control'), await response.json()]).toEqual([200, 'no-store', { status }]);
  }
});

test('counts and times calls by task and outcome, and writes a line a call without what was asked', async () => {
  await call('list_accounts', {});
  await call('get_media_buys', { media_buy_ids: 'not-a-list' });
  await call('sell_everything', {});
  const page = await figures();
  expect(page).toMatch(/^adwright_calls_total\{task="list_accounts",outcome="ok"\} 1$/m);
  expect(page).toMatch(/^adwright_calls_total\{task="get_media_buys",outcome="INVALID_REQUEST"\} 1$/m);
  expect(page).toMatch(/^adwright_call_seconds_count\{task="list_accounts"\} 1$/m);
  expect(page).not.toContain('sell_everything');
  expect(page).toMatch(/^process_resident_memory_bytes \d+$/m);
  const said = lines.filter(({ msg }) => msg === 'call');
  expect(said[0]).toMatchObject({ task: 'list_accounts', outcome: 'ok', principal_id: expect.any(String), milliseconds: expect.any(Number) });
  expect(JSON.stringify(said)).not.toContain('not-a-list');
});

test('counts requests that did not become calls', async () => {
  await toolCaller(seller.local_url, undefined)('list_accounts', {});
  await fetch(seller.local_url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' });
  const page = await figures();
  expect(page).toMatch(/^adwright_http_turned_away_total\{status="401"\} 1$/m);
  expect(page).toMatch(/^adwright_http_turned_away_total\{status="400"\} 1$/m);
});

test('counts webhooks, jobs and what goes to platforms by what came of them', async () => {
  await call('create_media_buy', {
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
    push_notification_config: { url: `${receiver.origin}/told` },
  });
  await receiver.arrived(1);
  await expect.poll(figures).toMatch(/^adwright_jobs_total\{kind="deliver_webhook",outcome="done"\} 1$/m);
  const page = await figures();
  expect(page).toMatch(/^adwright_webhook_attempts_total\{status="204"\} 1$/m);
  expect(page).toMatch(/^adwright_upstream_requests_total\{status="20\d"\} [1-9]/m);
  expect(page).toMatch(/^# TYPE adwright_jobs_waiting gauge$/m);
});

test('figures are on a port of their own, and nowhere else', async () => {
  expect((await at('/metrics')).status).toBe(404);
  expect((await fetch(new URL('/mcp', seller.metrics_url))).status).toBe(404);
});
