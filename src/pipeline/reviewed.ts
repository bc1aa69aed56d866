import { ANYBODY } from '../domain/caller.ts';
import type { Change } from '../domain/ports/store.ts';
import { reviewOf, type ReviewedTask } from '../domain/review.ts';
import { answerOnce, type Decision } from '../usecases/desk.ts';
import { taskOfCall, type KeptOfRequest } from '../usecases/task-of-call.ts';
import type { Handler } from './toolbox.ts';

/** A task that may wait for a person: checked as ever, so that only what could be carried out waits. */
export function reviewed(task: ReviewedTask, handler: Handler): Handler {
  return async (request, caller, desk): Promise<Decision<object>> => {
    const decision = await handler(request, caller, desk);
    const { review, clock, ids, vault } = desk;
    if (decision.kind === 'refused' || review === undefined || caller.principal.principal_id === ANYBODY.principal.principal_id) return decision;
    const message = reviewOf(review, task, request, decision.changes ?? []);
    if (message === undefined) return decision;
    const waiting = { ...taskOfCall(task, request as KeptOfRequest, caller, desk), request: vault.seal(JSON.stringify(request)), message };
    const { task_id } = waiting;
    const { principal_id } = caller.principal;
    const after = review.approve_after_seconds;
    const approval: Change[] = after === undefined ? [] : [{ kind: 'enqueue', job: {
      kind: 'settle_task', job_id: ids.next('job'), principal_id, lane: `task:${principal_id}/${task_id}`,
      run_at: new Date(clock.now().getTime() + after * 1000).toISOString(), payload: { task_id, verdict: 'approved' },
    } }];
    return answerOnce({ status: 'submitted', task_id, message }, [{ kind: 'put_task', task: waiting }, ...approval], [`task:${task_id}`]);
  };
}
