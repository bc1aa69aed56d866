/** Posts the outcome of calls that were answered at once to buyers that asked for it (seller specification §5.5). */
import type { Caller } from '../domain/caller.ts';
import type { Change } from '../domain/ports/store.ts';
import { taskNotice } from '../domain/task-notice.ts';
import { completedTask } from '../domain/task.ts';
import type { JsonObject } from '../protocol/envelope.ts';
import type { Task } from '../protocol/tasks.ts';
import { TASK_TYPES, type TaskType } from '../protocol/wire/core/task.ts';
import type { Desk } from '../usecases/desk.ts';
import { taskOfCall, type KeptOfRequest } from '../usecases/task-of-call.ts';

/**
 * Tasks that are announced although they were answered: those that take a webhook and change something. Reads stay silent, and
 * so do tasks whose type AdCP's webhooks do not know.
 */
const ANNOUNCED: readonly string[] = ['create_media_buy', 'update_media_buy', 'sync_creatives', 'sync_catalogs', 'sync_accounts'] satisfies readonly TaskType[];

const isTaskType = (name: string): name is TaskType => (TASK_TYPES as readonly string[]).includes(name);

/** What is recorded beside the answer: the task, so that it can be polled, and the event. */
export function announcement(task: Task, request: JsonObject, caller: Caller, document: JsonObject, desk: Desk): Change[] {
  const asked = request as KeptOfRequest;
  if (asked.push_notification_config === undefined || document['status'] !== 'completed') return [];
  if (!isTaskType(task.name) || !ANNOUNCED.includes(task.name)) return [];
  const done = completedTask(taskOfCall(task.name, asked, caller, desk), document, desk.clock.now().toISOString());
  return [{ kind: 'put_task', task: done }, ...taskNotice(done, desk.ids)];
}
