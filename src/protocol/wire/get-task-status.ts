import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { request, ResponseEnvelope, TASK_STATUSES } from './core/envelope.ts';
import { Ordinal, Percent } from './core/numbers.ts';
import { OpenObject } from './core/open-object.ts';
import { AgentProtocol, TASK_TYPES } from './core/task.ts';
import { DateTime } from './core/texts.ts';

const flag = Type.Optional(Type.Boolean());

export const GetTaskStatusRequest = request({
  task_id: Type.String(),
  account: Type.Optional(AccountRef),
  include_history: flag,
  include_result: flag,
});
export type GetTaskStatusRequest = Static<typeof GetTaskStatusRequest>;

/** What was asked and what was answered, oldest first. */
const Exchanged = Type.Object({ timestamp: DateTime, type: Type.Enum(['request', 'response']), data: OpenObject });

const Progress = Type.Object({
  percentage: Type.Optional(Percent),
  current_step: Type.Optional(Type.String()),
  total_steps: Type.Optional(Ordinal),
  step_number: Type.Optional(Ordinal),
});

const TaskError = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Optional(Type.Object({
    protocol: Type.Optional(AgentProtocol), operation: Type.Optional(Type.String()), specific_context: Type.Optional(OpenObject),
  })),
});

/** `status` is that of the task, in the envelope's place. `result` is the task's whole answer, when it has ended and was asked for. */
export const GetTaskStatusSuccess = Type.Object({
  task_id: Type.String(),
  task_type: Type.Enum(TASK_TYPES),
  protocol: AgentProtocol,
  status: Type.Enum(TASK_STATUSES),
  created_at: DateTime,
  updated_at: DateTime,
  completed_at: Type.Optional(DateTime),
  has_webhook: flag,
  progress: Type.Optional(Progress),
  error: Type.Optional(TaskError),
  history: Type.Optional(Type.Array(Exchanged)),
  result: Type.Optional(OpenObject),
});
export type GetTaskStatusSuccess = Static<typeof GetTaskStatusSuccess>;

export const GetTaskStatusResponse = Type.Unsafe<Static<typeof ResponseEnvelope> & GetTaskStatusSuccess>({ allOf: [ResponseEnvelope, GetTaskStatusSuccess] });
