import { expect, test } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { completedTask, endedTask, type TaskRecord } from '../domain/task.ts';
import { adcpError } from '../protocol/errors.ts';
import { getTaskStatus } from './get-task-status.ts';
import { listTasks } from './list-tasks.ts';
import { taskOfCall } from './task-of-call.ts';

const PUSH = { url: 'https://buyer.example/hooks', token: 'a-token-of-the-buyer' };

async function library() {
  const desk = testDesk();
  const caller = await callerWithAccount(desk);
  const stranger = { ...caller, principal: { ...caller.principal, principal_id: 'stranger' } };
  const put = (...tasks: readonly TaskRecord[]) => record(desk, tasks.map((task) => ({ kind: 'put_task', task }) as const));
  const waiting = taskOfCall('create_media_buy', { context: { ref: 'spring' }, push_notification_config: PUSH }, caller, desk, 'task_waiting');
  const done = completedTask(taskOfCall('sync_creatives', {}, caller, desk, 'task_done'), { status: 'completed', creatives: [] }, desk.clock.at);
  await put({ ...waiting, message: 'The order waits for a signature.' }, done);
  return { desk, caller, stranger, put };
}

test('a task that waits says so, and shows no result and no secret', async () => {
  const { desk, caller } = await library();
  const body = await record(desk, await getTaskStatus({ task_id: 'task_waiting', include_result: true, include_history: true }, caller, desk));
  expect(body).toEqual({
    task_id: 'task_waiting', task_type: 'create_media_buy', protocol: 'media-buy', status: 'submitted', created_at: desk.clock.at, updated_at: desk.clock.at,
    has_webhook: true, progress: { current_step: 'The order waits for a signature.' }, history: [],
  });
  expectOfficial('get_task_status', body);
});

test('a task that ended shows its whole answer to whoever asks for it', async () => {
  const { desk, caller } = await library();
  const asked = { task_id: 'task_done', include_result: true, include_history: true };
  const body = await record(desk, await getTaskStatus(asked, caller, desk));
  expect(body).toMatchObject({ status: 'completed', completed_at: desk.clock.at, has_webhook: false, result: { creatives: [] }, history: [{ type: 'response' }] });
  expectOfficial('get_task_status', body);
  expect(await record(desk, await getTaskStatus({ task_id: 'task_done' }, caller, desk))).not.toHaveProperty('result');
});

test('a task that failed tells why', async () => {
  const { desk, caller, put } = await library();
  const error = adcpError('BUDGET_TOO_LOW', 'less than the least');
  await put(endedTask(taskOfCall('create_media_buy', {}, caller, desk, 'task_failed'), 'failed', error, { status: 'failed', errors: [error] }, desk.clock.at));
  const body = await record(desk, await getTaskStatus({ task_id: 'task_failed' }, caller, desk));
  expect(body).toMatchObject({ status: 'failed', error: { code: 'BUDGET_TOO_LOW', message: 'less than the least' } });
  expectOfficial('get_task_status', body);
});

const OPERATOR = 'northlight-media.example';
const BRAND = { domain: 'trailandtent.example' };
test.each([
  ['by id', { account_id: 'acct_test' }, true],
  ['by brand and operator', { brand: BRAND, operator: OPERATOR }, true],
  ['of another operator', { brand: BRAND, operator: 'other.example' }, false],
  ['of another brand', { brand: { domain: 'other.example' }, operator: OPERATOR }, false],
  ['by an id that is another\'s', { account_id: 'acct_other' }, false],
])('the account %s', async (_how, account, there) => {
  const { desk, caller } = await library();
  const found = await getTaskStatus({ task_id: 'task_waiting', account }, caller, desk);
  expect(found.kind === 'refused' ? found.errors[0].code : 'shown').toBe(there ? 'shown' : 'REFERENCE_NOT_FOUND');
  expect((await record(desk, await listTasks({ account }, caller, desk))).query_summary.total_matching).toBe(there ? 2 : 0);
});

test('a stranger\'s question tells nothing, and neither does one for a task that never was', async () => {
  const { desk, caller, stranger } = await library();
  const [theirs, nobodys] = [await getTaskStatus({ task_id: 'task_done' }, stranger, desk), await getTaskStatus({ task_id: 'task_none' }, caller, desk)];
  expect(refusalOf(theirs)).toEqual(refusalOf(nobodys));
  expect((await record(desk, await listTasks({}, stranger, desk))).tasks).toEqual([]);
});

test('tasks are listed by what is asked of them, in pages', async () => {
  const { desk, caller } = await library();
  const list = async (request: Parameters<typeof listTasks>[0]) => {
    const body = await record(desk, await listTasks(request, caller, desk));
    expectOfficial('list_tasks', body);
    return body;
  };
  const ids = async (filters: NonNullable<Parameters<typeof listTasks>[0]['filters']>) => (await list({ filters })).tasks.map(({ task_id }) => task_id);
  expect(await ids({ statuses: ['submitted', 'working'] })).toEqual(['task_waiting']);
  expect(await ids({ status: 'submitted', statuses: ['completed'] })).toEqual([]);
  expect(await ids({ task_type: 'sync_creatives', has_webhook: false })).toEqual(['task_done']);
  expect(await ids({ protocol: 'signals' })).toEqual([]);
  expect(await ids({ protocols: ['signals', 'media-buy'], context_contains: 'spring' })).toEqual(['task_waiting']);
  const sort = { field: 'task_type', direction: 'asc' } as const;
  const first = await list({ sort, pagination: { max_results: 1 } });
  expect(first).toMatchObject({ query_summary: { total_matching: 2, returned: 1, sort_applied: sort }, tasks: [{ task_id: 'task_waiting', domain: 'media-buy' }] });
  const second = await list({ sort, pagination: { max_results: 1, cursor: first.pagination.cursor! } });
  expect(second.tasks.map(({ task_id }) => task_id)).toEqual(['task_done']);
});
