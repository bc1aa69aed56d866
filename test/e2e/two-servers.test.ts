/** Two servers on one PostgreSQL, behind a balancer that gives every request to the next of them, are one seller. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storyboard } from '../support/judge.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { hasPostgres } from '../support/postgres.ts';
import { twoServers, type TwoServers } from '../support/two-servers.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OFFICIAL = ['--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19'), '--allow-private'];
const PUBLIC = 'https://seller.adwright.example';
const OTHER_BUYERS = ['larkspur_live=demo-acme-outdoor-live-v1', 'larkspur_passing=demo-billing-passthrough-v1'].flatMap((key) => ['--kit-token', key]);

describe.runIf(hasPostgres('that two servers on one database are one seller'))('two servers on one PostgreSQL', () => {
  let two: TwoServers;
  beforeAll(async () => { two = await twoServers(`${PUBLIC}/mcp`); }, 60_000);
  afterAll(() => two?.close());
  const run = (...args: readonly string[]) =>
    storyboard(['run', `${PUBLIC}/mcp`, '--map', `${PUBLIC}=${two.balancer.origin}`, '--token', two.token, ...args], { cwd: ROOT, env: { ADWRIGHT_KIT_SECOND_TOKEN: 'demo-nova-motors-v1' } });

  test('our storyboards all pass', async () => {
    const { code, out } = await run(...OTHER_BUYERS);
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
  }, 240_000);

  test.runIf(hasOfficial('that two servers pass the official storyboards'))('the official storyboards all pass, but for what docs/conformance.md lists', async () => {
    const { code, out } = await run(...OFFICIAL, '--baseline', join(ROOT, 'test', 'conformance-baseline.yaml'));
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
  }, 240_000);
});
