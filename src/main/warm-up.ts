import { flushCompileCache } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
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

/**
 * What a start leaves behind: compiled code, which the next start finds on disk even if this process is killed; and memory that was of
 * use to the start alone, about a quarter of what is held, which V8 would keep for as long as nothing asks for it. Takes some tens of
 * milliseconds, once.
 */
export function tidyUp(): void {
  flushCompileCache();
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void;
  setFlagsFromString('--no-expose-gc');
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
