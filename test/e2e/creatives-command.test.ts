import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { storyboard } from '../support/judge.ts';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const REVIEW = { creatives: { formats: ['display_300x250'], products: ['test-product'] }, approve_after_seconds: 3_600 };
const data = mkdtempSync(join(tmpdir(), 'adwright-creatives-'));
const config = join(data, 'adwright.json');

let seller: TestSeller;
let call: Tool;
beforeAll(async () => {
  writeFileSync(config, JSON.stringify({ data, review: REVIEW }));
  seller = await startSeller({ data, config: { review: REVIEW } });
  call = toolCaller(seller.url, seller.token);
});
afterAll(async () => {
  await seller.close();
  rmSync(data, { recursive: true, force: true });
});
const run = (...args: readonly string[]) => adwright(['creatives', ...args, '--config', config]);

async function sync(creative_id: string, id = 'display_300x250') {
  const assets = { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 } };
  const creatives = [{ creative_id, name: `Banner ${creative_id}`, format_id: { agent_url: 'https://formats.example', id }, assets }];
  const { document } = await call('sync_creatives', { idempotency_key: randomUUID(), account: ACCOUNT, creatives });
  return (document as { creatives: { status: string }[] }).creatives[0]!.status;
}
async function statusOf(creative_id: string) {
  const { document } = await call('list_creatives', { account: ACCOUNT, filters: { creative_ids: [creative_id] }, include_purged: true });
  return (document as { creatives: { status: string; purge?: { reason_code: string } }[] }).creatives.map(({ status, purge }) => purge?.reason_code ?? status).join();
}
async function buyOf(media_buy_id: string) {
  const { document } = await call('get_media_buys', { account: ACCOUNT, media_buy_ids: [media_buy_id] });
  const { status, packages } = (document as { media_buys: { status: string; packages: { creative_approvals?: object[] }[] }[] }).media_buys[0]!;
  return [status, packages[0]!.creative_approvals];
}

test('an operator lets a creative into the library, then onto a package, and takes it off again with a reason', async () => {
  expect(await sync('spring')).toBe('pending_review');
  const { document } = await call('create_media_buy', {
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000, creative_assignments: [{ creative_id: 'spring' }] }],
  });
  const { media_buy_id, packages } = document as { media_buy_id: string; packages: { package_id: string }[] };
  const { package_id } = packages[0]!;
  expect((await run('list')).stdout).toMatch(/^CREATIVE +ON PACKAGE +STATUS.*\nspring +pending_review .*Banner spring\n$/);

  expect(await run('approve', 'spring')).toMatchObject({ code: 0, stdout: 'creative spring is approved; a running server acts at once, one that is not running when it starts\n' });
  await expect.poll(() => statusOf('spring'), { timeout: 5_000 }).toBe('approved');
  expect(await buyOf(media_buy_id)).toEqual(['pending_creatives', [{ creative_id: 'spring', approval_status: 'pending_review' }]]);
  expect((await run('list')).stdout).toMatch(new RegExp(`\nspring +${package_id} +pending_review `));

  expect(await run('approve', 'spring', '--package', package_id)).toMatchObject({ code: 0 });
  await expect.poll(() => buyOf(media_buy_id), { timeout: 5_000 }).toEqual(['active', [{ creative_id: 'spring', approval_status: 'approved' }]]);
  expect((await run('list')).stdout).toBe('nothing waits\n');
  expect((await run('show', 'spring')).stdout).toMatch(new RegExp(`status +approved\n[^]*on packages\n  ${package_id} of ${media_buy_id}: approved\n[^]*"url": "https://cdn.example/a.png"`));

  expect(await run('reject', 'spring', '--package', package_id, '--reason', 'Not beside this story.')).toMatchObject({ code: 0 });
  await expect.poll(() => buyOf(media_buy_id), { timeout: 5_000 }).toEqual(['active', [{ creative_id: 'spring', approval_status: 'rejected', rejection_reason: 'Not beside this story.' }]]);
}, 60_000);

test('destroys one, and leaves a tombstone', async () => {
  expect(await sync('native', 'native_post')).toBe('approved');
  expect(await run('purge', 'native', '--reason', 'takedown_request', '--detail', 'A court said so.')).toMatchObject({ code: 0 });
  await expect.poll(() => statusOf('native'), { timeout: 5_000 }).toBe('takedown_request');
}, 30_000);

test.each([
  [['show', 'none'], 1, 'there is no creative "none"'],
  [['approve', 'spring', '--package', 'pkg_none'], 1, 'creative "spring" is on no package "pkg_none"'],
  [['approve', 'spring'], 1, 'creative "spring" is approved: it cannot be approved'],
  [['reject', 'spring'], 2, "required option '--reason <text>' not specified"],
  [['purge', 'spring', '--reason', 'boredom'], 2, 'Allowed choices are review_passed'],
  [['purge', 'spring', '--reason', 'legal_erasure'], 1, 'a purge for legal_erasure is hard'],
])('%j is refused with a sentence', async (args, code, words) => {
  const refused = await run(...args);
  expect([refused.code, refused.stderr]).toEqual([code, expect.stringContaining(words)]);
}, 20_000);

test('help shows examples and exit codes', async () => {
  const { code, stdout } = await adwright(['creatives', '--help']);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/Examples:[^]*adwright creatives reject[^]*Exit codes: 0 done, 1 failed, 2 wrong usage/)]);
});

test('the judge finds that people look at creatives, as declared', async () => {
  const all = await startSeller({ config: { review: { creatives: 'all', approve_after_seconds: 3_600 } } });
  const { code, out } = await storyboard(['run', all.url, '--token', all.token, '--select', 'media_buy_seller/creatives_reviewed', '--allow-private'], { cwd: join(import.meta.dirname, '..', '..') });
  expect([code, /verdict +(\S+):/.exec(out)?.[1], /(\d+) skipped/.exec(out)?.[1]]).toEqual([0, 'CONFORMS', '0']);
  expect(all.violations).toEqual([]);
  await all.close();
}, 60_000);

test('every answer was as AdCP has it', () => {
  expect(seller.violations).toEqual([]);
});
