import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyboard } from '../support/judge.ts';
import { PROOFS } from '../support/proofs.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OFFICIAL = ['--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19'), '--allow-private'];
/** As buyers know the seller: keys of webhooks are looked up over https, which the judge is told to find on this machine. */
const PUBLIC = 'https://seller.adwright.example';
/** Keys of the buyers whom some of our storyboards want beside the first one. */
const OTHER_BUYERS = ['larkspur_live=demo-acme-outdoor-live-v1', 'larkspur_passing=demo-billing-passthrough-v1'].flatMap((key) => ['--kit-token', key]);
/** The seller's own walk, and what every agent is asked. */
const CORE = ['media_buy_seller', 'capability_discovery', 'error_compliance', 'schema_validation', 'idempotency'];

/** What became of every step, by address, in the runs of all that our claims select. */
const outcomes = new Map<string, string>();
const folder = mkdtempSync(join(tmpdir(), 'adwright-outcomes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A run that is also written down. */
async function told(name: string, ...args: readonly string[]): Promise<Awaited<ReturnType<typeof run>>> {
  const file = join(folder, `${name}.json`);
  const finished = await run(...args, '--json', file);
  const { step_results } = JSON.parse(readFileSync(file, 'utf8')) as { step_results: { address: string; outcome: string }[] };
  for (const { address, outcome } of step_results) if (outcomes.get(address) !== 'passed') outcomes.set(address, outcome);
  return finished;
}

let seller: TestSeller;
beforeAll(async () => { seller = await startSeller({ public_url: `${PUBLIC}/mcp` }); });
afterAll(() => seller.close());
const run = (...args: readonly string[]) => runAt('/mcp', ...args);
const runAt = (path: '/mcp' | '/a2a', ...args: readonly string[]) =>
  storyboard(['run', `${PUBLIC}${path}`, '--map', `${PUBLIC}=${new URL(seller.url).origin}`, '--token', seller.token, ...args], { cwd: ROOT, env: { ADWRIGHT_KIT_SECOND_TOKEN: 'demo-nova-motors-v1' } });

describe('our storyboards on our seller', () => {
  test.each([1, 2])('all pass, on one seller without a reset (%i)', async () => {
    const { code, out } = await told('ours', ...OTHER_BUYERS);
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
    const { code, out } = await told('official', ...OFFICIAL, '--baseline', join(ROOT, 'test', 'conformance-baseline.yaml'));
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
    expect(seller.violations).toEqual([]);
  }, 240_000);

  test('among the steps that pass is every one that proves a capability', () => {
    const steps = PROOFS.flatMap((proof) => ('step' in proof ? [proof.step] : []));
    expect(Object.fromEntries(steps.filter((step) => outcomes.get(step) !== 'passed').map((step) => [step, outcomes.get(step) ?? 'did not run']))).toEqual({});
  });
});
