import type { WebhookPayload } from '../protocol/wire/core/webhook-payload.ts';
import type { Ids } from './ports/ids.ts';
import type { Change } from './ports/store.ts';
import type { TaskRecord } from './task.ts';
import { queuedWebhook } from './webhook-queue.ts';

/** The part of AdCP that most tasks of a seller of media belong to. */
export const TASK_PROTOCOL = 'media-buy';

/** That which a task of a type belongs to. */
export const taskProtocol = (task_type: string): 'signals' | typeof TASK_PROTOCOL => (task_type === 'get_signals' ? 'signals' : TASK_PROTOCOL);

/** What is posted when a task has ended (`core/mcp-webhook-payload.json`), if the buyer wanted it. */
export function taskNotice(task: TaskRecord, ids: Ids): Change[] {
  const { task_id, task_type, status, updated_at, principal: { principal_id }, webhook: config, message, result } = task;
  if (config === undefined) return [];
  const { url, authentication, token, operation_id } = config;
  const webhook_id = ids.next('whk');
  const body: WebhookPayload = {
    idempotency_key: webhook_id, operation_id: operation_id ?? task_id, task_id, task_type, protocol: taskProtocol(task_type), status, timestamp: updated_at,
    ...(message === undefined ? {} : { message }), ...(result ? { result } : {}),
  };
  return queuedWebhook({
    webhook_id, principal_id, about: `task:${task_id}`, notification: 'task', url, created_at: updated_at, body: JSON.stringify(body),
    ...(authentication ? { authentication } : {}), ...(token === undefined ? {} : { token }),
  }, ids.next('job'));
}
