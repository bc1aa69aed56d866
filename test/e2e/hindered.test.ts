import { spawn, type ChildProcess, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import Database from 'better-sqlite3';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/config.ts';
import { trainingSandbox } from '../../src/main/sandbox.ts';
import { serve, type Running } from '../../src/main/serve.ts';
import { systemTime } from '../../src/main/system.ts';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { BUYER_ACCOUNT, BUYER_KEY, operatorConfig, purchase } from '../support/operator.ts';
import { adwright } from '../support/process.ts';

let folder: string;
let lines: Record<string, unknown>[];
let wallOffMs: number;
const running: Running[] = [];
beforeEach(() => { [folder, lines, wallOffMs] = [mkdtempSync(join(tmpdir(), 'adwright-hindered-')), [], 0]; });
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

const time = { ...systemTime, wall: { ...systemTime.wall, now: () => new Date(Date.now() + wallOffMs) } };
const data = () => join(folder, 'data');

/** An operator's seller in this process, with an account to buy for. */
async function started(key = BUYER_KEY): Promise<{ readonly call: Tool; readonly url: string }> {
  const log = pino({ level: 'warn', base: undefined }, new Writable({ write(chunk: Buffer, _encoding, done) { lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>); done(); } }));
  const { config } = loadConfig({ config: operatorConfig(folder), data: data(), port: '0', sandbox: false }, {});
  const seller = await serve({ config, log, sandbox: trainingSandbox(), time });
  running.push(seller);
  const call = toolCaller(seller.local_url, key);
  expect((await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...BUYER_ACCOUNT, billing: 'operator' }] })).isError).toBe(false);
  return { call, url: seller.local_url };
}

const ready = async (url: string) => (await (await fetch(new URL('/readyz', url))).json()) as { readonly status: string; readonly reason?: string };
const said = () => lines.map(({ msg, reason }) => [msg, ...(reason === undefined ? [] : [reason])]);
const HINDERED = 'nothing can be recorded; calls that change something are refused until it can';

function heldByAnother(): () => void {
  const other = new Database(join(data(), 'adwright.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  return () => { other.exec('COMMIT'); other.close(); };
}

test('while another process holds the store, calls that change something are refused with a way out, reads go on, and all is well by itself when it lets go', async () => {
  const { call, url } = await started();
  const letGo = heldByAnother();
  const key = randomUUID();
  const { http, document } = await call('create_media_buy', purchase(key));
  expect([http, document['adcp_error']]).toEqual([200, expect.objectContaining({
    code: 'SERVICE_UNAVAILABLE', recovery: 'transient', message: 'the seller can record nothing now; nothing was changed', retry_after: 5,
    suggestion: 'Repeat the call with the same idempotency key.',
  })]);
  expect(await ready(url)).toEqual({ status: 'not_ready', reason: 'nothing can be recorded: another process holds the store' });
  expect((await call('get_media_buys', {})).document['media_buys']).toEqual([]);
  expect((await call('get_products', { buying_mode: 'wholesale' })).isError).toBe(false);
  await call('create_media_buy', purchase(randomUUID()));
  expect(said()).toEqual([[HINDERED, 'another process holds the store']]);

  letGo();
  await expect.poll(() => ready(url), { timeout: 10_000 }).toEqual({ status: 'ready' });
  const after = await call('create_media_buy', purchase(key));
  expect([after.isError, after.document['replayed']]).toEqual([false, undefined]);
  expect((await call('get_media_buys', {})).document['media_buys']).toHaveLength(1);
  expect(said()).toEqual([[HINDERED, 'another process holds the store'], ['calls are recorded again']]);
}, 60_000);

test('a key that the operator made opens reads while its last use cannot be noted, and is noted later', async () => {
  const made = JSON.parse((await adwright(['key', 'create', '--principal', 'northlight', '--data', data(), '--json'])).stdout) as { key: string };
  const { url } = await started();
  const letGo = heldByAnother();
  const call = toolCaller(url, made.key);
  const begun = performance.now();
  expect((await call('list_accounts', {})).isError).toBe(false);
  // It has not waited for the lock.
  expect(performance.now() - begun).toBeLessThan(1_500);
  letGo();
  wallOffMs += 59_000;
  await expect.poll(() => ready(url), { timeout: 10_000 }).toEqual({ status: 'ready' });
  wallOffMs += 59_000;
  await call('list_accounts', {});
  await expect.poll(async () => (await adwright(['key', 'list', '--data', data(), '--json'])).stdout, { timeout: 10_000 }).toContain('"last_used_at":"');
}, 60_000);

test.each([['backwards by a day', -86_400_000], ['forwards by a year', 365 * 86_400_000]])('a clock that jumps %s refuses what would be written with a wrong time until it is back; reads show the time that was', async (_how, jump) => {
  const { call, url } = await started();
  const key = randomUUID();
  const first = await call('create_media_buy', { ...purchase(key), end_time: new Date(Date.now() + 30 * 86_400_000).toISOString() });
  const shown = async () => ((await call('get_media_buys', {})).document['media_buys'] as { status: string }[]).map(({ status }) => status);
  const before = await shown();

  wallOffMs = jump;
  expect((await call('create_media_buy', purchase(randomUUID()))).document['adcp_error']).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retry_after: 5 });
  expect(await ready(url)).toEqual({ status: 'not_ready', reason: 'nothing can be recorded: the clock of this machine has jumped' });
  expect(await shown()).toEqual(before);
  // A key stays as old as it is.
  expect((await call('create_media_buy', { ...purchase(key), end_time: first.document['end_time'] ?? new Date().toISOString() })).document['adcp_error']).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  expect(said()).toEqual([[HINDERED, 'the clock of this machine has jumped']]);

  wallOffMs = 0;
  expect(await ready(url)).toEqual({ status: 'ready' });
  expect((await call('create_media_buy', purchase(randomUUID()))).isError).toBe(false);
  expect(said().at(-1)).toEqual(['calls are recorded again']);
}, 60_000);

