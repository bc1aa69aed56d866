import { describe, expect, test } from 'vitest';
import type { NewJob } from '../../../src/domain/ports/jobs.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import { freshStore, given, opened, type OpenStore } from './opening.ts';

const at = (seconds: number): string => new Date(Date.parse('2026-11-20T12:00:00.000Z') + seconds * 1000).toISOString();
const job = (job_id: string, lane: string, run_at = at(0)): NewJob => ({
  kind: 'push_upstream',
  job_id,
  principal_id: 'p',
  lane,
  run_at,
  payload: { platform_id: 'p', calls: [{ method: 'POST', url: 'https://ads.example/x', body: { n: 1 }, idempotency_key: job_id }] },
});

const enqueue = (store: Store, ...some: readonly NewJob[]) =>
  given(store, ...some.map((each) => ({ kind: 'enqueue', job: each }) as const));
const lease = async (store: Store, seconds: number, limit = 10) =>
  (await store.leaseJobs(at(seconds), at(seconds + 60), limit)).map(({ job: { job_id } }) => job_id);

/** Work is done at least once, one job of a lane after the other. */
export function jobs(open: OpenStore): void {
  describe('jobs', () => {
    test('hands out the first job of each lane, whole, oldest first', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'), job('a2', 'a'), job('b1', 'b'));
      const leased = await store.leaseJobs(at(0), at(60), 10);
      expect(leased).toEqual([
        { attempts: 1, job: job('a1', 'a') },
        { attempts: 1, job: job('b1', 'b') },
      ]);
    });

    test('tells how many jobs of a kind wait or run, and since when the oldest could have', async () => {
      const store = await freshStore(open);
      expect(await store.queue()).toEqual([]);
      await enqueue(store, job('a1', 'a', at(5)), job('b1', 'b'), job('c1', 'c'), job('d1', 'd'));
      await lease(store, 0, 1);
      expect(await store.queue()).toEqual([{ kind: 'push_upstream', waiting: 4, oldest_run_at: at(0) }]);
      await store.finishJob('b1', { kind: 'done' });
      await store.finishJob('c1', { kind: 'failed', reason: 'no' });
      await store.finishJob('d1', { kind: 'done' });
      expect(await store.queue()).toEqual([{ kind: 'push_upstream', waiting: 1, oldest_run_at: at(5) }]);
    });

    test('hands out no more than asked for', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'), job('b1', 'b'), job('c1', 'c'));
      expect(await lease(store, 0, 2)).toEqual(['a1', 'b1']);
      expect(await lease(store, 0, 2)).toEqual(['c1']);
    });

    test('keeps a lane waiting until its first job is done', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'), job('a2', 'a'));
      expect(await lease(store, 0)).toEqual(['a1']);
      expect(await lease(store, 1)).toEqual([]);
      await store.finishJob('a1', { kind: 'done' });
      expect(await lease(store, 1)).toEqual(['a2']);
    });

    test('goes on with a lane whose first job was given up', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'), job('a2', 'a'));
      await lease(store, 0);
      await store.finishJob('a1', { kind: 'failed', reason: 'refused' });
      expect(await lease(store, 1)).toEqual(['a2']);
    });

    test('does not run a job before its time, and holds its lane until then', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('later', 'a', at(10)), job('behind', 'a'));
      expect(await lease(store, 9)).toEqual([]);
      expect(await lease(store, 10)).toEqual(['later']);
    });

    test('runs a job again when asked to, counting the attempts', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'));
      await lease(store, 0);
      await store.finishJob('a1', { kind: 'again', run_at: at(30), reason: 'no reply' });
      expect(await lease(store, 29)).toEqual([]);
      expect((await store.leaseJobs(at(30), at(90), 1))[0]?.attempts).toBe(2);
    });

    test('gives a job to another worker when its lease has run out', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'));
      await lease(store, 0);
      expect(await lease(store, 59)).toEqual([]);
      expect(await lease(store, 60)).toEqual(['a1']);
    });

    test('gives the jobs of a dead process out again after a restart', async () => {
      const { store, reopen } = await opened(open);
      await enqueue(store, job('a1', 'a'));
      await lease(store, 0);
      expect(await lease(await reopen(), 1)).toEqual(['a1']);
    });

    test('counts pushes alone: what else is to be done may wait for hours', async () => {
      const store = await freshStore(open);
      await enqueue(store, job('a1', 'a'), { ...job('w1', 'w'), kind: 'deliver_webhook', payload: { webhook_id: 'whk_1' } });
      expect(await store.pendingPushes('p')).toMatchObject({ count: 1 });
    });

    test('work of a later hour is passed over', async () => {
      const store = await freshStore(open);
      await enqueue(store, ...Array.from({ length: 30 }, (_, n) => job(`later${n}`, `later${n}`, at(3600))), job('now', 'now'));
      expect(await lease(store, 0, 5)).toEqual(['now']);
    });

    test('counts what is neither done nor given up, and up to a position only that', async () => {
      const store = await freshStore(open);
      expect(await store.pendingPushes('p')).toEqual({ count: 0, newest: 0 });
      await enqueue(store, job('a1', 'a'), job('b1', 'b'), job('c1', 'c'));
      const { count, newest } = await store.pendingPushes('p');
      expect(count).toBe(3);
      await enqueue(store, job('d1', 'd'));
      expect(await store.pendingPushes('p', newest)).toMatchObject({ count: 3 });
      await store.finishJob('a1', { kind: 'done' });
      await store.finishJob('b1', { kind: 'failed', reason: 'x' });
      expect(await store.pendingPushes('p', newest)).toMatchObject({ count: 1 });
      expect(await store.pendingPushes('p')).toMatchObject({ count: 2 });
    });
  });
}
