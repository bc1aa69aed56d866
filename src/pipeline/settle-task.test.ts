import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { callerWithAccount, PRINCIPAL, testDesk } from '../../test/support/desk.ts';
import { officialIssues } from '../../test/support/official.ts';
import type { GovernanceReply } from '../domain/ports/governance.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import type { ReviewPolicy } from '../domain/review.ts';
import type { JsonObject } from '../protocol/envelope.ts';
import { background } from './background.ts';
import { pipeline } from './pipeline.ts';
import { toolboxFor } from './served-tasks.ts';
import { ALL_FEATURES } from '../domain/features.ts';

const PUSH = { url: 'https://buyer.example/hooks', operation_id: 'op-1' };

async function seller(review: ReviewPolicy, rest: Parameters<typeof testDesk>[0] = {}) {
  const toolbox = toolboxFor(ALL_FEATURES);
  const desk = testDesk({ review, ...rest });
  await callerWithAccount(desk, desk.governance ? { governance_agents: [{ url: 'https://governance.example/mcp', authentication: { schemes: ['Bearer'], credentials: desk.vault.seal('a-secret') } }] } : {});
  const calls = pipeline(desk, toolbox, { reportBug: (error) => { throw error; } });
  const call = async (task: string, request: JsonObject) => {
    const answer = await calls.dispatch({ task, request, principal: PRINCIPAL });
    expect(officialIssues(task, answer)).toEqual([]);
    return answer.document;
  };
  const order = (product_id: string, pricing_option_id: string, more: JsonObject = {}) => ({
    idempotency_key: randomUUID(), account: { account_id: 'acct_test' }, brand: { domain: 'trailandtent.example' }, start_time: '2026-11-21T00:00:00Z',
    end_time: '2027-01-11T00:00:00Z', packages: [{ product_id, pricing_option_id, budget: 1000 }], context: { ref: 'order' }, push_notification_config: PUSH, ...more,
  });
  const guaranteed = (more: JsonObject = {}) => order('display_fixed', 'fixed', more);
  /** What a person, or the time, decides. */
  const settle = async (task_id: string, verdict: { verdict: 'approved' } | { verdict: 'rejected'; reason: string } = { verdict: 'approved' }, outcome: object = { kind: 'done' }) => {
    const job: JobOf<'settle_task'> = { kind: 'settle_task', job_id: 'j', principal_id: 'buyer', lane: 'l', run_at: desk.clock.at, payload: { task_id, ...verdict } };
    expect(await background(desk, toolbox).settleTask(job)).toEqual(outcome);
  };
  const status = (task_id: unknown) => call('get_task_status', { task_id, include_result: true });
  const posted = async () => (await desk.store.webhooks({}, 10)).map(({ webhook }) => JSON.parse(webhook.body) as JsonObject);
  const buys = async () => (await call('get_media_buys', {}))['media_buys'] as JsonObject[];
  return { desk, call, order, guaranteed, settle, status, posted, buys };
}

