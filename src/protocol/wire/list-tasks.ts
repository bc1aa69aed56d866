import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { request, response, TASK_STATUSES } from './core/envelope.ts';
import { some } from './core/lists.ts';
import { Count } from './core/numbers.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';
import { AgentProtocol, TASK_DOMAINS, TASK_TYPES } from './core/task.ts';
import { DateTime } from './core/texts.ts';

const Status = Type.Enum(TASK_STATUSES);
const TaskTypeName = Type.Enum(TASK_TYPES);
const flag = Type.Optional(Type.Boolean());
const time = Type.Optional(DateTime);

/** Joined by "and"; a member of the singular and its plural are both kept to. */
export const TaskFilters = Type.Object({
  protocol: Type.Optional(AgentProtocol),
  protocols: some(AgentProtocol),
  status: Type.Optional(Status),
  statuses: some(Status),
  task_type: Type.Optional(TaskTypeName),
  task_types: some(TaskTypeName),
  created_after: time,
  created_before: time,
  updated_after: time,
  updated_before: time,
  task_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 100 })),
  context_contains: Type.Optional(Type.String()),
  has_webhook: flag,
});
export type TaskFilters = Static<typeof TaskFilters>;

export const TASK_SORT_FIELDS = ['created_at', 'updated_at', 'status', 'task_type', 'protocol'] as const;

/** Newest first unless asked otherwise. */
export const ListTasksRequest = request({
  account: Type.Optional(AccountRef),
  filters: Type.Optional(TaskFilters),
  sort: Type.Optional(Type.Object({ field: Type.Optional(Type.Enum(TASK_SORT_FIELDS)), direction: Type.Optional(Type.Enum(['asc', 'desc'])) })),
  pagination: Type.Optional(PaginationRequest),
  include_history: flag,
});
export type ListTasksRequest = Static<typeof ListTasksRequest>;

export const ListedTask = Type.Object({
  task_id: Type.String(),
  task_type: TaskTypeName,
  domain: Type.Enum(TASK_DOMAINS),
  status: Status,
  created_at: DateTime,
  updated_at: DateTime,
  completed_at: time,
  has_webhook: flag,
});
export type ListedTask = Static<typeof ListedTask>;

export const ListTasksSuccess = Type.Object({
  query_summary: Type.Object({
    total_matching: Type.Optional(Count),
    returned: Type.Optional(Count),
    filters_applied: Type.Optional(Type.Array(Type.String())),
    sort_applied: Type.Optional(Type.Object({ field: Type.String(), direction: Type.Enum(['asc', 'desc']) })),
  }),
  tasks: Type.Array(ListedTask),
  pagination: PaginationResponse,
});
export type ListTasksSuccess = Static<typeof ListTasksSuccess>;

export const ListTasksResponse = response(ListTasksSuccess);
export type ListTasksResponse = Static<typeof ListTasksResponse>;
