import type { AnsweredTasks } from '../../domain/ports/answered-tasks.ts';
import type { Queries } from './connections.ts';
import { every, sql, when } from './sql.ts';

/** How many are kept of a caller, and so many too old or too many go with each new one. */
const KEPT = 1_000;
const FORGOTTEN_AT_ONCE = 20;

/** What was answered by any of the servers; kept for an hour. */
export const answeredTasks = (db: Queries): AnsweredTasks => ({
  async keep(owner, { id, context_id, state, document }) {
    await db.run(
      sql`INSERT INTO answered_tasks (owner, task_id, context_id, state, document) VALUES (${owner}, ${id}, ${context_id}, ${state}, ${JSON.stringify(document)})
          ON CONFLICT (owner, task_id) DO NOTHING`);
    const tooMany = sql`SELECT seq FROM answered_tasks WHERE owner = ${owner} ORDER BY seq DESC OFFSET ${KEPT} LIMIT ${FORGOTTEN_AT_ONCE}`;
    const tooOld = sql`SELECT seq FROM answered_tasks WHERE kept_at < now() - interval '1 hour' ORDER BY kept_at LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED`;
    await db.run(sql`DELETE FROM answered_tasks WHERE seq = ANY(ARRAY(${tooMany})) OR seq = ANY(ARRAY(${tooOld}))`);
  },
  async find(owner, id) {
    return (await db.get<{ document: unknown }>(sql`SELECT document FROM answered_tasks WHERE owner = ${owner} AND task_id = ${id}`))?.document;
  },
  async list(owner, { context_id, state, limit, skip }) {
    const where = every(sql`owner = ${owner}`, when(context_id, (id) => sql`context_id = ${id}`), when(state, (number) => sql`state = ${number}`));
    const rows = await db.all<{ document: unknown }>(sql`SELECT document FROM answered_tasks WHERE ${where} ORDER BY seq DESC LIMIT ${limit} OFFSET ${skip}`);
    const { total } = (await db.get<{ total: number }>(sql`SELECT count(*) AS total FROM answered_tasks WHERE ${where}`))!;
    return { documents: rows.map(({ document }) => document), total };
  },
});
