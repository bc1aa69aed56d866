import type { Forgotten } from '../../domain/retention.ts';
import type { Queries } from './connections.ts';
import { raw, sql, type Sql } from './sql.ts';

/** Which rows of each kind have been kept long enough; oldest first. */
const OLD: Readonly<Record<Forgotten, { readonly table: string; readonly ended: string; readonly since: string }>> = {
  answers: { table: 'idempotency', ended: 'true', since: 'answer_expires_at' },
  tasks: { table: 'tasks', ended: "status IN ('completed', 'canceled', 'failed', 'rejected')", since: 'updated_at' },
  webhooks: { table: 'webhooks', ended: "status <> 'pending'", since: 'created_at' },
  failed_jobs: { table: 'jobs', ended: 'failed_reason IS NOT NULL', since: 'run_at' },
};

function oldRows(what: Forgotten, before: string, limit: number): Sql {
  const { table, ended, since } = OLD[what];
  return sql`SELECT ctid FROM ${raw(table)} WHERE ${raw(ended)} AND ${raw(since)} < ${before} ORDER BY ${raw(since)} LIMIT ${limit}`;
}

export async function forgettable(db: Queries, what: Forgotten, before: string, limit: number): Promise<number> {
  return (await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM (${oldRows(what, before, limit)}) AS old`))!.n;
}

/** Of two servers that clear up at the same time, neither waits for the other. */
export async function forget(tx: Queries, what: Forgotten, before: string, limit: number): Promise<void> {
  await tx.run(sql`DELETE FROM ${raw(OLD[what].table)} WHERE ctid = ANY(ARRAY(${oldRows(what, before, limit)} FOR UPDATE SKIP LOCKED))`);
}
