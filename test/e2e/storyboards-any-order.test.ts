/**
 * The storyboards that our claims select, on one seller that is never reset, in one order after another: whether one passes does not
 * depend on what ran before. `npm run fuzz` tries many (`ORDERS`), from elsewhere (`WIRE_SEED`).
 */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyboard } from '../support/judge.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ORDERS = Number(process.env['ORDERS'] ?? 2);
const SEED = Number(process.env['WIRE_SEED'] ?? 31_319);
/** Waits half a minute for a webhook that must not come; storyboards-on-seller.test.ts runs it twice. */
const SLOW = ['--exclude', 'webhook_emission'];

const here = hasOfficial('that official storyboards pass in any order');
let seller: TestSeller;
beforeAll(async () => { seller = await startSeller(); });
afterAll(() => seller.close());

const seeds = Array.from({ length: ORDERS }, (_, at) => `order-${SEED + at}`);

async function run(...args: readonly string[]): Promise<readonly unknown[]> {
  const { code, out } = await storyboard(['run', seller.url, '--token', seller.token, ...args], { cwd: ROOT });
  return [code, out.includes('CONFORMS') ? 'CONFORMS' : out];
}

describe('on one seller without a reset', () => {
  test.skipIf(!here).each(seeds)('official storyboards pass in the order of the seed %s', async (seed) => {
    expect(await run('--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19'), '--allow-private', ...SLOW, '--shuffle', '--seed', seed)).toEqual([0, 'CONFORMS']);
    expect(seller.violations).toEqual([]);
  }, 120_000);

  test.each(seeds)('ours pass in the order of the seed %s', async (seed) => {
    expect(await run('--shuffle', '--seed', seed)).toEqual([0, 'CONFORMS']);
    expect(seller.violations).toEqual([]);
  }, 120_000);
});
