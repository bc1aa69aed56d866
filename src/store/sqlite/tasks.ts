import type { Page, PageRequest, TaskFilter, TaskSort } from '../../domain/ports/store-queries.ts';
import type { TaskRecord } from '../../domain/task.ts';
import { Stale } from '../stale.ts';
import { Conditions, pageByKey, recordOf, type RecordRow, type Statements } from './rows.ts';

export class Tasks {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  get(principal_id: string, task_id: string): TaskRecord | undefined {
    const row = this.#sql.get<RecordRow>('SELECT seq, record FROM tasks WHERE principal_id = ? AND task_id = ?', principal_id, task_id);
    return row && recordOf<TaskRecord>(row);
  }

  list(principal_id: string, filter: TaskFilter, sort: TaskSort, page: PageRequest): Page<TaskRecord> {
    return pageByKey(this.#sql, 'tasks', conditions(principal_id, filter), sort.by, sort.direction, page);
  }

  put(task: TaskRecord): void {
    const { principal, task_id, owner, row_version } = task;
    const record = JSON.stringify({ ...task, row_version: row_version + 1 });
    const columns = [
      task.task_type, task.status, owner.account_id ?? null, owner.brand?.domain ?? null, owner.brand?.brand_id ?? null, owner.operator ?? null,
      task.webhook === undefined ? 0 : 1, task.created_at, task.updated_at, record, principal.principal_id, task_id,
    ];
    const changed = row_version > 0
      ? this.#sql.run(
          `UPDATE tasks SET task_type = ?, status = ?, account_id = ?, brand_domain = ?, brand_id = ?, operator = ?, has_webhook = ?, created_at = ?,
           updated_at = ?, record = ?, row_version = row_version + 1 WHERE principal_id = ? AND task_id = ? AND row_version = ?`, ...columns, row_version)
      : this.#sql.run(
          `INSERT INTO tasks (task_type, status, account_id, brand_domain, brand_id, operator, has_webhook, created_at, updated_at, record, principal_id,
           task_id, row_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING`, ...columns);
    if (changed === 0) throw new Stale();
  }
}

const CONTEXT = "instr(coalesce(json_extract(record, '$.context'), ''), ?) > 0";

function conditions(principal_id: string, filter: TaskFilter): Conditions {
  return new Conditions()
    .and('principal_id = ?', principal_id)
    .when(filter.owner?.account_id, 'account_id = ?')
    .when(filter.owner?.brand?.domain, 'brand_domain = ?')
    .when(filter.owner?.brand?.brand_id, 'brand_id = ?')
    .when(filter.owner?.operator, 'operator = ?')
    .among('task_id', filter.task_ids)
    .among('account_id', filter.account_ids)
    .among('task_type', filter.task_types)
    .among('status', filter.statuses)
    .when(filter.has_webhook, 'has_webhook = ?', filter.has_webhook ? 1 : 0)
    .when(filter.context_contains, CONTEXT)
    .when(filter.created_after, 'julianday(created_at) > julianday(?)')
    .when(filter.created_before, 'julianday(created_at) < julianday(?)')
    .when(filter.updated_after, 'julianday(updated_at) > julianday(?)')
    .when(filter.updated_before, 'julianday(updated_at) < julianday(?)');
}
