/** Calls whose answer comes later, or is posted to the buyer as well: what is polled and announced (seller specification §2.20). */
import type { AdcpError } from '../protocol/errors.ts';
import type { TaskStatus } from '../protocol/wire/core/envelope.ts';
import type { TaskType } from '../protocol/wire/core/task.ts';
import type { Brand } from './account.ts';
import type { Principal } from './caller.ts';
import type { KeptWebhook } from './webhook-config.ts';

/** Where nothing more happens to a task. */
const ENDED: readonly TaskStatus[] = ['completed', 'canceled', 'failed', 'rejected'];

export const isEnded = (status: TaskStatus): boolean => ENDED.includes(status);

/** Whose task it is: the account as it was found, and as a buyer names it. */
export interface TaskOwner {
  readonly account_id?: string;
  readonly brand?: Brand;
  readonly operator?: string;
}

export interface TaskRecord {
  readonly task_id: string;
  /** Who called; a call that is carried out later is carried out as this caller. */
  readonly principal: Principal;
  readonly owner: TaskOwner;
  /** Version of the stored row, 0 until it is stored. */
  readonly row_version: number;
  readonly task_type: TaskType;
  readonly status: TaskStatus;
  readonly created_at: string;
  readonly updated_at: string;
  readonly completed_at?: string;
  /** What a buyer is told while it waits. */
  readonly message?: string;
  /** The request, sealed, while it is still to be carried out. */
  readonly request?: string;
  /** The request's `context`. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Where the outcome is posted, secrets sealed. */
  readonly webhook?: KeptWebhook;
  /** The task's whole answer, verbatim, when it has ended. */
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: AdcpError;
}

/** A task that has ended well, with the answer as the buyer gets it. */
export function completedTask(task: TaskRecord, result: Readonly<Record<string, unknown>>, now: string): TaskRecord {
  const { request: _done, error: _none, ...kept } = task;
  return { ...kept, status: 'completed', updated_at: now, completed_at: now, result };
}

/** A task of which nothing came: it `failed`, or a person `rejected` it. `result` is the refusal as the buyer would have got it. */
export function endedTask(
  task: TaskRecord, status: 'failed' | 'rejected', error: AdcpError, result: Readonly<Record<string, unknown>>, now: string,
): TaskRecord {
  const { request: _done, ...kept } = task;
  return { ...kept, status, updated_at: now, completed_at: now, error, result };
}
