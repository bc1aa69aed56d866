import { expect, test } from 'vitest';
import { bought } from '../../test/support/buying.ts';
import { record } from '../../test/support/desk.ts';
import { officialIsThere } from '../../test/support/official.ts';
import { officialSchemas } from '../../test/support/official-schemas.ts';
import type { KeptGovernance } from '../domain/governance/approval.ts';
import type { GovernanceQuestion, GovernanceReply } from '../domain/ports/governance.ts';
import { background } from '../pipeline/background.ts';
import { checkDelivery } from './check-delivery.ts';

const AGENT = 'https://governance.example/mcp';
const APPROVED: KeptGovernance = { governance_context: 'token', approval: { agent_url: AGENT, plan_id: 'spring', check_id: 'chk_0', checked_at: '2026-11-20T12:00:00.000Z' } };
const DUE = { approved_by: 'chk_0', since: '2026-12-12T08:00:00.000Z' };

/** A buy of an account whose agent says what is put into `replies`. */
async function governedBuy(replies: GovernanceReply[], kept: KeptGovernance = APPROVED) {
  const asked: GovernanceQuestion[] = [];
  const check = async (question: GovernanceQuestion) => {
    asked.push(question);
    return replies.shift() ?? { kind: 'silent' as const, reason: 'it cannot be reached' };
  };
  const who = await bought({}, { governance: { agents: { check }, plans: [], unplanned: 'refuse' } });
  const { account } = who.caller;
  await record(who.desk, [
    { kind: 'put_account', account: { ...account, governance_agents: [{ url: AGENT, authentication: { schemes: ['Bearer'], credentials: who.desk.vault.seal('a-secret') } }] } },
    { kind: 'put_media_buy', buy: { ...(await who.stored()), governance: kept } },
    ...[['2026-12-11', 100, 4], ['2026-12-12', 300, 12], ['2026-12-13', 50, 2]].map(([day, impressions, dollars]) => ({ kind: 'record_delivery' as const, fact: {
      principal_id: 'buyer', media_buy_id: who.media_buy_id, day: day as string, gauges: {},
      increments: [{ package_id: who.pkg, creative_id: 'banner', impressions: impressions as number, spend_micros: (dollars as number) * 1_000_000 }],
    } })),
  ]);
  who.desk.clock.at = '2026-12-13T12:00:00.000Z';
  return { ...who, asked, check: () => checkDelivery('buyer', { media_buy_id: who.media_buy_id, ...DUE }, who.desk) };
}
const says = (verdict: 'approved' | 'denied', more: object = {}): GovernanceReply =>
  ({ kind: 'verdict', verdict: { check_id: 'chk_1', verdict, plan_id: 'spring', explanation: 'so it is', expires_at: '2026-12-14T00:00:00Z', ...more } });

test('tells the agent what was delivered since and in all, under the plan and the token of the buy', async () => {
  const { check, asked } = await governedBuy([says('approved')]);
  expect(await check()).toMatchObject({ kind: 'told', changes: [], subjects: expect.arrayContaining(['phase:delivery', 'verdict:approved', 'plan:spring', 'governance_check:chk_1']) as string[] });
  const [{ request, authentication }] = asked as [GovernanceQuestion];
  expect(authentication).toEqual({ schemes: ['Bearer'], credentials: 'a-secret' });
  expect(request).toMatchObject({
    plan_id: 'spring', phase: 'delivery', governance_context: 'token', planned_delivery: { total_budget: 1000 },
    delivery_metrics: { reporting_period: { start: '2026-12-12T00:00:00.000Z', end: '2026-12-13T12:00:00.000Z' }, spend: 14, cumulative_spend: 18, impressions: 350, cumulative_impressions: 450 },
  });
  expect(officialIsThere ? officialSchemas().validate('governance/check-governance-request.json', request) : []).toEqual([]);
});

test.each([['as late as it says', '2026-12-20T00:00:00Z', '2026-12-20T00:00:00.000Z'], ['after a minute at the least', '2026-12-13T12:00:01Z', '2026-12-13T12:01:00.000Z']])(
  'tells it again when it wants to hear more, %s', async (_when, next_check, run_at) => {
    const { check, media_buy_id } = await governedBuy([says('denied', { next_check, findings: [{ category_id: 'pace', severity: 'warning', explanation: 'too fast' }] })]);
    expect(await check()).toMatchObject({ kind: 'told', changes: [{ kind: 'enqueue', job: { kind: 'check_delivery', run_at, payload: { media_buy_id, approved_by: 'chk_0', since: '2026-12-13T12:00:00.000Z' } } }] });
  });

test('stops with the end of the buy', async () => {
  const { check, change } = await governedBuy([says('approved', { next_check: '2026-12-20T00:00:00Z' })]);
  await change({ canceled: true });
  expect(await check()).toMatchObject({ kind: 'told', changes: [] });
});

test('tells nobody when a later approval has taken over, or another agent has', async () => {
  const later = await governedBuy([], { ...APPROVED, approval: { ...APPROVED.approval!, check_id: 'chk_9' } });
  expect([await later.check(), later.asked]).toEqual([{ kind: 'nothing' }, []]);
  const other = await governedBuy([], { ...APPROVED, approval: { ...APPROVED.approval!, agent_url: 'https://before.example/mcp' } });
  expect([await other.check(), other.asked]).toEqual([{ kind: 'nothing' }, []]);
});

test('is tried again while nobody answers, and then written into the audit log with what comes next', async () => {
  const { desk, media_buy_id, asked } = await governedBuy([{ kind: 'silent', reason: 'it cannot be reached' }, says('approved', { next_check: '2026-12-14T00:00:00Z' })]);
  const job = { kind: 'check_delivery' as const, job_id: 'j', principal_id: 'buyer', lane: 'l', run_at: desk.clock.at, payload: { media_buy_id, ...DUE } };
  const run = () => background(desk, {}).checkDelivery(job);
  expect(await run()).toEqual({ kind: 'retry', reason: expect.stringContaining('it cannot be reached') as string });
  expect(await run()).toEqual({ kind: 'done' });
  expect(asked).toHaveLength(2);
  const due = await desk.store.leaseJobs('2026-12-14T00:00:00.000Z', '2026-12-14T01:00:00.000Z', 100);
  expect(due.map(({ job: { kind } }) => kind)).toContain('check_delivery');
});
