/** Carries out, or turns down, a call that has waited for a person. */
import { mayTrade } from '../domain/account.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import type { Change } from '../domain/ports/store.ts';
import { taskNotice } from '../domain/task-notice.ts';
import { completedTask, endedTask, isEnded, type TaskRecord } from '../domain/task.ts';
import { failed, succeeded, type JsonObject } from '../protocol/envelope.ts';
import { refuse, type Refused } from '../protocol/errors.ts';
import { taskOf, type TaskName } from '../protocol/tasks.ts';
import type { Desk } from '../usecases/desk.ts';
import { resolveCaller } from './account-resolution.ts';
import type { Toolbox } from './toolbox.ts';

/** Not decided yet: somebody who has to be asked could not be. The task goes on waiting. */
export interface NotYet {
  readonly kind: 'not_yet';
  readonly reason: string;
}

/** What becomes of the task, and all that its answer brings about; nothing when it has ended already. */
export async function settleTask({ principal_id, payload }: JobOf<'settle_task'>, toolbox: Toolbox, desk: Desk): Promise<readonly Change[] | NotYet> {
  const task = await desk.store.task(principal_id, payload.task_id);
  if (task?.request === undefined || isEnded(task.status)) return [];
  const now = desk.clock.now().toISOString();
  const ended = (settled: TaskRecord, changes: readonly Change[] = []): Change[] => [...changes, { kind: 'put_task', task: settled }, ...taskNotice(settled, desk.ids)];
  const over = (status: 'failed' | 'rejected', refusal: Refused) => ended(endedTask(task, status, refusal.errors[0], failed(refusal, task.context).document, now));
  if (payload.verdict === 'rejected') return over('rejected', refuse('TERMS_REJECTED', payload.reason));

  const outcome = await carriedOut(task, toolbox, desk);
  if (outcome.kind === 'refused' && outcome.errors[0].code === 'GOVERNANCE_UNAVAILABLE') return { kind: 'not_yet', reason: outcome.errors[0].message };
  return outcome.kind === 'refused' ? over('failed', outcome) : ended(completedTask(task, outcome.document, now), outcome.changes);
}

type CarriedOut = { readonly kind: 'done'; readonly document: JsonObject; readonly changes: readonly Change[] } | Refused;

async function carriedOut(task: TaskRecord, toolbox: Toolbox, desk: Desk): Promise<CarriedOut> {
  const request = startingNow(JSON.parse(desk.vault.open(task.request!)) as JsonObject, desk.clock.now());
  const { review, ...plain } = desk;
  // The call itself is decided; what it brings into the library is looked at as ever.
  const deciding: Desk = { ...plain, unhurried: true, ...(review?.catalog_items ? { review: { buys: 'none', briefs: false, catalog_items: true } } : {}) };
  const row = taskOf(task.task_type as TaskName);
  const resolved = await resolveCaller(row, request, task.principal, deciding);
  if (resolved.kind === 'refused') return resolved;
  const barred = row.trades && resolved.caller.account ? mayTrade(resolved.caller.account) : undefined;
  if (barred) return barred;
  const decision = await toolbox[row.name]!(request as never, resolved.caller, deciding);
  if (decision.kind === 'refused') return decision;
  const { document } = succeeded(decision.body as JsonObject, task.context);
  return { kind: 'done', document, changes: [...resolved.changes, ...(decision.changes ?? [])] };
}

/** A start that has passed while the call waited becomes now. */
function startingNow(request: JsonObject, now: Date): JsonObject {
  const start = request['start_time'];
  return typeof start === 'string' && Date.parse(start) < now.getTime() ? { ...request, start_time: 'asap' } : request;
}
