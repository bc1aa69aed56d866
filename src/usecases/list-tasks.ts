import { pagedList, pageInfo, pagePosition } from '../domain/pagination.ts';
import { listedTask, requestedOwner, requestedTasks } from '../domain/task-view.ts';
import type { ListTasksRequest, ListTasksSuccess } from '../protocol/wire/list-tasks.ts';
import { answer, type UseCase } from './desk.ts';

/** The caller's tasks, of one account when it names one, filtered, sorted, in pages. */
export const listTasks: UseCase<ListTasksRequest, ListTasksSuccess> = async (request, { principal }, desk) => {
  const list = pagedList('list_tasks', principal, request, desk);
  const position = pagePosition(request.pagination, list);
  if (position.kind === 'refused') return position;
  const { field = 'created_at', direction = 'desc' } = request.sort ?? {};
  const owner = requestedOwner(request.account);
  const filter = { ...requestedTasks(request.filters), ...(owner ? { owner } : {}), ...(principal.grant?.account_ids ? { account_ids: principal.grant.account_ids } : {}) };
  // All tasks are of one protocol: sorting by it leaves them as they came.
  const page = await desk.store.tasks(principal.principal_id, filter, { by: field === 'protocol' ? 'created_at' : field, direction }, position);
  return answer({
    query_summary: {
      total_matching: page.total, returned: page.items.length, filters_applied: Object.keys(request.filters ?? {}), sort_applied: { field, direction },
    },
    tasks: page.items.map(listedTask),
    pagination: pageInfo(page.last, list, page.total),
  });
};
