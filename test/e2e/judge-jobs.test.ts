/** Storyboards side by side: which may, and that the report does not tell. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storyboard, type TestBundle, writeBundle } from '../support/judge.ts';
import { startAgent, type TestAgent } from '../support/mcp-agent.ts';

const FLOWS = ['a', 'b', 'c', 'd'];
let agent: TestAgent;
let bundles: TestBundle[];
let open: number;
let most: number;
/** What the seller has per account, in the order in which it came. */
let bought: Map<string, string[]>;

beforeEach(async () => {
  [open, most, bought, bundles] = [0, 0, new Map(), []];
  agent = await startAgent({
    get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }),
    create_media_buy: async (args) => {
      most = Math.max(most, open += 1);
      await new Promise((resolve) => { setTimeout(resolve, 15); });
      open -= 1;
      const { brand: { domain } } = args['account'] as { brand: { domain: string } };
      bought.set(domain, [...(bought.get(domain) ?? []), String(args['idempotency_key'])]);
      return { media_buy_id: `mb_${bought.get(domain)!.length}`, packages: [], key: args['idempotency_key'] };
    },
  });
});
afterEach(async () => {
  await agent.close();
  for (const bundle of bundles) bundle.remove();
});

function bundleOf(domainOf: (id: string) => string): TestBundle {
  const bundle = writeBundle(Object.fromEntries(FLOWS.map((id) => [`compliance/universal/${id}.yaml`, flow(id, domainOf(id))])));
  bundles.push(bundle);
  return bundle;
}

/** Buys three times in an account, and has to be the only one who does. */
function flow(id: string, domain: string): string {
  const step = (name: string, checks: string) => `      - id: ${name}
        task: create_media_buy
        sample_request: { account: { brand: { domain: "${domain}" }, operator: o.example }, idempotency_key: "$generate:uuid_v4#${name}" }
        validations: [${checks}]
`;
  const checks = '{ check: field_present, path: media_buy_id }';
  const third = `${checks}, { check: field_value, path: media_buy_id, value: mb_3 }`;
  return `id: ${id}\nphases:\n  - id: p\n    steps:\n${step('one', checks)}${step('two', checks)}${step('three', third)}`;
}

async function run(domainOf: (id: string) => string, ...args: string[]): Promise<{ code: number; report: unknown }> {
  const bundle = bundleOf(domainOf);
  const { code, err } = await storyboard(
    ['run', agent.url, '--bundle', '.', '--seed', '7', '--json', 'report.json', ...args], { cwd: bundle.folder }
  );
  if (err !== '') throw new Error(err);
  const text = readFileSync(join(bundle.folder, 'report.json'), 'utf8');
  return { code, report: stable(JSON.parse(text)) };
}

const PASSING = /(?:_ms|_at|^date|^source|^file|^location|^schemas)$/;

/** A report without what two runs may differ in: times, durations, and the place of the bundle. */
function stable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stable);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, PASSING.test(key) ? '' : stable(member)]));
}

const ownAccount = (id: string) => `${id}.example`;

describe('storyboards of different accounts', () => {
  test('run one after another unless more may', async () => {
    expect(await run(ownAccount)).toMatchObject({ code: 0 });
    expect(most).toBe(1);
  });

  test('run side by side with --jobs, and the same seed gives the same report, in the order of the plan', async () => {
    const alone = await run(ownAccount);
    const keys = new Map(bought);
    bought.clear();
    const together = await run(ownAccount, '--jobs', '3');
    expect(most).toBe(3);
    expect(together.code).toBe(0);
    expect(together.report).toEqual(alone.report);
    expect([...bought].sort()).toEqual([...keys].sort());
  });
});

test('storyboards that share an account run one after another, in their order', async () => {
  const shared = await run(() => 'shared.example', '--jobs', '4');
  expect(most).toBe(1);
  // Only the first finds the account as it expects it.
  expect(shared.code).toBe(1);
  expect(bought.get('shared.example')).toHaveLength(12);
});

describe('--session-header', () => {
  test('lets them run side by side: every storyboard sends a name of its own, the same for the same seed', async () => {
    await run(() => 'shared.example', '--jobs', '4', '--session-header', 'X-Test-Session');
    expect(most).toBeGreaterThan(1);
    const names = () => agent.calls.filter(({ name }) => name === 'create_media_buy').map(({ headers }) => headers['x-test-session']);
    const first = new Set(names());
    expect(first.size).toBe(FLOWS.length);
    await run(() => 'shared.example', '--session-header', 'X-Test-Session');
    expect(new Set(names())).toEqual(first);
  });

  test('does not let others run beside a storyboard that drives the seller into its limits', async () => {
    const bundle = bundleOf(() => 'shared.example');
    writeFileSync(join(bundle.folder, 'compliance/universal/b.yaml'), `id: b
phases:
  - id: p
    steps:
      - id: trip
        task: expect_rate_limit_not_replayed
        requires_contract: rate_limit_trip_runner
        rate_limit_trip: { trip_target_task: create_media_buy, max_attempts: 50 }
`);
    await storyboard(['run', agent.url, '--bundle', '.', '--jobs', '4', '--session-header', 'X-Test-Session'], { cwd: bundle.folder });
    // The one before it, and then the two behind it.
    expect(most).toBe(2);
  });

  test.for(['Authorization', 'mcp-session-id', 'a b', ''])('%j cannot tell sessions apart', async (name) => {
    expect(await storyboard(['run', agent.url, '--session-header', name], { cwd: import.meta.dirname })).toMatchObject({ code: 2 });
  });
});

test.for(['0', '1.5', '65', 'all'])('--jobs %s is wrong usage', async (jobs) => {
  expect(await storyboard(['run', agent.url, '--jobs', jobs], { cwd: import.meta.dirname })).toMatchObject({ code: 2, err: expect.stringContaining('--jobs') });
});

test('what was graded beside a storyboard that never ends is in the report of a run that its deadline ended', async () => {
  const bundle = bundleOf(ownAccount);
  const silent = await startAgent({
    get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }),
    create_media_buy: ({ account }) => (JSON.stringify(account).includes('a.example') ? { $http: () => undefined } : { media_buy_id: 'mb_3', packages: [] }),
  });
  const { code, out } = await storyboard(['run', silent.url, '--bundle', bundle.folder, '--jobs', '2', '--deadline', '1'], { cwd: bundle.folder });
  await silent.close();
  expect(code).toBe(3);
  expect([...out.matchAll(/^(\S) (\w) /gm)].map(([, sign, id]) => `${sign}${id}`)).toEqual(['✓b', '✓c', '✓d']);
  expect(out).toMatch(/12 planned = 9 passed \+ 0 failed \+ 0 skipped \+ 3 not run/);
});

test('a seller that goes away ends the run, and those that ran beside it', async () => {
  const bundle = bundleOf(ownAccount);
  const running = storyboard(['run', agent.url, '--bundle', bundle.folder, '--jobs', '4'], { cwd: bundle.folder });
  await expect.poll(() => most).toBeGreaterThan(1);
  await agent.close();
  const { code, out } = await running;
  expect([code, out]).toEqual([3, expect.stringContaining('INCOMPLETE')]);
});
