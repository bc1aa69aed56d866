/** What a credential may do within its principal's rights. What is absent is not limited. */
import { refuse, type Refused } from '../protocol/errors.ts';
import { TASKS, taskOf, type Task, type TaskName } from '../protocol/tasks.ts';
import type { AccountAuthorization } from '../protocol/wire/core/account.ts';
import type { AccountRecord } from './account.ts';

export interface Grant {
  readonly tasks?: readonly TaskName[];
  /** Only tasks that change nothing. */
  readonly read_only?: true;
  /** Only these accounts; every other one does not exist for this credential. */
  readonly account_ids?: readonly string[];
}

/**
 * Tasks whose request has no account to name, or that make accounts: a credential for certain accounts cannot be held to them there.
 * Listing accounts and finding tasks are narrowed instead.
 */
const BEYOND_ACCOUNTS: readonly TaskName[] = ['sync_accounts', 'sync_governance', 'comply_test_controller'];

/**
 * Whether a credential may call a task at all; tasks that are open to anybody are never barred.
 * @returns SCOPE_INSUFFICIENT or READ_ONLY_SCOPE, with where the caller reads what it may do
 */
export function barredByGrant(grant: Grant | undefined, task: Task): Refused | undefined {
  if (grant === undefined || task.open) return undefined;
  if (grant.read_only && task.mutating) return readOnly(task.name);
  if (grants(grant, task.name)) return undefined;
  return refuse('SCOPE_INSUFFICIENT', `this credential does not allow ${task.name}`, { details: { introspection_hint: { task: 'list_accounts' } } });
}

/** The refusal of a change under a credential that only reads. */
export const readOnly = (task: TaskName): Refused =>
  refuse('READ_ONLY_SCOPE', `this credential only reads, and ${task} would change something`, { details: { introspection_hint: { task: 'list_accounts' } } });

function grants({ tasks, account_ids }: Grant, task: TaskName): boolean {
  return (tasks === undefined || tasks.includes(task)) && (account_ids === undefined || !BEYOND_ACCOUNTS.includes(task));
}

/** Whether an account exists for a credential. */
export const reaches = (grant: Grant | undefined, account: Pick<AccountRecord, 'account_id'>): boolean =>
  grant?.account_ids === undefined || grant.account_ids.includes(account.account_id);

/** What a limited credential may do with an account, as `list_accounts` shows it; nothing for one that is not limited. */
export function authorizationOf(grant: Grant | undefined, served: ReadonlySet<TaskName>): AccountAuthorization | undefined {
  if (grant === undefined) return undefined;
  const allowed = (Object.keys(TASKS) as TaskName[]).filter((name) => served.has(name) && barredByGrant(grant, taskOf(name)) === undefined);
  return { allowed_tasks: allowed, ...(grant.read_only ? { read_only: true } : {}) };
}
