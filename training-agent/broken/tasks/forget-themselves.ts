import { lying } from '../lying.ts';

/** Knows no task that it told of. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A task that was told of can be asked about.',
  tells: () => async (call, honest) => honest(['get_task_status', 'tasks_get'].includes(call.task) ? { ...call, request: { ...call.request, task_id: 'task_unknown' } } : call),
});
