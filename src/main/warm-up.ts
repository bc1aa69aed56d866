import { setImmediate } from 'node:timers/promises';
import { prepareCheck } from '../protocol/request-check.ts';
import { TASKS, type TaskName } from '../protocol/tasks.ts';

/** Compiles what checks requests ahead of the first calls, a task at a time, so that calls that come meanwhile get their turn. */
export async function warmUp(stop: AbortSignal): Promise<void> {
  for (const task of Object.keys(TASKS) as TaskName[]) {
    await setImmediate();
    if (stop.aborted) return;
    prepareCheck(task);
  }
}