describe('an insertion-order desk for guaranteed products', () => {
  const DESK: ReviewPolicy = { buys: 'guaranteed', briefs: false };

  test('lets a buy wait, with nothing of it to be seen, until a person confirms it', async () => {
    const { call, guaranteed, settle, status, posted, buys } = await seller(DESK);
    const request = guaranteed();
    const submitted = await call('create_media_buy', request);
    expect(submitted).toEqual({ status: 'submitted', adcp_version: '3.1', task_id: expect.any(String), message: 'The order waits for the publisher to confirm it.', context: { ref: 'order' } });
    expect([await buys(), await posted()]).toEqual([[], []]);

    await settle(submitted['task_id'] as string);
    const { result, ...told } = await status(submitted['task_id']);
    expect(told).toMatchObject({ status: 'completed', task_type: 'create_media_buy', has_webhook: true });
    expect(result).toMatchObject({ status: 'completed', media_buy_id: expect.any(String), context: { ref: 'order' }, packages: [{ product_id: 'display_fixed' }] });
    expect(await buys()).toMatchObject([{ media_buy_id: (result as JsonObject)['media_buy_id'] }]);
    expect(await posted()).toMatchObject([{ operation_id: 'op-1', task_id: submitted['task_id'], status: 'completed', result }]);
    expect(await call('create_media_buy', request)).toEqual({ ...submitted, replayed: true });
  });

  test('confirms a buy without guaranteed products at once', async () => {
    const { call, order } = await seller(DESK);
    expect(await call('create_media_buy', order('display_auction', 'auction'))).toMatchObject({ status: 'completed', media_buy_id: expect.any(String) });
  });

  test('refuses at once what could not be confirmed', async () => {
    const { call, guaranteed } = await seller(DESK);
    expect(await call('create_media_buy', guaranteed({ packages: [{ product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 1 }] }))).toMatchObject({ status: 'failed', adcp_error: { code: 'BUDGET_TOO_LOW' } });
    expect((await call('list_tasks', {}))['tasks']).toEqual([]);
  });

  test('tells the buyer why a person turned the order down', async () => {
    const { call, guaranteed, settle, status, posted, buys } = await seller(DESK);
    const { task_id } = await call('create_media_buy', guaranteed());
    await settle(task_id as string, { verdict: 'rejected', reason: 'The week is sold out.' });
    expect(await status(task_id)).toMatchObject({ status: 'rejected', error: { code: 'TERMS_REJECTED', message: 'The week is sold out.' }, result: { status: 'failed', context: { ref: 'order' } } });
    expect(await posted()).toMatchObject([{ status: 'rejected', task_id }]);
    expect(await buys()).toEqual([]);
  });

  test('a task is settled once', async () => {
    const { call, guaranteed, settle, status, buys } = await seller(DESK);
    const { task_id } = await call('create_media_buy', guaranteed());
    await settle(task_id as string);
    await settle(task_id as string);
    await settle(task_id as string, { verdict: 'rejected', reason: 'too late' });
    expect(await status(task_id)).toMatchObject({ status: 'completed' });
    expect(await buys()).toHaveLength(1);
  });

  test('what is no longer possible when a person confirms it fails, and says why', async () => {
    const { desk, call, guaranteed, settle, status, posted } = await seller(DESK);
    const { task_id } = await call('create_media_buy', guaranteed());
    desk.clock.at = '2027-03-01T00:00:00.000Z';
    await settle(task_id as string);
    expect(await status(task_id)).toMatchObject({ status: 'failed', error: { code: 'INVALID_REQUEST' } });
    expect(await posted()).toMatchObject([{ status: 'failed' }]);
  });

  test('an order whose start has passed while it waited starts when it is confirmed', async () => {
    const { desk, call, guaranteed, settle, status } = await seller(DESK);
    const { task_id } = await call('create_media_buy', guaranteed());
    desk.clock.at = '2026-11-25T09:00:00.000Z';
    await settle(task_id as string);
    expect(await status(task_id)).toMatchObject({ status: 'completed', result: { confirmed_at: '2026-11-25T09:00:00.000Z' } });
  });

  test('what waits holds no secret in plain text', async () => {
    const { desk, call, guaranteed } = await seller(DESK);
    const credentials = 'a-secret-of-thirty-two-characters';
    const { task_id } = await call('create_media_buy', guaranteed({ push_notification_config: { ...PUSH, authentication: { schemes: ['Bearer'], credentials } } }));
    expect(JSON.stringify(await desk.store.task('buyer', task_id as string))).not.toContain(credentials);
  });
});

test('a desk that nobody sits at confirms by itself after a while', async () => {
  const { desk, call, guaranteed } = await seller({ buys: 'all', briefs: false, approve_after_seconds: 5 });
  const { task_id } = await call('create_media_buy', guaranteed());
  expect(await desk.store.leaseJobs('2026-11-20T12:00:04.000Z', '2026-11-20T12:01:00.000Z', 5)).toEqual([]);
  expect(await desk.store.leaseJobs('2026-11-20T12:00:05.000Z', '2026-11-20T12:01:00.000Z', 5)).toMatchObject([{ job: { kind: 'settle_task', payload: { task_id, verdict: 'approved' } } }]);
});

test('briefs wait for a person who curates; lists do not', async () => {
  const { call, settle, status } = await seller({ buys: 'none', briefs: true });
  const submitted = await call('get_products', { buying_mode: 'brief', brief: 'video', account: { account_id: 'acct_test' }, push_notification_config: PUSH });
  expect(submitted).toMatchObject({ status: 'submitted', message: 'The publisher puts an offer together for this brief.' });
  await settle(submitted['task_id'] as string);
  expect(await status(submitted['task_id'])).toMatchObject({ status: 'completed', task_type: 'get_products', result: { products: expect.any(Array), cache_scope: 'public' } });
  expect(await call('get_products', { buying_mode: 'wholesale' })).toMatchObject({ status: 'completed' });
  expect(await call('get_products', { buying_mode: 'brief' })).toMatchObject({ status: 'completed' });
});

