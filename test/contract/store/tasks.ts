import { describe, expect, test } from 'vitest';
import type { TaskFilter } from '../../../src/domain/ports/store-queries.ts';
import { completedTask, type TaskRecord } from '../../../src/domain/task.ts';
import { commit, freshStore, given, opened, type OpenStore } from './opening.ts';

const task = (task_id: string, more: Partial<TaskRecord> = {}): TaskRecord => ({
  task_id, principal: { principal_id: 'buyer', mode: 'live' }, row_version: 0, task_type: 'create_media_buy', status: 'submitted',
  owner: { account_id: 'acct_a', brand: { domain: 'trailandtent.example' }, operator: 'northlight.example' },
  created_at: '2026-11-20T12:00:00.000Z', updated_at: '2026-11-20T12:00:00.000Z', ...more,
});
const SORT = { by: 'created_at', direction: 'desc' } as const;

/** Tasks are the principal's own, found by id and by what they are about. */
export function tasks(open: OpenStore): void {
  describe('tasks', () => {
    const listed = async (filter: TaskFilter, ...records: readonly TaskRecord[]) => {
      const store = await freshStore(open);
      await given(store, ...records.map((each) => ({ kind: 'put_task', task: each }) as const));
      const page = await store.tasks('buyer', filter, SORT, { limit: 10 });
      expect(page.total).toBe(page.items.length);
      return page.items.map(({ task_id }) => task_id);
    };

    test('are kept whole over a restart, and shown to their principal only', async () => {
      const { store, reopen } = await opened(open);
      const record = task('task_1', { context: { ref: 'x' }, webhook: { url: 'https://buyer.example/' }, message: 'soon' });
      await given(store, { kind: 'put_task', task: record });
      const again = await reopen();
      expect(await again.task('buyer', 'task_1')).toEqual({ ...record, row_version: 1 });
      expect(await again.task('other', 'task_1')).toBeUndefined();
    });

    test('end once: a second end is stale', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_task', task: task('task_1', { request: 'sealed' }) });
      const stored = (await store.task('buyer', 'task_1'))!;
      const ended = completedTask(stored, { status: 'completed' }, '2026-11-20T13:00:00.000Z');
      expect(await commit(store, { kind: 'put_task', task: ended })).toBe('committed');
      expect(await commit(store, { kind: 'put_task', task: ended })).toBe('stale');
      expect(await store.task('buyer', 'task_1')).toMatchObject({ status: 'completed', result: { status: 'completed' }, completed_at: '2026-11-20T13:00:00.000Z' });
      expect(await store.task('buyer', 'task_1')).not.toHaveProperty('request');
    });

    test('an id is given once to a principal, and may be another principal\'s too', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_task', task: task('task_1') });
      expect(await commit(store, { kind: 'put_task', task: task('task_1') })).toBe('stale');
      expect(await commit(store, { kind: 'put_task', task: task('task_1', { principal: { principal_id: 'other', mode: 'live' } }) })).toBe('committed');
    });

    test.each<[string, TaskFilter, string[]]>([
      ['all of them, newest first', {}, ['c', 'b', 'a']],
      ['ids', { task_ids: ['a', 'nobody'] }, ['a']],
      ['types', { task_types: ['get_products'] }, ['b']],
      ['statuses', { statuses: ['completed', 'failed'] }, ['c']],
      ['a webhook', { has_webhook: true }, ['b']],
      ['no webhook', { has_webhook: false }, ['c', 'a']],
      ['context', { context_contains: 'spring' }, ['a']],
      ['the time of their beginning', { created_after: '2026-11-20T12:00:00Z', created_before: '2026-11-20T14:00:00Z' }, ['b']],
      ['the time of their last change', { updated_after: '2026-11-20T14:30:00Z' }, ['c']],
      ['an account', { owner: { account_id: 'acct_a' } }, ['b', 'a']],
      ['a brand and an operator', { owner: { brand: { domain: 'trailandtent.example' }, operator: 'other.example' } }, ['c']],
      ['a brand of a house', { owner: { brand: { domain: 'trailandtent.example', brand_id: 'tents' } } }, ['c']],
    ])('are found by %s', async (_what, filter, expected) => {
      expect(await listed(filter,
        task('a', { context: { campaign: 'spring 2027' } }),
        task('b', { task_type: 'get_products', webhook: { url: 'https://buyer.example/' }, created_at: '2026-11-20T13:00:00.000Z' }),
        task('c', {
          status: 'completed', created_at: '2026-11-20T14:00:00.000Z', updated_at: '2026-11-20T15:00:00.000Z',
          owner: { account_id: 'acct_b', brand: { domain: 'trailandtent.example', brand_id: 'tents' }, operator: 'other.example' },
        }))).toEqual(expected);
    });

    test('come in pages', async () => {
      const store = await freshStore(open);
      await given(store, ...['a', 'b', 'c'].map((id) => ({ kind: 'put_task', task: task(id) }) as const));
      const first = await store.tasks('buyer', {}, { by: 'task_type', direction: 'asc' }, { limit: 2 });
      const second = await store.tasks('buyer', {}, { by: 'task_type', direction: 'asc' }, { limit: 2, after: first.last! });
      expect([first, second].map(({ items }) => items.map(({ task_id }) => task_id))).toEqual([['a', 'b'], ['c']]);
      expect(second).not.toHaveProperty('last');
    });
  });
}
