/** What is posted when a task has ended, or a report is due. */
import { Type, type Static } from 'typebox';
import { TASK_STATUSES } from './envelope.ts';
import { OpenObject } from './open-object.ts';
import { AgentProtocol, TASK_TYPES } from './task.ts';
import { DateTime, IdempotencyKey } from './texts.ts';

/** `idempotency_key` is the event's: the same on every attempt. `result` is the task's whole answer. */
export const WebhookPayload = Type.Object({
  idempotency_key: IdempotencyKey,
  notification_id: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,255}$', minLength: 1, maxLength: 255 })),
  operation_id: Type.String(),
  task_id: Type.String(),
  task_type: Type.Enum(TASK_TYPES),
  protocol: Type.Optional(AgentProtocol),
  status: Type.Enum(TASK_STATUSES),
  timestamp: DateTime,
  message: Type.Optional(Type.String()),
  context_id: Type.Optional(Type.String()),
  token: Type.Optional(Type.String({ minLength: 16, maxLength: 4096 })),
  result: Type.Optional(OpenObject),
});
export type WebhookPayload = Static<typeof WebhookPayload>;
