import { completedTask, isEnded } from '../../src/domain/task.ts';
import { taskNotice } from '../../src/domain/task-notice.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Ends a task well, with the result that the test names, verbatim; who asked for a webhook gets it. */
export const forceTaskCompletion: Scenario<'force_task_completion'> = async ({ task_id, result }, { caller, desk }) => {
  const task = await desk.store.task(caller.principal.principal_id, task_id);
  if (task === undefined) return refusal('NOT_FOUND', 'this caller has no such task');
  if (isEnded(task.status)) return refusal('INVALID_TRANSITION', `a task that is ${task.status} cannot become completed`, task.status);
  const done = completedTask(task, result, desk.clock.now().toISOString());
  return moved(task.status, done.status, [{ kind: 'put_task', task: done }, ...taskNotice(done, desk.ids)], [`task:${task_id}`]);
};
