import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller } from '../support/seller.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-backup-'));
const data = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const buy = async (call: Tool): Promise<string> => (await call('create_media_buy', {
  idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
  packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
})).document['media_buy_id'] as string;
const bought = async (call: Tool) => ((await call('get_media_buys', { account: ACCOUNT })).document['media_buys'] as { media_buy_id: string }[]).map(({ media_buy_id }) => media_buy_id).toSorted();

test('a copy that is taken while buys come in holds every one that was acknowledged before, and puts them back', async () => {
  const seller = await startSeller({ data });
  const call = toolCaller(seller.url, seller.token);
  const before = await Promise.all(Array.from({ length: 20 }, () => buy(call)));
  const [copied, during] = await Promise.all([
    adwright(['backup', join(folder, 'copy.sqlite'), '--data', data]),
    (async () => { const ids: string[] = []; for (let n = 0; n < 40; n += 1) ids.push(await buy(call)); return ids; })(),
  ]);
  expect([copied.code, copied.stdout]).toEqual([0, expect.stringMatching(/^copied to \S+copy\.sqlite: \d+ pages, migration \d+, sound\n$/)]);
  expect(statSync(join(folder, 'copy.sqlite')).mode & 0o777).toBe(0o600);
  expect((await adwright(['restore', join(folder, 'copy.sqlite'), '--data', data])).stderr).toMatch(/is in use by another process; stop it/);
  await seller.close();

  const restored = await adwright(['restore', join(folder, 'copy.sqlite'), '--data', data]);
  expect(restored.stdout).toMatch(/^restored from \S+: \d+ pages, migration \d+; what was there is \S+adwright\.sqlite\.before-restore\n$/);
  const again = await startSeller({ data });
  const found = await bought(toolCaller(again.url, again.token));
  await again.close();
  expect(found).toEqual(expect.arrayContaining(before));
  expect([...before, ...during]).toEqual(expect.arrayContaining(found));
}, 60_000);

test('nothing is overwritten, and nothing that is no sound store is put in the place of one', async () => {
  const refused = async (...args: readonly string[]) => { const { code, stderr } = await adwright([...args, '--data', data]); return [code, stderr]; };
  expect(await refused('backup', join(folder, 'copy.sqlite'))).toEqual([1, `adwright: ${join(folder, 'copy.sqlite')} exists already; choose another name\n`]);
  writeFileSync(join(folder, 'text.sqlite'), 'no database '.repeat(100));
  expect(await refused('restore', join(folder, 'text.sqlite'))).toEqual([1, `adwright: ${join(folder, 'text.sqlite')} cannot be read as a store: file is not a database\n`]);
  writeFileSync(join(folder, 'empty.sqlite'), '');
  expect(await refused('restore', join(folder, 'empty.sqlite'))).toEqual([1, `adwright: ${join(folder, 'empty.sqlite')} is no store of this program\n`]);
  expect(await refused('restore', join(folder, 'none'))).toEqual([1, `adwright: there is no copy at ${join(folder, 'none')}\n`]);
  const { code, stderr } = await adwright(['backup', join(folder, 'other.sqlite'), '--data', join(folder, 'nowhere')]);
  expect([code, stderr]).toEqual([1, `adwright: there is no store at ${join(folder, 'nowhere', 'adwright.sqlite')}; name the data folder with --data\n`]);
});
