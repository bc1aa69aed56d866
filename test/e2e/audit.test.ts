import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chained, type AuditRow } from '../../src/store/audit-chain.ts';
import { verifyAudit } from '../../src/store/sqlite/audit-trail.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller } from '../support/seller.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-audit-'));
const data = join(folder, 'data');
const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
let media_buy_id: string;

beforeAll(async () => {
  const seller = await startSeller({ data });
  const call = toolCaller(seller.url, seller.token);
  const buy = () => call('create_media_buy', {
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
  });
  const bought = await Promise.all(Array.from({ length: 5 }, buy));
  media_buy_id = bought[0]!.document['media_buy_id'] as string;
  await adwright(['key', 'create', '--principal', 'northlight', '--data', data]);
  await call('update_media_buy', { idempotency_key: randomUUID(), account: ACCOUNT, media_buy_id, paused: true });
  await seller.close();
}, 30_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const audit = (...args: readonly string[]) => adwright(['audit', ...args, '--data', data]);

test('lists what buyers and operators did, newest first, and what was done to one thing', async () => {
  const acts = (await audit('list', '--json')).stdout.trim().split('\n').map((line) => JSON.parse(line) as { seq: number; principal_id: string; task: string });
  expect(acts.map(({ task }) => task).filter((task) => ['create_media_buy', 'update_media_buy', 'key.create'].includes(task)))
    .toEqual(['update_media_buy', 'key.create', ...Array.from({ length: 5 }, () => 'create_media_buy')]);
  expect(acts.map(({ seq }) => seq)).toEqual(acts.map(({ seq }) => seq).toSorted((a, b) => b - a));
  expect((await audit('list', '--principal', 'operator')).stdout).toMatch(/^ENTRY +AT +BY +WHAT +TOUCHED\n\d+ +\S+Z +operator +key\.create +api_key:key_\w+ principal:northlight\n$/);
  expect((await audit('list', '--about', `media_buy:${media_buy_id}`)).stdout.trim().split('\n').slice(1).map((line) => line.split(/ +/)[3])).toEqual(['update_media_buy', 'create_media_buy']);
});

test('finds the trail whole, and a head that was noted still in it after more was done', async () => {
  const first = await audit('verify');
  const [, entries, head] = /^(\d+) entries, whole\nhead ([0-9a-f]{64})\n$/.exec(first.stdout)!;
  await adwright(['key', 'create', '--principal', 'other', '--data', data]);
  expect((await audit('verify', '--head', head!)).stdout).toMatch(new RegExp(`^${Number(entries) + 1} entries, whole\n`));
  expect(await audit('verify', '--head', 'f'.repeat(64))).toMatchObject({ code: 1, stderr: expect.stringMatching(/none has that hash/) });
});

const tampered = (sql: string): string => {
  const copy = join(mkdtempSync(join(folder, 'tampered-')), 'adwright.sqlite');
  mkdirSync(join(copy, '..'), { recursive: true });
  copyFileSync(join(data, 'adwright.sqlite'), copy);
  const store = new Database(copy);
  store.exec(sql);
  store.close();
  return copy;
};

test.each([
  ['changed', "UPDATE audit SET principal_id = 'nobody' WHERE seq = 3", { kind: 'broken', seq: 3, reason: 'changed' }],
  ['with another subject', "UPDATE audit SET subjects = '[]' WHERE seq = 2", { kind: 'broken', seq: 2, reason: 'changed' }],
  ['taken out', 'DELETE FROM audit WHERE seq = 3', { kind: 'broken', seq: 3, reason: 'missing' }],
  ['moved', 'UPDATE audit SET seq = seq + 1000 WHERE seq = 4', { kind: 'broken', seq: 4, reason: 'missing' }],
  ['without its hash', 'UPDATE audit SET hash = NULL WHERE seq = 3', { kind: 'broken', seq: 3, reason: 'unchained' }],
])('an entry that is %s shows', (_how, sql, verdict) => {
  expect(verifyAudit(tampered(sql))).toEqual(verdict);
});

test('an entry that was changed together with its own hash shows at the one behind it', () => {
  const copy = tampered("UPDATE audit SET principal_id = 'nobody' WHERE seq = 3");
  const store = new Database(copy);
  const row = (seq: number) => store.prepare('SELECT seq, at, principal_id, account_id, task, subjects, hash FROM audit WHERE seq = ?').get(seq) as AuditRow;
  store.prepare('UPDATE audit SET hash = ? WHERE seq = 3').run(chained(row(2).hash!, row(3)));
  store.close();
  expect(verifyAudit(copy)).toEqual({ kind: 'broken', seq: 4, reason: 'changed' });
});

test('entries that are taken off the end show against a head that was noted', () => {
  const whole = verifyAudit(join(data, 'adwright.sqlite'));
  const head = (whole as { head: string }).head;
  const shorter = tampered('DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)');
  expect(verifyAudit(shorter).kind).toBe('whole');
  expect(verifyAudit(shorter, head).kind).toBe('head_lost');
});
