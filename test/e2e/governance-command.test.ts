import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startGovernance, type GovernanceServer } from '../../training-agent/governance/server.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const AGENT = 'https://governance.own.example';
const data = mkdtempSync(join(tmpdir(), 'adwright-governance-'));
const config = join(data, 'config.yaml');

let governance: GovernanceServer;
let seller: TestSeller;
beforeAll(async () => {
  governance = await startGovernance();
  governance.put({ plan_id: 'spring', budget: { total: 5_000, currency: 'USD' } });
  writeFileSync(config, JSON.stringify({ data, sandbox: true, hosts: { [AGENT]: governance.origin }, governance: { plans: [{ brand: 'trailandtent.example', plan_id: 'spring' }] } }));
  seller = await startSeller({ data, config: { hosts: { [AGENT]: governance.origin }, governance: { plans: [{ plan_id: 'spring' }] } } });
  const call = toolCaller(seller.url, seller.token);
  const write = (request: object) => ({ idempotency_key: randomUUID(), ...request });
  await call('sync_governance', write({ accounts: [{ account: ACCOUNT, governance_agents: [{ url: `${AGENT}/mcp`, authentication: { schemes: ['Bearer'], credentials: 'a-secret-of-more-than-thirty-two-characters' } }] }] }));
  for (const budget of [1_000, 9_000]) await call('create_media_buy', write({
    account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget }],
  }));
});
afterAll(async () => {
  await seller.close();
  await governance.close();
  rmSync(data, { recursive: true, force: true });
});
const run = (...args: readonly string[]) => adwright(['governance', ...args, '--config', config]);

test('lists accounts with their agents and plans, and no secret', async () => {
  const { code, stdout } = await run('list');
  expect([code, stdout]).toEqual([0, expect.stringMatching(/ACCOUNT.*PLAN\nacct_\w+ .*trailandtent.*northlight.*governance\.own\.example\/mcp +Bearer +spring\n$/) as string]);
  const [line] = (await run('list', '--json')).stdout.split('\n');
  expect(JSON.parse(line!)).toMatchObject({ brand: 'trailandtent.example', scheme: 'Bearer', plan_id: 'spring' });
  expect(stdout + line).not.toContain('a-secret');
}, 30_000);

test('shows what was asked about, and what came of it', async () => {
  const { stdout } = await run('checks');
  expect(stdout).toMatch(/CAME OF IT.*\n\S+ .*acct_\w+ +GOVERNANCE_DENIED +spring +chk_\w+ *\n\S+ .*approved +spring +chk_\w+ +mb_\w+\n$/);
}, 30_000);

test('asks now, beside the running server, and buys nothing', async () => {
  const { account_id } = JSON.parse((await run('list', '--json')).stdout.split('\n')[0]!) as { account_id: string };
  const before = governance.asked.length;
  expect(await run('ask', account_id)).toMatchObject({ code: 0, stdout: expect.stringMatching(/answers: approved\ncheck chk_\w+, plan spring\nIt is within the plan\.\n$/) as string });
  expect(governance.asked.slice(before).map(({ request, authorization }) => [request, authorization])).toEqual([
    [{ plan_id: 'spring', caller: 'http://127.0.0.1:4100/mcp' }, 'Bearer a-secret-of-more-than-thirty-two-characters'],
  ]);
  expect(await run('ask', account_id, '--plan', 'autumn')).toMatchObject({ code: 1, stderr: expect.stringContaining('answers PLAN_NOT_FOUND for plan autumn') as string });
  expect(await run('ask', 'acct_none')).toMatchObject({ code: 1, stderr: expect.stringContaining('no account "acct_none" has a governance agent') as string });
}, 30_000);
