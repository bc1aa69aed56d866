import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const data = mkdtempSync(join(tmpdir(), 'adwright-catalogs-'));

let seller: TestSeller;
let call: Tool;
beforeAll(async () => {
  seller = await startSeller({ data, config: { review: { catalog_items: true } } });
  call = toolCaller(seller.url, seller.token);
});
afterAll(async () => {
  await seller.close();
  rmSync(data, { recursive: true, force: true });
});
const run = (...args: readonly string[]) => adwright(['catalogs', ...args, '--data', data]);
const sync = async (more: object) => (await call('sync_catalogs', { idempotency_key: randomUUID(), account: ACCOUNT, ...more })).document;
const told = async (catalog_id: string) => ((await sync({ catalog_ids: [catalog_id] }))['catalogs'] as Record<string, unknown>[])[0];
const tent = (item_id: string, title: string) => ({ item_id, title, url: 'https://trailandtent.example/', image_url: 'https://trailandtent.example/a.jpg' });

test('an operator beside the running server decides which items are shown, and takes one back', async () => {
  await sync({ catalogs: [{ catalog_id: 'tents', type: 'product', items: [tent('two', 'Tent \u001b[31mfor two'), tent('four', 'Tent for four')] }] });
  expect((await run('list')).stdout).toMatch(/CATALOGUE[^\n]*\ntents +acct_\S+ +product +2 +2 +0 +0 /);
  const listed = (await run('items', 'tents', '--status', 'pending')).stdout;
  expect(listed).toMatch(/two +pending +Tent \uFFFD\[31mfor two/);
  expect(listed).not.toContain('\u001b');
  expect(await run('approve', 'tents', 'two')).toMatchObject({ code: 0, stdout: expect.stringContaining('item two is to be approved') });
  await run('reject', 'tents', 'four', '--reason', 'No fires on the pictures.');
  await expect.poll(() => told('tents'), { timeout: 10_000 }).toMatchObject({ items_approved: 1, items_rejected: 1, items_pending: 0, item_issues: [{ item_id: 'four', status: 'rejected', reasons: ['No fires on the pictures.'] }] });
  await run('withdraw', 'tents', 'two', '--code', 'policy_violation');
  await expect.poll(() => told('tents'), { timeout: 10_000 }).toMatchObject({ items_approved: 0, item_issues: [{ item_id: 'two', status: 'withdrawn' }, { item_id: 'four' }] });
  expect(JSON.parse((await run('items', 'tents', '--status', 'withdrawn', '--json')).stdout)).toMatchObject({ item_id: 'two', decision: { reason_code: 'policy_violation', from: 'approved' } });
}, 60_000);

test('a feed that is slow is fetched behind the answer, over real HTTP, and the task tells what came of it', async () => {
  const body = 'id,title,link,image_link,price\n1,"Tent, small",https://trailandtent.example/1,https://trailandtent.example/1.jpg,99.00 USD\n';
  await call('comply_test_controller', { account: ACCOUNT, scenario: 'seed_catalog_feed', params: { path: '/tents.csv', content_type: 'text/csv', body, delay_ms: 9_500 } });
  const url = 'https://feeds.training.example/tents.csv?token=t0ken-of-the-feed';
  const submitted = await sync({ catalogs: [{ catalog_id: 'fed', type: 'product', url, feed_format: 'google_merchant_center', update_frequency: 'weekly' }] });
  expect(submitted).toMatchObject({ status: 'submitted', task_id: expect.any(String) });
  const task = async () => (await call('get_task_status', { account: ACCOUNT, task_id: submitted['task_id'], include_result: true })).document;
  await expect.poll(task, { timeout: 40_000 }).toMatchObject({ status: 'completed', result: { catalogs: [{ catalog_id: 'fed', action: 'created', item_count: 1, items_pending: 1 }] } });
  expect(await told('fed')).toMatchObject({ item_count: 1, next_fetch_at: expect.any(String) });
  const { stdout } = await run('list', '--json');
  expect(stdout).toContain('"feed_url":"https://feeds.training.example/tents.csv?..."');
  expect(stdout).not.toMatch(/t0ken|sealed/);
  for (const file of readdirSync(data).filter((name) => name.startsWith('adwright.sqlite'))) expect([file, readFileSync(join(data, file)).includes('t0ken-of-the-feed')]).toEqual([file, false]);
}, 60_000);

test('all of it was answered in the shape of the official schemas', () => expect(seller.violations).toEqual([]));

test.each([
  [['items', 'none'], 1, 'there is no catalogue "none"'],
  [['approve', 'tents', 'none'], 1, 'the catalogue has no item "none"'],
  [['reject', 'tents', 'two'], 2, "required option '--reason <text>' not specified"],
  [['withdraw', 'tents', 'two', '--code', 'whim'], 2, 'Allowed choices are policy_violation'],
])('%j is refused with a sentence', async (args, code, words) => {
  const refused = await run(...args);
  expect([refused.code, refused.stderr]).toEqual([code, expect.stringContaining(words)]);
});
