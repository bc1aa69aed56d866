import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { storyboardYaml, writeBundle } from '../support/judge.ts';
import { adwright } from '../support/process.ts';

const FLOW = ['--select', 'media_buy_seller/performance_buy_flow'];

test('a lie that a storyboard catches is proven, in a pipe too, and the matrix is there as JSON', async () => {
  const { code, stdout, stderr } = await adwright(['prove', '--only', 'delivery/omits-cpa', ...FLOW, '--json', '-']);
  expect([code, stderr]).toEqual([0, expect.stringContaining('killed    1 / 1')]);
  expect(JSON.parse(stdout)).toMatchObject({
    killed: 1, total: 1, suites: ['ours'],
    lies: [{ name: 'omits-cpa', kind: 'delivery', caught_by: { ours: { 'media_buy_seller/performance_buy_flow': ['media_buy_seller/performance_buy_flow#delivery/get_delivery'] } } }],
  });
}, 120_000);

test('a lie that no storyboard asks about survives, with exit code 1', async () => {
  const { code, stdout } = await adwright(['prove', '--only', 'omits-cpa', '--select', 'media_buy_seller/clicks_buy_flow']);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/delivery\/omits-cpa +- +SURVIVES\n +promise {2}Delivery with conversions[^]*killed {4}0 \/ 1/)]);
}, 120_000);

test('whoever stops it is told that nothing is proven', async () => {
  const child = spawn(process.execPath, ['scripts/adwright.mjs', 'prove', '--only', 'delivery', '--jobs', '2'], { cwd: join(import.meta.dirname, '..', '..'), stdio: ['ignore', 'pipe', 'pipe'] });
  let told = '';
  child.stderr.on('data', (chunk: Buffer) => { told += chunk.toString(); });
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect([await once(child, 'exit'), told]).toEqual([[3, null], expect.stringContaining('stopped; nothing is proven')]);
}, 120_000);

test('a suite that the honest seller does not pass proves nothing', async () => {
  const bundle = writeBundle({ 'compliance/universal/unfair.yaml': storyboardYaml('unfair', '      - { id: ask, task: get_products, validations: [{ check: field_present, path: none }] }\n') });
  const { code, stdout, stderr } = await adwright(['prove', '--only', 'omits-cpa', ...FLOW, '--official', join(bundle.folder)]);
  bundle.remove();
  expect([code, stdout, stderr]).toEqual([3, '', expect.stringMatching(/^adwright: the honest seller does not pass \(official\): .*\n {2}unfair#main\/ask\n$/)]);
}, 120_000);

test.each([
  [['--only', 'nonsense'], /--only "nonsense" is neither a lie nor a kind of lies; the kinds are /],
  [['--jobs', 'none'], /whole number above 0/],
  [['--json', '/nowhere/matrix.json'], /cannot write \/nowhere\/matrix\.json/],
  [['--sometimes'], /unknown option/],
])('wrong usage is told in a line, with exit code 2: %j', async (args, told) => {
  const { code, stderr } = await adwright(['prove', ...args]);
  expect([code, stderr]).toEqual([2, expect.stringMatching(told)]);
}, 30_000);
