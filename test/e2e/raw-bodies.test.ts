/**
 * Bodies with wrong bytes, over HTTP, against the seller in a process of its own: it answers each in time and in form, never breaks, does not
 * grow, and what it refuses leaves its store as it was. `npm run fuzz` sends more (`RAW_RUNS`) and begins elsewhere (`WIRE_SEED`).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chanceFrom, mutatedBytes } from '../support/byte-mutants.ts';
import { spawnSeller, type SellerProcess } from '../support/process.ts';
import { aroundRefusals, storeDigest } from '../support/store-digest.ts';

const RUNS = Number(process.env['RAW_RUNS'] ?? 600);
const SEED = Number(process.env['WIRE_SEED'] ?? 31_319);
/** Sent at a time. */
const LINES = 8;
const HANG_MS = 10_000;
const SAY = 20_000;

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
/** Each body is another call: an eight-digit number takes the place of the zeros. */
const key = 'raw-bodies-00000000';
const CLASSES = {
  reads: [
    ['get_products', { buying_mode: 'brief', brief: 'video for hikers', account: ACCOUNT, filters: { channels: ['display'] }, context: { correlation_id: 'c' } }],
    ['get_media_buys', { account: ACCOUNT, pagination: { max_results: 2 }, status_filter: ['active'] }],
    ['get_media_buy_delivery', { account: ACCOUNT, start_date: '2026-03-01', end_date: '2026-04-01' }],
    ['list_creatives', { account: ACCOUNT, filters: { statuses: ['approved'] } }],
  ],
  writes: [
    ['sync_event_sources', { idempotency_key: key, account: ACCOUNT, event_sources: [{ event_source_id: 'site', name: 'Site', event_types: ['purchase'] }] }],
    ['create_media_buy', { idempotency_key: key, account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }] }],
    ['sync_audiences', { idempotency_key: key, account: ACCOUNT, audiences: [{ audience_id: 'loyal', add: [{ external_id: 'one', hashed_email: 'a'.repeat(64) }] }] }],
    ['log_event', { idempotency_key: key, account: ACCOUNT, event_source_id: 'site', events: [{ event_id: 'e1', event_type: 'purchase', event_time: new Date().toISOString(), action_source: 'website', custom_data: { value: 12.5, currency: 'USD' } }] }],
  ],
} as const;

const data = mkdtempSync(join(tmpdir(), 'adwright-raw-'));
const file = join(data, 'adwright.sqlite');
let seller: SellerProcess;
let pool: Pool;
beforeAll(async () => {
  seller = await spawnSeller(data);
  pool = new Pool(new URL(seller.url).origin, { connections: LINES, pipelining: 1, headersTimeout: HANG_MS, bodyTimeout: HANG_MS });
});
afterAll(async () => {
  await pool.close();
  await seller.end('SIGTERM');
  rmSync(data, { recursive: true, force: true });
});

/** What may come of any body: an answer, or a refusal that says why. 503 is for a server that is asked too much, which this one is not. */
const STATUSES = new Set([200, 202, 400, 401, 413]);

async function send(body: Buffer): Promise<{ readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: `Bearer ${seller.token}` };
  const { statusCode, body: answer } = await pool.request({ method: 'POST', path: '/mcp', headers, body });
  return { status: statusCode, text: await answer.text() };
}

/** Whether it was refused. @throws Error for an answer that no body should get */
async function refuses(body: Buffer): Promise<boolean> {
  const { status, text } = await send(body);
  const told = (what: string) => new Error(`${what}: HTTP ${status} ${text.slice(0, 500)} to ${JSON.stringify(body.toString('latin1').slice(0, 2000))}`);
  if (!STATUSES.has(status)) throw told('an unexpected status');
  const { result, error } = (text === '' ? {} : JSON.parse(text)) as { result?: { isError?: boolean; structuredContent?: { adcp_error?: { code?: string } } }; error?: { code: number } };
  const code = result?.structuredContent?.adcp_error?.code;
  if (code === 'SERVICE_UNAVAILABLE' || error?.code === -32603) throw told('a failure');
  return error !== undefined || result?.isError === true;
}

const residentBytes = (): number => Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${seller.child.pid}/status`, 'utf8'))?.[1]) * 1024;

test.each(Object.keys(CLASSES) as (keyof typeof CLASSES)[])('%s whose bytes are wrong are answered in form, and what is refused changes nothing', { timeout: 30_000 + RUNS * 20 }, async (kind) => {
  const valid = CLASSES[kind].map(([name, request]) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: request } }));
  let sent = 0;
  const next = (): Buffer => Buffer.from(valid[sent % valid.length]!.replace('00000000', String((sent += 1)).padStart(8, '0')));
  const before = storeDigest(file);
  for (const good of valid.map(next)) expect([good.toString(), await refuses(good)]).toEqual([good.toString(), false]);
  // A search by brief drafts plans, so that a read may change something, too.
  expect([kind, storeDigest(file) === before]).not.toEqual(['writes', true]);

  const chance = chanceFrom(SEED);
  const refused: Buffer[] = [];
  const sizes: number[] = [];
  await Promise.all(Array.from({ length: LINES }, async () => {
    for (let body = mutatedBytes(next(), chance); sent <= RUNS + valid.length; body = mutatedBytes(next(), chance)) {
      if ((await refuses(body)) && refused.length < 5_000) refused.push(body);
      if (sent % SAY === 0) process.stderr.write(`${kind}: ${sent} bodies\n`);
      if (sent % Math.ceil(RUNS / 10) === 0) sizes.push(residentBytes());
    }
  }));
  expect(refused.length).toBeGreaterThan(RUNS / 4 > 5_000 ? 4_999 : RUNS / 4);
  const { refusals, before: then, after } = await aroundRefusals(refused, refuses, () => setTimeout(500), file);
  expect([refusals > 0, after]).toEqual([true, then]);
  // Short runs end while a new process still warms up.
  expect(sizes.at(-1)! / sizes[Math.floor(sizes.length / 2)]!).toBeLessThan(RUNS >= 20_000 ? 1.25 : 2);
});
