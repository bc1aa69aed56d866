/** What an operator finds beside running servers, whatever engine keeps the store: one suite, run by each. */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { ApiKey } from '../../src/domain/api-key.ts';
import type { AuditTrail } from '../../src/domain/ports/audit-trail.ts';
import type { Examination } from '../../src/domain/ports/examination.ts';
import { OperatorError, type OperatorStore } from '../../src/domain/ports/operator-store.ts';
import type { AuditEntry, Change, Store } from '../../src/domain/ports/store.ts';
import type { RebuiltIndex } from '../../src/store/rebuilt-index.ts';
import { accountRecord, catalogRecord, creativeRecord, eventBatch, itemRecord, purchase } from '../support/library-records.ts';
import { testBuy, testPackage } from '../support/running-buys.ts';
import { given } from './store/opening.ts';

export interface OperatedStore {
  /** A server's. */
  readonly store: Store;
  operator(): Promise<OperatorStore>;
  trail(): AuditTrail;
  examine(): Promise<Examination>;
  /** Once no server has it, where that matters. */
  rebuild(): Promise<readonly RebuiltIndex[]>;
  /** What somebody does who can write the data: one statement that both engines know. */
  tamper(statement: string): Promise<void>;
  dispose(): Promise<void>;
}

const AT = '2026-11-20T12:00:00.000Z';
const LATER = '2026-11-20T12:10:00.000Z';
const act = (task: string): AuditEntry => ({ at: LATER, principal_id: 'operator', task, subjects: [`act:${task}`] });
const webhook = (webhook_id: string): Change => (
  { kind: 'put_webhook', webhook: { webhook_id, principal_id: 'buyer', about: 'task:t', notification: 'task', url: 'https://buyer.example/', created_at: AT, body: '{}' } });
const waitingTask = (task_id: string, request?: string): Change => ({ kind: 'put_task', task: {
  task_id, principal: { principal_id: 'buyer', mode: 'live' }, row_version: 0, task_type: 'create_media_buy', status: 'submitted', owner: {}, created_at: AT, updated_at: AT, ...(request ? { request } : {}),
} });
const key = (key_id: string, more: Partial<ApiKey> = {}): ApiKey => ({ key_id, principal_id: 'buyer', key_sha256: key_id.padEnd(64, '0'), created_at: AT, ...more });
const aimed = testPackage('p', {
  product_id: 'banner', creative_assignments: [{ creative_id: 'x' }],
  optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'site', event_type: 'purchase', value_field: 'value' }] }],
});

