/** What a buyer sees of its tasks, and how it asks for them (seller specification §2.20). */
import type { TaskStatus } from '../protocol/wire/core/envelope.ts';
import type { GetTaskStatusSuccess } from '../protocol/wire/get-task-status.ts';
import type { ListedTask, TaskFilters } from '../protocol/wire/list-tasks.ts';
import { TASK_TYPES, type TaskType } from '../protocol/wire/core/task.ts';
import { picked } from './picked.ts';
import type { AccountNaming } from './ports/account-scope.ts';
import type { TaskFilter } from './ports/store-queries.ts';
import { isEnded, type TaskOwner, type TaskRecord } from './task.ts';
import { taskProtocol } from './task-notice.ts';

/** `result` is shown of a task that has ended, and `history` tells what was answered, never what was asked: that holds secrets. */
export function shownTask(task: TaskRecord, wish: { readonly include_result: boolean; readonly include_history: boolean }): GetTaskStatusSuccess {
  const { error, message, status, result, updated_at } = task;
  const ended = isEnded(status) && result !== undefined;
  return {
    ...picked(task, ['task_id', 'task_type', 'status', 'created_at', 'updated_at', 'completed_at']),
    protocol: taskProtocol(task.task_type),
    has_webhook: task.webhook !== undefined,
    ...(isEnded(status) || message === undefined ? {} : { progress: { current_step: message } }),
    ...(error ? { error: { code: error.code, message: error.message } } : {}),
    ...(wish.include_history ? { history: ended ? [{ timestamp: updated_at, type: 'response' as const, data: result }] : [] } : {}),
    ...(wish.include_result && ended ? { result } : {}),
  };
}

export function listedTask(task: TaskRecord): ListedTask {
  return {
    ...picked(task, ['task_id', 'task_type', 'status', 'created_at', 'updated_at', 'completed_at']),
    domain: taskProtocol(task.task_type),
    has_webhook: task.webhook !== undefined,
  };
}

/** The owner that a request names, exactly as it names it: whoever names another account sees nothing. */
export function requestedOwner(account: AccountNaming | undefined): TaskOwner | undefined {
  if (account?.account_id !== undefined) return { account_id: account.account_id };
  return account?.brand && { brand: account.brand, operator: account.operator ?? account.brand.domain };
}

export function requestedTasks(filters: TaskFilters = {}): TaskFilter {
  const { protocol, protocols, status, statuses, task_type, task_types, ...rest } = filters;
  const parts = both(protocol, protocols);
  const own = parts && TASK_TYPES.filter((type) => parts.includes(taskProtocol(type)));
  const wanted = both<TaskStatus>(status, statuses);
  const asked = both(task_type, task_types);
  const types = own && asked ? asked.filter((type) => own.includes(type as TaskType)) : (asked ?? own);
  return {
    ...picked(rest, ['created_after', 'created_before', 'updated_after', 'updated_before', 'context_contains', 'has_webhook', 'task_ids']),
    ...(wanted ? { statuses: wanted } : {}),
    ...(types ? { task_types: types } : {}),
  };
}

/** Values that a member and its plural both allow. */
function both<Value>(one: Value | undefined, many: readonly Value[] | undefined): readonly Value[] | undefined {
  if (one === undefined) return many;
  return many === undefined || many.includes(one) ? [one] : [];
}
