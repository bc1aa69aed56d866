import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listening, type Listening } from '../support/listening.ts';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { BUYER_ACCOUNT, BUYER_KEY, operatorConfig, purchase } from '../support/operator.ts';
import { spawnSeller, type SellerProcess } from '../support/process.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'adwright-stop-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const data = () => join(folder, 'data');

describe('a call under way', () => {
  /** An operator's seller whose next write waits until the test lets go. */
  async function holding(stop_within_seconds: number): Promise<{ readonly seller: SellerProcess; readonly call: Tool; letGo(): void }> {
    const config = operatorConfig(folder);
    writeFileSync(config, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')) as object, stop_within_seconds }));
    const seller = await spawnSeller(data(), ['--no-sandbox', '--config', config]);
    const call = toolCaller(seller.url, BUYER_KEY);
    await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...BUYER_ACCOUNT, billing: 'operator' }] });
    await call('create_media_buy', purchase(randomUUID()));
    const other = new Database(join(data(), 'adwright.sqlite'));
    other.exec('BEGIN IMMEDIATE');
    return { seller, call, letGo() { other.exec('COMMIT'); other.close(); } };
  }

  test.each(['SIGTERM', 'SIGINT'] as const)('is answered after %s, nobody else is let in, and the exit code is 0', async (signal) => {
    const { seller, call, letGo } = await holding(10);
    const answer = call('create_media_buy', purchase(randomUUID()));
    await setTimeout(100);
    const end = seller.end(signal);
    await setTimeout(200);
    await expect(call('get_media_buys', {})).rejects.toThrow('fetch failed');
    letGo();
    expect((await answer).document).toMatchObject({ media_buy_id: expect.any(String) });
    expect(await end).toEqual({ code: 0, signal: null });
  }, 60_000);

  test('is cut off when the time is over, and the exit code says so', async () => {
    const { seller, call, letGo } = await holding(0.5);
    const key = randomUUID();
    const answer = call('create_media_buy', purchase(key)).then(() => 'answered', () => 'cut off');
    await setTimeout(100);
    const begun = performance.now();
    expect(await seller.end('SIGTERM')).toEqual({ code: 3, signal: null });
    expect(performance.now() - begun).toBeLessThan(4_000);
    expect(await answer).toBe('cut off');
    letGo();
  }, 60_000);

  test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('is left alone by a second signal: %s ends the process at once with %i', async (second, code) => {
    const { seller, call, letGo } = await holding(30);
    const answer = call('create_media_buy', purchase(randomUUID())).then(() => 'answered', () => 'cut off');
    await setTimeout(100);
    const end = seller.end('SIGTERM');
    await setTimeout(300);
    seller.child.kill(second);
    letGo();
    expect(await end).toEqual({ code, signal: null });
    await answer;
  }, 60_000);
});

describe('a webhook under way', () => {
  let receiver: Listening;
  let arrived: { readonly text: string; readonly response: ServerResponse }[];
  beforeEach(async () => {
    arrived = [];
    receiver = await listening((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => arrived.push({ text, response }));
    });
  });
  afterEach(() => receiver.close());

  async function owing(stop_within_seconds: number): Promise<SellerProcess> {
    const config = join(folder, 'sandbox.json');
    writeFileSync(config, JSON.stringify({ stop_within_seconds }));
    const seller = await spawnSeller(data(), ['--config', config]);
    const account = { ...BUYER_ACCOUNT, sandbox: true };
    await toolCaller(seller.url, seller.token)('create_media_buy', {
      idempotency_key: randomUUID(), account, brand: account.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
      packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 5000 }], push_notification_config: { url: `${receiver.origin}/hooks`, operation_id: 'op-1' },
    });
    await expect.poll(() => arrived.length, { timeout: 10_000 }).toBe(1);
    return seller;
  }

  test('is waited for, and not sent again', async () => {
    const seller = await owing(10);
    const end = seller.end('SIGTERM');
    await setTimeout(300);
    arrived[0]!.response.writeHead(204).end();
    expect(await end).toEqual({ code: 0, signal: null });
    const next = await spawnSeller(data());
    await setTimeout(1_500);
    expect(arrived).toHaveLength(1);
    await next.end('SIGTERM');
  }, 60_000);

  test('that nobody answers is given back in time, and sent at the next start with the same bytes, as the first attempt', async () => {
    const seller = await owing(1);
    const begun = performance.now();
    expect(await seller.end('SIGTERM')).toEqual({ code: 0, signal: null });
    expect(performance.now() - begun).toBeLessThan(3_000);
    const next = await spawnSeller(data());
    await expect.poll(() => arrived.length, { timeout: 10_000 }).toBe(2);
    expect(arrived[1]!.text).toBe(arrived[0]!.text);
    arrived[1]!.response.writeHead(204).end();
    await next.end('SIGTERM');
    const sql = new Database(join(data(), 'adwright.sqlite'), { readonly: true });
    expect(sql.prepare('SELECT status, (SELECT count(*) FROM webhook_attempts) attempts FROM webhooks').all()).toEqual([{ status: 'delivered', attempts: 1 }]);
    sql.close();
  }, 60_000);
});
