import { requestedOwner, shownTask } from '../domain/task-view.ts';
import { refuse } from '../protocol/errors.ts';
import type { GetTaskStatusRequest, GetTaskStatusSuccess } from '../protocol/wire/get-task-status.ts';
import { answer, type UseCase } from './desk.ts';

/** How far a task is, and what came of it. One that is not the caller's, or not the named account's, is not there. */
export const getTaskStatus: UseCase<GetTaskStatusRequest, GetTaskStatusSuccess> = async (request, { principal }, { store }) => {
  const { task_id, account, include_result = false, include_history = false } = request;
  const owner = requestedOwner(account);
  const found = await store.tasks(principal.principal_id, {
    task_ids: [task_id], ...(owner ? { owner } : {}), ...(principal.grant?.account_ids ? { account_ids: principal.grant.account_ids } : {}),
  }, { by: 'created_at', direction: 'desc' }, { limit: 1 });
  const [task] = found.items;
  if (task === undefined) return refuse('REFERENCE_NOT_FOUND', 'no such task for this caller', { field: 'task_id' });
  return answer(shownTask(task, { include_result, include_history }));
};
