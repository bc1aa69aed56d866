import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGovernance, type GovernanceServer } from '../../training-agent/governance/server.ts';
import { storyboard } from '../support/judge.ts';
import { startAgent } from '../support/mcp-agent.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { spawnSeller } from '../support/process.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Where AdCP's storyboards say that the buyer's governance agent stands. */
const AGENT = 'https://test-agent.adcontextprotocol.org';
const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

describe.runIf(hasOfficial('the official storyboards of governance, with an agent to ask'))('the official storyboards of a governance-aware seller', () => {
  let governance: GovernanceServer;
  let seller: TestSeller;
  const plans = ['denied', 'recovery', 'approved', 'conditions'].map((name) => [name, `comply-gov-${name}-plan`] as const);

  beforeAll(async () => { governance = await startGovernance(); });
  afterAll(() => governance.close());

  test.each([...plans])('governance_%s passes with the account mapped to its plan, and the agent was asked', async (name, plan_id) => {
    // The two that are not routed set up no plan.
    for (const each of ['approved', 'conditions']) governance.put({ plan_id: `comply-gov-${each}-plan`, budget: { total: 100_000, currency: 'USD' }, custom_policies: each === 'approved' ? [] : [{ policy_id: 'p', policy: 'Report every week.' }] });
    seller = await startSeller({ config: { hosts: { [AGENT]: governance.origin }, governance: { plans: [{ brand: 'acmeoutdoor.example', plan_id }] } } });
    try {
      const before = governance.asked.length;
      const select = name === 'recovery' ? 'governance_denied_recovery' : `governance_${name}`;
      const { code, out } = await storyboard([
        'run', seller.url, '--token', seller.token, '--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19'), '--allow-private',
        '--agent', `sales=${seller.url},${seller.token}`, '--agent', `governance=${governance.origin}/mcp`, '--select', `media_buy_seller/${select}`,
      ], { cwd: ROOT });
      expect([code, out]).toEqual([0, expect.stringMatching(/verdict +CONFORMS/) as string]);
      expect(seller.violations).toEqual([]);
      expect(governance.asked.slice(before).map(({ request }) => request.plan_id)).toContain(plan_id);
    } finally {
      await seller.close();
    }
  }, 60_000);
});

test('killed while the agent thinks, a purchase was not made; repeated, it is made once', async () => {
  const data = mkdtempSync(join(tmpdir(), 'adwright-governance-'));
  let thinking: () => void = () => {};
  const asked = new Promise<void>((resolve) => { thinking = resolve; });
  const answers = [{ $http: () => thinking() }];
  const agent = await startAgent({ check_governance: ({ plan_id }) => answers.shift() ?? { check_id: 'chk', plan_id, verdict: 'approved', explanation: 'fine', expires_at: '2099-01-01T00:00:00Z' } });
  writeFileSync(join(data, 'config.yaml'), `hosts:\n  https://governance.own.example: ${new URL(agent.url).origin}\n`);
  try {
    const request = {
      idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, plan_id: 'p', start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
      packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
    };
    const first = await spawnSeller(data, ['--config', join(data, 'config.yaml')]);
    const before = toolCaller(first.url, first.token);
    await before('sync_governance', { idempotency_key: randomUUID(), accounts: [{ account: ACCOUNT, governance_agents: [{
      url: 'https://governance.own.example/mcp', authentication: { schemes: ['Bearer'], credentials: 'a-secret-of-more-than-thirty-two-characters' },
    }] }] });
    const lost = before('create_media_buy', request).catch(() => 'no answer');
    await asked;
    await first.end('SIGKILL');
    expect(await lost).toBe('no answer');

    const second = await spawnSeller(data, ['--config', join(data, 'config.yaml')]);
    const after = toolCaller(second.url, second.token);
    const buys = async () => (await after('get_media_buys', { account: ACCOUNT })).document['media_buys'];
    expect(await buys()).toEqual([]);
    const made = await after('create_media_buy', request);
    expect(made.document).toMatchObject({ status: 'completed', media_buy_id: expect.any(String) as string });
    expect((await after('create_media_buy', request)).document).toEqual({ ...made.document, replayed: true });
    expect([agent.calls.length, await buys()]).toEqual([2, [expect.objectContaining({ media_buy_id: made.document['media_buy_id'] })]]);
    await second.end('SIGTERM');
  } finally {
    await agent.close();
    rmSync(data, { recursive: true, force: true });
  }
}, 60_000);
