import { describe, expect, test } from 'vitest';
import type { Store } from '../../../src/domain/ports/store.ts';
import type { Forgotten } from '../../../src/domain/retention.ts';
import { changeSet, freshStore, given, type OpenStore } from './opening.ts';

const DAY_ONE = '2026-11-01T00:00:00.000Z';
const DAY_TWO = '2026-11-02T00:00:00.000Z';
const DAY_NINE = '2026-11-09T00:00:00.000Z';

const task = (task_id: string, status: 'completed' | 'submitted' | 'failed', updated_at: string) => ({
  kind: 'put_task' as const,
  task: { task_id, principal: { principal_id: 'buyer', mode: 'live' as const }, row_version: 0, task_type: 'create_media_buy' as const, status, owner: {}, created_at: DAY_ONE, updated_at },
});
const webhook = (webhook_id: string, created_at: string) => ({
  kind: 'put_webhook' as const, webhook: { webhook_id, principal_id: 'buyer', about: 'task:t', notification: 'task' as const, url: 'https://buyer.example/', created_at, body: '{}' },
});
const job = (job_id: string, run_at: string) => ({
  kind: 'enqueue' as const, job: { kind: 'push_upstream' as const, job_id, principal_id: 'buyer', lane: job_id, run_at, payload: { platform_id: 'p', calls: [] } },
});
const forget = (store: Store, what: Forgotten, before: string, limit = 10) => given(store, { kind: 'forget', what, before, limit });

/** What has ended goes when it is told to; what waits stays. */
export function retention(open: OpenStore): void {
  describe('retention', () => {
    test('forgets tasks that ended before a time, as many as it is told, and none that wait', async () => {
      const store = await freshStore(open);
      await given(store, task('old', 'completed', DAY_ONE), task('older', 'failed', DAY_ONE), task('waiting', 'submitted', DAY_ONE), task('new', 'completed', DAY_NINE));
      expect([await store.forgettable('tasks', DAY_TWO, 10), await store.forgettable('tasks', DAY_TWO, 1), await store.forgettable('tasks', DAY_ONE, 10)]).toEqual([2, 1, 0]);
      await forget(store, 'tasks', DAY_TWO, 1);
      expect(await store.forgettable('tasks', DAY_TWO, 10)).toBe(1);
      await forget(store, 'tasks', DAY_TWO);
      const left = await store.tasks('buyer', {}, { by: 'created_at', direction: 'asc' }, { limit: 10 });
      expect(left.items.map(({ task_id }) => task_id)).toEqual(['waiting', 'new']);
    });

    test('forgets webhooks with their attempts, and none that are still to be delivered', async () => {
      const store = await freshStore(open);
      await given(store, webhook('old', DAY_ONE), webhook('waiting', DAY_ONE), webhook('new', DAY_NINE));
      const attempt = { attempt: 1, fired_at: DAY_ONE, completed_at: DAY_ONE, outcome: 'success' as const, http_status_code: 200, response_time_ms: 1 };
      for (const id of ['old', 'new']) await store.attempted(id, attempt, 'delivered');
      await forget(store, 'webhooks', DAY_TWO);
      expect((await store.webhooks({}, 10)).map((each) => each.webhook.webhook_id)).toEqual(['new', 'waiting']);
    });

    test('forgets keys whose answers expired before a time: they are new keys again', async () => {
      const store = await freshStore(open);
      for (const [key, answerExpiresAt] of [['old', DAY_ONE], ['new', DAY_NINE]] as const) {
        const claim = { scope: 'buyer', key, task: 'task', fingerprint: 'f', at: DAY_ONE, claimExpiresAt: DAY_TWO, answerExpiresAt };
        expect(await store.claim(claim)).toEqual({ kind: 'claimed' });
        expect(await store.commit(changeSet([], { answer: { scope: 'buyer', key, body: { key } } }))).toBe('committed');
      }
      expect(await store.forgettable('answers', DAY_TWO, 10)).toBe(1);
      await forget(store, 'answers', DAY_TWO);
      expect(await store.forgettable('answers', '2027-01-01T00:00:00.000Z', 10)).toBe(1);
    });

    test('forgets work that was given up, and none that is open', async () => {
      const store = await freshStore(open);
      await given(store, job('given_up', DAY_ONE), job('open', DAY_ONE), job('later', DAY_NINE));
      await store.finishJob('given_up', { kind: 'failed', reason: 'no' });
      await store.finishJob('later', { kind: 'failed', reason: 'no' });
      expect(await store.forgettable('failed_jobs', DAY_TWO, 10)).toBe(1);
      await forget(store, 'failed_jobs', DAY_TWO);
      expect([await store.forgettable('failed_jobs', '2027-01-01T00:00:00.000Z', 10), (await store.leaseJobs(DAY_TWO, DAY_NINE, 10)).map((each) => each.job.job_id)]).toEqual([1, ['open']]);
    });
  });
}
