import type { Handler } from '../src/pipeline/toolbox.ts';
import { answerOnce } from '../src/usecases/desk.ts';
import { taskOfCall, type KeptOfRequest } from '../src/usecases/task-of-call.ts';
import type { TaskRecord } from '../src/domain/task.ts';
import type { Directives } from './directives.ts';

/** Requests that are answered at once, whatever a test says. */
type Immediate = (request: Readonly<Record<string, unknown>>) => boolean;

/** A task that answers `submitted` when a test has told it to: it is checked as ever, and then waits for the test to end it. */
export function submittedWhenForced(task: 'create_media_buy' | 'get_products' | 'get_signals', handler: Handler, directives: Directives, immediate: Immediate = () => false): Handler {
  return async (request, caller, desk) => {
    const asked = request as KeptOfRequest & Readonly<Record<string, unknown>>;
    const brand = caller.account?.brand ?? (asked['account'] as { brand?: { domain: string } } | undefined)?.brand ?? (asked.brand as { domain: string } | undefined);
    const decision = await handler(request, caller, desk);
    if (decision.kind === 'refused' || immediate(asked)) return decision;
    const arm = directives.take('submitted', { principal_id: caller.principal.principal_id, brand, task }, asked);
    if (arm === undefined) return decision;
    // Runs name their task ids again: the newest is meant.
    const past = await desk.store.task(caller.principal.principal_id, arm.task_id);
    const waiting: TaskRecord = { ...taskOfCall(task, asked, caller, desk, arm.task_id), row_version: past?.row_version ?? 0, ...(arm.message ? { message: arm.message } : {}) };
    const told = { status: 'submitted', task_id: arm.task_id, ...(arm.message ? { message: arm.message } : {}) };
    return answerOnce(told, [{ kind: 'put_task', task: waiting }], [`task:${arm.task_id}`]);
  };
}