const limitable = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;
if (!limitable && process.env['CI']) throw new Error('these tests need prlimit, of util-linux');
test.skipIf(!limitable)('a disk that fails under the thread that writes refuses, and calls are recorded again when it works', async () => {
  const seller = await withLimitableFiles();
  try {
    const call = toolCaller(seller.url, BUYER_KEY);
    await call('sync_accounts', { idempotency_key: randomUUID(), accounts: [{ ...BUYER_ACCOUNT, billing: 'operator' }] });
    await call('create_media_buy', purchase(randomUUID()));
    // No file may grow beyond this: writing into the log fails as on a disk with bad sectors.
    spawnSync('prlimit', ['--pid', String(seller.child.pid), '--fsize=4096:unlimited']);
    const key = randomUUID();
    expect((await call('create_media_buy', purchase(key))).document['adcp_error']).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'the seller can record nothing now; nothing was changed' });
    expect(await ready(seller.url)).toEqual({ status: 'not_ready', reason: 'nothing can be recorded: the disk of the store fails' });
    expect((await call('get_media_buys', {})).document['media_buys']).toHaveLength(1);
    spawnSync('prlimit', ['--pid', String(seller.child.pid), '--fsize=unlimited:unlimited']);
    await expect.poll(() => ready(seller.url), { timeout: 10_000 }).toEqual({ status: 'ready' });
    expect((await call('create_media_buy', purchase(key))).isError).toBe(false);
    expect((await call('get_media_buys', {})).document['media_buys']).toHaveLength(2);
  } finally {
    seller.child.kill('SIGKILL');
  }
}, 60_000);

/** A process that takes "file too large" as an error instead of dying of it. */
async function withLimitableFiles(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn('env', ['--ignore-signal=XFSZ', process.execPath, join(import.meta.dirname, '..', '..', 'scripts', 'adwright.mjs'),
    'serve', '--no-sandbox', '--config', operatorConfig(folder), '--data', data(), '--port', '0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error(`the seller ended: ${out}`)));
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /MCP +(\S+)\n/.exec((out += chunk.toString()))?.[1];
      if (found) resolve(found);
    });
  });
  return { url, child };
}
