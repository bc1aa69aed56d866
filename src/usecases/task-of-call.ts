import type { Caller } from '../domain/caller.ts';
import type { AccountNaming } from '../domain/ports/account-scope.ts';
import type { TaskOwner, TaskRecord } from '../domain/task.ts';
import { sealedWebhook, type WebhookConfig } from '../domain/webhook-config.ts';
import type { TaskType } from '../protocol/wire/core/task.ts';
import type { Desk } from './desk.ts';

/** Members of any request that its task keeps. */
export interface KeptOfRequest {
  readonly account?: object;
  readonly brand?: object;
  readonly context?: object;
  readonly push_notification_config?: WebhookConfig;
}

/** The task of a call that is being answered: `submitted`, until its outcome is put into it. */
export function taskOfCall(task_type: TaskType, request: KeptOfRequest, caller: Caller, desk: Desk, task_id = desk.ids.next('task')): TaskRecord {
  const now = desk.clock.now().toISOString();
  const { context, push_notification_config: config } = request;
  return {
    task_id, principal: caller.principal, owner: ownerOf(request, caller), row_version: 0, task_type, status: 'submitted', created_at: now, updated_at: now,
    ...(context ? { context: context as Record<string, unknown> } : {}),
    ...(config ? { webhook: sealedWebhook(config, desk.vault) } : {}),
  };
}

/** Whose a task is: that of the account, or of whomever the request names where no account is known. */
function ownerOf({ account, brand }: KeptOfRequest, caller: Caller): TaskOwner {
  if (caller.account) {
    const { account_id, brand: own, operator } = caller.account;
    return { account_id, brand: own, operator };
  }
  const naming = (account ?? {}) as AccountNaming;
  const named = naming.brand ?? (brand as AccountNaming['brand']);
  return named ? { brand: named, operator: naming.operator ?? named.domain } : {};
}
