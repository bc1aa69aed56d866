import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyboard } from '../support/judge.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OFFICIAL = ['--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19'), '--allow-private'];
/** As buyers know the seller: keys of webhooks are looked up over https, which the judge is told to find on this machine. */
const PUBLIC = 'https://seller.adwright.example';
/** The seller's own walk, and what every agent is asked. */
const CORE = ['media_buy_seller', 'capability_discovery', 'error_compliance', 'schema_validation', 'idempotency'];

let seller: TestSeller;
beforeAll(async () => { seller = await startSeller({ public_url: `${PUBLIC}/mcp` }); });
afterAll(() => seller.close());
const run = (...args: readonly string[]) => runAt('/mcp', ...args);
const runAt = (path: '/mcp' | '/a2a', ...args: readonly string[]) =>
  storyboard(['run', `${PUBLIC}${path}`, '--map', `${PUBLIC}=${new URL(seller.url).origin}`, '--token', seller.token, ...args], { cwd: ROOT });

describe('our storyboards on our seller', () => {
  test.each([1, 2])('all pass, on one seller without a reset (%i)', async () => {
    const { code, out } = await run();
    expect([code, /verdict +(\S+):/.exec(out)?.[1]]).toEqual([0, 'CONFORMS']);
    expect(seller.violations).toEqual([]);
  }, 180_000);
});

test('side by side, each in a partition of its own, they come out as one after another', async () => {
  const { code, out } = await run('--jobs', '6', '--session-header', 'X-Test-Session-ID');
  expect([code, /verdict +(\S+):/.exec(out)?.[1]]).toEqual([0, 'CONFORMS']);
  expect(seller.violations).toEqual([]);
}, 180_000);

describe('our storyboards over A2A', () => {
  test('all pass there too', async () => {
    const { code, out } = await runAt('/a2a', '--transport', 'a2a');
    expect([code, /verdict +(\S+):/.exec(out)?.[1]]).toEqual([0, 'CONFORMS']);
    expect(seller.violations).toEqual([]);
  }, 180_000);
});

describe.runIf(hasOfficial('the official storyboards on our seller'))('official storyboards on our seller', () => {
  test('those of the core pass', async () => {
    const { code, out } = await run(...OFFICIAL, ...CORE.flatMap((id) => ['--select', id]));
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
  }, 180_000);

  test('all that our claims select pass, but for what docs/conformance.md lists', async () => {
    const { code, out } = await run(...OFFICIAL, '--baseline', join(ROOT, 'test', 'conformance-baseline.yaml'));
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
    expect(seller.violations).toEqual([]);
  }, 240_000);
});
