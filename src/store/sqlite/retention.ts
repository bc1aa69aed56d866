import type { Forgotten } from '../../domain/retention.ts';
import type { Statements } from './rows.ts';

/** As many of the oldest rows are looked at: rows end about in the order in which they came, and none is searched for in all of a table. */
const OLDEST = 20_000;

const oldest = (table: string, ended: string): string =>
  `SELECT seq FROM (SELECT * FROM ${table} WHERE seq IN (SELECT seq FROM ${table} ORDER BY seq LIMIT ${OLDEST})) WHERE ${ended} LIMIT ?`;

/** Which rows of each kind have been kept long enough, given a time and a number. */
const OLD: Readonly<Record<Forgotten, { readonly table: string; readonly rows: string }>> = {
  answers: { table: 'idempotency', rows: oldest('idempotency', 'answer_expires_at < ?') },
  tasks: { table: 'tasks', rows: oldest('tasks', "status IN ('completed', 'canceled', 'failed', 'rejected') AND updated_at < ?") },
  webhooks: { table: 'webhooks', rows: oldest('webhooks', "status <> 'pending' AND created_at < ?") },
  failed_jobs: { table: 'jobs', rows: oldest('jobs', 'failed_reason IS NOT NULL AND run_at < ?') },
};

export class Old {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  count(what: Forgotten, before: string, limit: number): number {
    return this.#sql.get<{ n: number }>(`SELECT count(*) n FROM (${OLD[what].rows})`, before, limit)!.n;
  }

  forget(what: Forgotten, before: string, limit: number): void {
    const { table, rows } = OLD[what];
    this.#sql.run(`DELETE FROM ${table} WHERE seq IN (${rows})`, before, limit);
  }
}
