import { afterEach, expect, test } from 'vitest';
import type { Job, NewJob } from '../domain/ports/jobs.ts';
import type { Store } from '../domain/ports/store.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { withinWindow } from '../domain/ports/attribution-policy.ts';
import type { JobResult } from '../domain/job-result.ts';
import { startWorker, type Worker } from './worker.ts';

/** A clock that moves when it is told, and whose sleeps end at once. */
let now = Date.parse('2026-11-20T12:00:00Z');
const clock = { now: () => new Date(now), sleep: () => new Promise<void>((resolve) => { setTimeout(resolve, 1); }) };
let store: Store;
let worker: Worker | undefined;
afterEach(async () => { await worker?.stop(); await store.close(); });

const job = (job_id: string, lane: string): NewJob => ({ kind: 'push_upstream', job_id, principal_id: 'p', lane, run_at: new Date(now).toISOString(), payload: { platform_id: 'p', calls: [] } });
async function work(jobs: readonly NewJob[], handle: (job: NewJob, attempt: number) => JobResult | Promise<JobResult>) {
  store = openSqliteStore({ file: ':memory:', attribution: withinWindow(true) });
  await store.commit({ changes: jobs.map((each) => ({ kind: 'enqueue', job: each })), audit: { at: '', principal_id: 'p', task: 't', subjects: [] } });
  const seen: string[] = [];
  const given: [Job, string][] = [];
  const attempts = new Map<string, number>();
  worker = startWorker({
    store, clock, report: (each, reason) => given.push([each, reason]), troubled: () => {},
    handlers: { push_upstream: async (each) => {
      attempts.set(each.job_id, (attempts.get(each.job_id) ?? 0) + 1);
      seen.push(each.job_id);
      return handle(each, attempts.get(each.job_id)!);
    } },
  });
  return { seen, given };
}
const settled = async () => { for (let turn = 0; turn < 500 && (await store.pendingPushes('p')).count > 0; turn += 1) { now += 1000; worker!.wake(); await clock.sleep(); } };

test('runs the jobs of a lane one after another and keeps their order over a retry', async () => {
  const { seen } = await work([job('a1', 'a'), job('a2', 'a'), job('b1', 'b')], (each, attempt) => (each.job_id === 'a1' && attempt < 3 ? { kind: 'retry', reason: 'later' } : { kind: 'done' }));
  await settled();
  expect(seen.filter((id) => id.startsWith('a'))).toEqual(['a1', 'a1', 'a1', 'a2']);
  expect(seen).toContain('b1');
});

test('gives a refused job up at once, and one that keeps failing after its last attempt; the lane goes on', async () => {
  const { seen, given } = await work([job('no', 'a'), job('never', 'b'), job('next', 'b')], (each) =>
    each.job_id === 'no' ? { kind: 'refused', reason: 'bad' } : each.job_id === 'never' ? Promise.reject(new Error('down')) : { kind: 'done' });
  for (let turn = 0; turn < 60 && (await store.pendingPushes('p')).count > 0; turn += 1) { now += 1_800_000; worker!.wake(); await clock.sleep(); await clock.sleep(); }
  expect(given.map(([each, reason]) => [each.job.job_id, reason])).toEqual([['no', 'bad'], ['never', 'Error: down']]);
  expect(seen.filter((id) => id === 'never')).toHaveLength(8);
  expect(seen.at(-1)).toBe('next');
});

test('stops at once when it is told while it looks for work', async () => {
  await work([], () => ({ kind: 'done' }));
  const never = startWorker({ store, clock: { now: clock.now, sleep: () => new Promise(() => {}) }, handlers: { push_upstream: async () => ({ kind: 'done' }) }, report: () => {}, troubled: () => {} });
  await expect(never.stop()).resolves.toBeUndefined();
});