export function operatorContract(engine: string, open: () => Promise<OperatedStore>): void {
  const opened = async (...changes: readonly Change[]) => {
    const all = await open();
    onTestFinished(() => all.dispose());
    if (changes.length > 0) await given(all.store, ...changes);
    const [operator, trail] = [await all.operator(), all.trail()];
    onTestFinished(async () => { await operator.close(); await trail.close(); });
    return { ...all, operator, trail };
  };
  const verdict = async (done: Promise<unknown>): Promise<string> => done.then(() => 'done', (error: unknown) => (error instanceof OperatorError ? error.message : `threw ${String(error)}`));

  describe(`an operator beside ${engine}`, () => {
    test('sends a webhook again, once it is not being delivered any more; the act is written down with it', async () => {
      const { store, operator, trail } = await opened(webhook('whk_1'));
      expect(await verdict(operator.replay('whk_1', 'job_1', act('webhook.replay')))).toBe('webhook whk_1 is still being delivered');
      await store.attempted('whk_1', { attempt: 1, fired_at: AT, completed_at: AT, outcome: 'failed', response_time_ms: 5 }, 'failed');
      expect((await operator.webhooks({ status: 'failed' }, 10)).map((each) => [each.webhook.webhook_id, each.attempts.length])).toEqual([['whk_1', 1]]);
      await operator.replay('whk_1', 'job_1', act('webhook.replay'));
      expect((await operator.webhook('whk_1'))?.status).toBe('pending');
      const [leased] = await store.leaseJobs(LATER, '2026-11-20T12:20:00.000Z', 1);
      expect(leased?.job).toMatchObject({ job_id: 'job_1', kind: 'deliver_webhook', run_at: LATER, payload: { webhook_id: 'whk_1', earlier_attempts: 1 } });
      expect(await verdict(operator.replay('whk_2', 'job_2', act('webhook.replay')))).toBe('there is no webhook "whk_2"');
      expect((await trail.entries({ principal_id: 'operator' }, 10)).map(({ task, subjects }) => [task, subjects])).toEqual([['webhook.replay', ['act:webhook.replay']]]);
    });

    test('finds what waits for a person, and leaves the decision for a server', async () => {
      const { store, operator } = await opened(waitingTask('asked', 'sealed'), waitingTask('runs'));
      expect((await operator.tasks({ waiting: true }, 10)).map(({ task_id }) => task_id)).toEqual(['asked']);
      expect((await operator.tasks({ principal_id: 'buyer' }, 10)).map(({ task_id }) => task_id)).toEqual(['runs', 'asked']);
      await operator.enqueue({ kind: 'settle_task', job_id: 'j', principal_id: 'buyer', lane: 'l', run_at: LATER, payload: { task_id: 'asked', verdict: 'approved' } }, act('task.approve'));
      expect(await store.queue()).toEqual([{ kind: 'settle_task', waiting: 1, oldest_run_at: LATER }]);
    });

    test('finds creatives by where they are and what they are on', async () => {
      const { operator } = await opened(
        { kind: 'put_creative', creative: creativeRecord('x', { status: 'pending_review' }) }, { kind: 'put_creative', creative: creativeRecord('y') },
        { kind: 'put_media_buy', buy: testBuy([aimed]) });
      expect((await operator.creatives({}, 10)).map(({ creative_id }) => creative_id)).toEqual(['y', 'x']);
      expect((await operator.creatives({ status: 'pending_review', account_id: 'acct_test' }, 10)).map(({ creative_id }) => creative_id)).toEqual(['x']);
      const [on] = await operator.assignedCreatives({ products: ['banner'] }, 10);
      expect([on?.creative.creative_id, on?.package_id, on?.buy.media_buy_id]).toEqual(['x', 'p', 'mb_1']);
      expect(await operator.assignedCreatives({ products: ['video'] }, 10)).toEqual([]);
    });

    test('finds accounts with a governance agent, catalogues with their items, and what buyers report', async () => {
      const agent = { url: 'https://gov.example', authentication: { schemes: ['Bearer'], credentials: 'sealed' } } as const;
      const { operator } = await opened(
        { kind: 'put_account', account: accountRecord('plain') }, { kind: 'put_account', account: accountRecord('governed', { governance_agents: [agent] }) },
        { kind: 'put_catalog', catalog: catalogRecord('menu'), items: [itemRecord('a'), itemRecord('b', { status: 'pending' })] });
      expect((await operator.governedAccounts(undefined, 10)).map(({ account_id }) => account_id)).toEqual(['governed']);
      const [catalog] = await operator.catalogs();
      expect((await operator.catalogItems(catalog!, { statuses: ['pending'] })).map(({ item_id }) => item_id)).toEqual(['b']);
      expect([await operator.usage(undefined, 10), await operator.feedback('mb_1', 10)]).toEqual([[], []]);
    });

    test('makes keys that open from then on, and ends them', async () => {
      const { store, operator } = await opened();
      await operator.putApiKeys([key('key_1')], act('key.create'));
      await store.apiKeyUsed('key_1', AT);
      await operator.putApiKeys([key('key_1', { revoked_at: LATER }), key('key_2', { created_at: LATER })], act('key.rotate'));
      expect((await operator.apiKeys()).map(({ key_id, last_used_at, revoked_at }) => [key_id, last_used_at, revoked_at])).toEqual([['key_2', undefined, undefined], ['key_1', AT, LATER]]);
      expect((await store.apiKey(key('key_1').key_sha256))?.revoked_at).toBe(LATER);
    });

    test('reads the trail, filtered, and knows whether anybody touched it', async () => {
      const { store, trail, operator, tamper } = await opened({ kind: 'put_creative', creative: creativeRecord('a') });
      await operator.putApiKeys([key('key_1')], act('key.create'));
      await given(store, { kind: 'put_creative', creative: creativeRecord('b') });
      expect((await trail.entries({}, 2)).map(({ seq, task }) => [seq, task])).toEqual([[3, 'test'], [2, 'key.create']]);
      expect((await trail.entries({ subject: 'act:key.create', since: AT }, 10)).map(({ seq }) => seq)).toEqual([2]);
      expect(await trail.entries({ subject: 'act:key' }, 10)).toEqual([]);
      const hash = (await trail.entries({}, 1))[0]!.hash!;
      expect(await trail.verify()).toEqual({ kind: 'whole', entries: 3, unchained: 0, head: hash });
      await tamper('DELETE FROM audit WHERE seq = 3');
      expect([await trail.verify(), await trail.verify(hash)]).toMatchObject([{ kind: 'whole', entries: 2 }, { kind: 'head_lost', entries: 2 }]);
      await tamper("UPDATE audit SET task = 'nothing' WHERE seq = 2");
      expect(await trail.verify()).toEqual({ kind: 'broken', seq: 2, reason: 'changed' });
      await tamper('DELETE FROM audit WHERE seq = 1');
      expect(await trail.verify()).toEqual({ kind: 'broken', seq: 1, reason: 'missing' });
    });

    test('sees at a glance how the store stands', async () => {
      const { store, operator, examine } = await opened(webhook('w'));
      const job = (job_id: string, run_at: string): Change => ({ kind: 'enqueue', job: { kind: 'deliver_webhook', job_id, principal_id: 'p', lane: job_id, run_at, payload: { webhook_id: 'w' } } });
      await given(store, job('open', LATER), job('lost', AT));
      await store.finishJob('lost', { kind: 'failed', reason: 'no' });
      await operator.putApiKeys([key('key_1')], act('key.create'));
      const found = await examine();
      const { newest } = found as Extract<Examination, { kind: 'examined' }>;
      expect(newest).toBeGreaterThan(0);
      expect(found).toMatchObject({
        kind: 'examined', migration: newest, served: true, last_written: LATER, waiting: { count: 1, oldest_run_at: LATER }, failed_jobs: 1, inventory: false,
        keys: [expect.objectContaining({ key_id: 'key_1' })],
      });
    });

    test('has indexes worked out anew: nothing is wrong with a sound store, and what was tampered with is mended', async () => {
      const { store, rebuild, tamper } = await opened(
        { kind: 'put_media_buy', buy: testBuy([aimed]) }, { kind: 'record_events', batch: eventBatch('site', [purchase('a'), purchase('b')]) },
        { kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id: 'mb_1', day: '2026-11-20', increments: [{ package_id: 'p', creative_id: 'x', impressions: 5 }], gauges: {} } });
      const before = await store.delivery('buyer', ['mb_1']);
      expect((await rebuild()).filter(({ wrong }) => wrong > 0)).toEqual([]);
      await tamper('UPDATE delivery SET attributed_conversions = 7');
      await tamper('DELETE FROM packages');
      expect((await rebuild()).filter(({ wrong }) => wrong > 0)).toEqual([{ index: 'delivery', rows: 1, wrong: 1 }, { index: 'packages', rows: 1, wrong: 1 }]);
      expect(before[0]!.rows[0]!.attributed).toEqual({ conversions: 2, conversion_value_micros: 20_000_000 });
    });
  });
}