describe('an order that somebody else has to approve, too', () => {
  const DESK: ReviewPolicy = { buys: 'all', briefs: false };

  /** An agent that says what is put into `replies`, and approves when nothing is left. */
  async function governedSeller(replies: GovernanceReply[]) {
    const asked: string[] = [];
    const check = async ({ request: { plan_id } }: { readonly request: { readonly plan_id: string } }): Promise<GovernanceReply> => {
      asked.push(plan_id);
      return replies.shift() ?? { kind: 'verdict', verdict: { check_id: 'chk', verdict: 'approved', plan_id, explanation: 'fine', expires_at: '2099-01-01T00:00:00Z', governance_context: `token-${asked.length}` } };
    };
    return { ...(await seller(DESK, { governance: { agents: { check }, plans: [], unplanned: 'refuse' } })), asked };
  }
  const denial: GovernanceReply = { kind: 'verdict', verdict: { check_id: 'chk_no', verdict: 'denied', plan_id: 'p', explanation: 'no', findings: [{ category_id: 'budget', severity: 'critical', explanation: 'too much' }] } };
  const approval: GovernanceReply = { kind: 'verdict', verdict: { check_id: 'chk_yes', verdict: 'approved', plan_id: 'p', explanation: 'yes', expires_at: '2099-01-01T00:00:00Z' } };
  const SILENT: GovernanceReply = { kind: 'silent', reason: 'it cannot be reached' };

  test('is asked about when it is sent and again when it is confirmed', async () => {
    const { call, guaranteed, settle, status, asked } = await governedSeller([]);
    const submitted = await call('create_media_buy', guaranteed({ plan_id: 'p' }));
    expect([submitted['status'], asked]).toEqual(['submitted', ['p']]);
    await settle(submitted['task_id'] as string);
    expect(asked).toEqual(['p', 'p']);
    expect((await status(submitted['task_id']))['result']).toMatchObject({ status: 'completed', media_buy_id: expect.any(String) as string, governance_context: 'token-2' });
  });

  test('does not even wait when it is denied', async () => {
    const { call, guaranteed } = await governedSeller([denial]);
    expect(await call('create_media_buy', guaranteed({ plan_id: 'p' }))).toMatchObject({ adcp_error: { code: 'GOVERNANCE_DENIED' } });
    expect((await call('list_tasks', {}))['tasks']).toEqual([]);
  });

  test('fails when it is denied in the end, and the buyer is told', async () => {
    const { call, guaranteed, settle, status, posted, buys } = await governedSeller([approval, denial]);
    const { task_id } = await call('create_media_buy', guaranteed({ plan_id: 'p' }));
    await settle(task_id as string);
    expect(await status(task_id)).toMatchObject({ status: 'failed', error: { code: 'GOVERNANCE_DENIED' } });
    expect([await buys(), (await posted()).map((each) => each['status'])]).toEqual([[], ['failed']]);
  });

  test('goes on waiting while the agent is silent', async () => {
    const { call, guaranteed, settle, status } = await governedSeller([approval, SILENT]);
    const { task_id } = await call('create_media_buy', guaranteed({ plan_id: 'p' }));
    await settle(task_id as string, { verdict: 'approved' }, { kind: 'retry', reason: expect.stringContaining('it cannot be reached') as string });
    expect(await status(task_id)).toMatchObject({ status: 'submitted' });
    await settle(task_id as string);
    expect(await status(task_id)).toMatchObject({ status: 'completed' });
  });

  test('needs nobody\'s approval to be turned down', async () => {
    const { call, guaranteed, settle, status, asked } = await governedSeller([]);
    const { task_id } = await call('create_media_buy', guaranteed({ plan_id: 'p' }));
    await settle(task_id as string, { verdict: 'rejected', reason: 'The week is sold out.' });
    expect([(await status(task_id))['status'], asked]).toEqual(['rejected', ['p']]);
  });
});
