import type { Page, PageRequest, TaskFilter, TaskSort } from '../../domain/ports/store-queries.ts';
import type { TaskRecord } from '../../domain/task.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { instant, pageByKey } from './rows.ts';
import { among, every, raw, sql, when, type Sql } from './sql.ts';

export async function task(db: Queries, principal_id: string, task_id: string): Promise<TaskRecord | undefined> {
  return (await db.get<{ record: TaskRecord }>(sql`SELECT record FROM tasks WHERE principal_id = ${principal_id} AND task_id = ${task_id}`))?.record;
}

export const tasks = (db: Queries, principal_id: string, filter: TaskFilter, sort: TaskSort, page: PageRequest): Promise<Page<TaskRecord>> =>
  pageByKey(db, 'tasks', conditions(principal_id, filter), raw(sort.by), sort.direction, page);

/** @throws Stale */
export async function putTask(tx: Queries, given: TaskRecord): Promise<void> {
  const { principal: { principal_id }, task_id, task_type, status, owner, created_at, updated_at, row_version } = given;
  const record = JSON.stringify({ ...given, row_version: row_version + 1 });
  const context = given.context === undefined ? '' : JSON.stringify(given.context);
  const [account_id, brand_domain, brand_id, operator] = [owner.account_id, owner.brand?.domain, owner.brand?.brand_id, owner.operator];
  const [webhook, waiting] = [given.webhook !== undefined, status === 'submitted' && given.request !== undefined];
  const changed = await tx.run(row_version > 0
    ? sql`UPDATE tasks SET task_type = ${task_type}, status = ${status}, account_id = ${account_id}, brand_domain = ${brand_domain}, brand_id = ${brand_id},
          operator = ${operator}, has_webhook = ${webhook}, waiting = ${waiting}, context = ${context}, created_at = ${created_at}, updated_at = ${updated_at},
          record = ${record}, row_version = row_version + 1
          WHERE principal_id = ${principal_id} AND task_id = ${task_id} AND row_version = ${row_version}`
    : sql`INSERT INTO tasks (principal_id, task_id, task_type, status, account_id, brand_domain, brand_id, operator, has_webhook, waiting, context, created_at,
            updated_at, record, row_version)
          VALUES (${principal_id}, ${task_id}, ${task_type}, ${status}, ${account_id}, ${brand_domain}, ${brand_id}, ${operator}, ${webhook}, ${waiting},
            ${context}, ${created_at}, ${updated_at}, ${record}, 1) ON CONFLICT DO NOTHING`);
  if (changed === 0) throw new Stale();
}

const conditions = (principal_id: string, { owner, ...filter }: TaskFilter): Sql => every(
  sql`principal_id = ${principal_id}`,
  when(owner?.account_id, (value) => sql`account_id = ${value}`),
  when(owner?.brand?.domain, (value) => sql`brand_domain = ${value}`),
  when(owner?.brand?.brand_id, (value) => sql`brand_id = ${value}`),
  when(owner?.operator, (value) => sql`operator = ${value}`),
  among(raw('task_id'), filter.task_ids),
  among(raw('account_id'), filter.account_ids),
  among(raw('task_type'), filter.task_types),
  among(raw('status'), filter.statuses),
  when(filter.has_webhook, (value) => sql`has_webhook = ${value}`),
  when(filter.context_contains, (value) => sql`position(${value} IN context) > 0`),
  when(filter.created_after, (value) => sql`created_at > ${instant(value)}`),
  when(filter.created_before, (value) => sql`created_at < ${instant(value)}`),
  when(filter.updated_after, (value) => sql`updated_at > ${instant(value)}`),
  when(filter.updated_before, (value) => sql`updated_at < ${instant(value)}`));
