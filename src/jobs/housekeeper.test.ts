import { expect, test } from 'vitest';
import { record, testClock, testDesk } from '../../test/support/desk.ts';
import { forgottenBefore } from '../domain/retention.ts';
import { forgetOld, startHousekeeper } from './housekeeper.ts';

const RETENTION = { tasks_days: 90, webhooks_days: 45, failed_jobs_days: 30 };
const ended = (task_id: string, updated_at: string) => ({
  kind: 'put_task' as const,
  task: {
    task_id, principal: { principal_id: 'buyer', mode: 'live' as const }, row_version: 0, task_type: 'create_media_buy' as const, status: 'completed' as const,
    owner: {}, created_at: updated_at, updated_at,
  },
});

test('each kind is kept for its own time, and keys for a week after their answers', () => {
  expect(forgottenBefore(RETENTION, new Date('2026-11-20T12:00:00.000Z')).map(({ what, before }) => [what, before.slice(0, 10)])).toEqual([
    ['answers', '2026-11-13'], ['tasks', '2026-08-22'], ['webhooks', '2026-10-06'], ['failed_jobs', '2026-10-21'],
  ]);
});

test('a round forgets everything that is old, however much it is', async () => {
  const desk = testDesk();
  await record(desk, Array.from({ length: 450 }, (_, at) => ended(`old_${at}`, '2026-01-01T00:00:00.000Z')));
  await record(desk, [ended('new', '2026-11-01T00:00:00.000Z')]);
  expect(await forgetOld(desk.store, RETENTION, desk.clock.now())).toBe(450);
  expect(await forgetOld(desk.store, RETENTION, desk.clock.now())).toBe(0);
  expect((await desk.store.tasks('buyer', {}, { by: 'created_at', direction: 'asc' }, { limit: 9 })).items.map(({ task_id }) => task_id)).toEqual(['new']);
});

test('goes round each hour until it is stopped, also after a round that failed', async () => {
  const desk = testDesk();
  const slept: number[] = [];
  let wake: () => void = () => {};
  const clock = { ...testClock(), sleep: (ms: number) => new Promise<void>((resolve) => { slept.push(ms); wake = resolve; }) };
  const failures: unknown[] = [];
  let broken = true;
  const store: typeof desk.store = { ...desk.store, forgettable: (...asked) => (broken ? Promise.reject(new Error('the disk is gone')) : desk.store.forgettable(...asked)) };
  await record(desk, [ended('old', '2026-01-01T00:00:00.000Z')]);
  const housekeeper = startHousekeeper({ store, clock, retention: RETENTION, report: (error) => failures.push(error) });
  await expect.poll(() => slept).toEqual([3_600_000]);
  broken = false;
  wake();
  await expect.poll(() => slept.length).toBe(2);
  expect([failures.length, await desk.store.task('buyer', 'old')]).toEqual([1, undefined]);
  await housekeeper.stop();
});
