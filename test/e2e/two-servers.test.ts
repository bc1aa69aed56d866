/** Two servers on one PostgreSQL, behind a balancer that gives every request to the next of them, are one seller. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADCP_EXTENSION } from '../../src/a2a/agent-card.ts';
import { chanceOf } from '../kill/chance.ts';
import { twoServersRun } from '../kill/two-servers-run.ts';
import { storyboard } from '../support/judge.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { hasPostgres } from '../support/postgres.ts';
import { twoServers, type TwoServers } from '../support/two-servers.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OFFICIAL = ['--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19'), '--allow-private'];
const PUBLIC = 'https://seller.adwright.example';
/** Several at once, each in a partition of its own: calls of many meet at both servers. */
const SIDE_BY_SIDE = ['--jobs', '6', '--session-header', 'X-Test-Session-ID'];
/** `npm run two-servers` runs all; `npm test` those whose later calls need what earlier ones left, at the other server. */
const WHOLE = process.env['TWO_SERVERS'] === 'whole';
const among = (prefix: string, ids: string) => (WHOLE ? [] : ids.split(' ').flatMap((id) => ['--select', `${prefix}${id}`]));
const OURS = among('media_buy_seller/', 'safe_retries performance_buy_flow catalog_life creative_library_life feed_versions governed_buys late_events media_buy_changes pages_under_insertion proposal_terms_hold strangers task_life two_colleagues vendor_metric_goals webhook_promises');
const THEIRS = WHOLE ? ['--baseline', join(ROOT, 'test', 'conformance-baseline.yaml')] : among('', 'idempotency deterministic_testing sales_catalog_driven stale_response_advisory media_buy_seller/get_products_async media_buy_seller/governance_denied_recovery media_buy_seller/vendor_metric_catalog_precondition');

describe.runIf(hasPostgres('that two servers on one database are one seller'))('two servers on one PostgreSQL', () => {
  let two: TwoServers;
  beforeAll(async () => { two = await twoServers(`${PUBLIC}/mcp`); }, 60_000);
  afterAll(() => two?.close());
  const run = (...args: readonly string[]) =>
    storyboard(['run', `${PUBLIC}/mcp`, '--map', `${PUBLIC}=${two.balancer.origin}`, '--token', two.token, ...args], { cwd: ROOT, env: { ADWRIGHT_KIT_SECOND_TOKEN: 'demo-nova-motors-v1' } });

  test('a task that one of them answered over A2A is found at the other', async () => {
    const headers = { 'content-type': 'application/json', 'a2a-version': '1.0', 'a2a-extensions': ADCP_EXTENSION, authorization: `Bearer ${two.token}` };
    const ask = async (at: number, method: string, params: unknown) => {
      const reply = await fetch(new URL('/a2a', two.servers[at]!.local_url), { method: 'POST', headers, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
      return ((await reply.json()) as { result: { id: string; task: { id: string }; tasks: { id: string }[] } }).result;
    };
    const { task } = await ask(0, 'SendMessage', { message: { messageId: 'm', role: 'ROLE_USER', parts: [{ data: { skill: 'list_creative_formats', input: {} } }] } });
    expect(await ask(1, 'GetTask', { id: task.id })).toEqual(task);
    expect((await ask(1, 'ListTasks', {})).tasks.map(({ id }) => id)).toContain(task.id);
  });

  test('our storyboards pass', async () => {
    const { code, out } = await run(...SIDE_BY_SIDE, ...OURS);
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
    const [one, other] = two.balancer.given;
    expect(Math.abs(one! - other!)).toBeLessThanOrEqual(1);
  }, 240_000);

  test.runIf(hasOfficial('that two servers pass the official storyboards'))('the official storyboards pass, but for what docs/conformance.md lists', async () => {
    const { code, out } = await run(...OFFICIAL, ...SIDE_BY_SIDE, ...THEIRS);
    expect([code, out]).toEqual([0, expect.stringContaining('CONFORMS') as string]);
  }, 240_000);
});

describe.runIf(hasPostgres('that nothing is lost when one of two servers is killed'))('one of two servers', () => {
  test('that is killed under load takes nothing along that was acknowledged; the other goes on, repeats nothing, and finishes its work', async () => {
    const report = await twoServersRun(WHOLE ? 12 : 2, chanceOf(20_261_120));
    expect(report.flaws).toEqual([]);
    expect(report.while_one).toBeGreaterThanOrEqual(WHOLE ? 250 : 40);
    expect(report.repeated).toBeGreaterThan(0);
    expect(report.webhooks).toBeGreaterThan(10);
    // Well before leases and claims would have run out.
    expect(report.finishedMs).toBeLessThan(30_000);
  }, 600_000);
});
