/** Work to do: leased by one server at a time, strictly in order within its lane. */
import type { Job, NewJob, QueueDepth } from '../../domain/ports/jobs.ts';
import type { Store } from '../../domain/ports/store.ts';
import type { Queries } from './connections.ts';
import { raw, sql } from './sql.ts';

interface Row {
  readonly seq: number;
  readonly job_id: string;
  readonly kind: NewJob['kind'];
  readonly principal_id: string;
  readonly lane: string;
  readonly run_at: string;
  readonly attempts: number;
  readonly payload: unknown;
}

type JobOutcome = Parameters<Store['finishJob']>[1];

/** Two rows of one key. */
const UNIQUE_VIOLATION = '23505';

export async function enqueue(tx: Queries, { job_id, kind, principal_id, lane, run_at, payload }: NewJob): Promise<void> {
  await tx.run(
    sql`INSERT INTO jobs (job_id, kind, principal_id, lane, run_at, payload) VALUES (${job_id}, ${kind}, ${principal_id}, ${lane}, ${run_at}, ${JSON.stringify(payload)})`);
}

/**
 * Whose turn it is in a lane: the job that was leased, until it is finished, else the oldest. A job of a transaction that began earlier and
 * ended later may come in before one that runs already; it waits for it.
 */
const FIRST = raw(`NOT EXISTS (SELECT 1 FROM jobs other WHERE other.lane = job.lane AND other.failed_reason IS NULL AND other.seq <> job.seq
  AND (other.leased_until IS NOT NULL OR job.leased_until IS NULL AND other.seq < job.seq))`);

/** The first open job of each lane, when it is due and nobody works on it. */
export async function leaseJobs(db: Queries, holder: string, now: string, leaseUntil: string, limit: number): Promise<Job[]> {
  const rows = await db.all<Row>(
    sql`WITH due AS (
          SELECT job.seq FROM jobs job
          WHERE job.failed_reason IS NULL AND job.run_at <= ${now} AND (job.leased_until IS NULL OR job.leased_until <= ${now}) AND ${FIRST}
          ORDER BY job.run_at, job.seq LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        UPDATE jobs SET holder = ${holder}, leased_until = ${leaseUntil}, attempts = attempts + 1 FROM due WHERE jobs.seq = due.seq
        RETURNING jobs.seq, job_id, kind, principal_id, lane, run_at, attempts, payload`).catch(nothingWhenBeaten);
  rows.sort((a, b) => (a.run_at === b.run_at ? a.seq - b.seq : a.run_at < b.run_at ? -1 : 1));
  return rows.map(({ seq: _seq, attempts, ...job }) => ({ attempts, job: job as NewJob }));
}

/** Another server has leased a job of one of the lanes in the same moment: there will be another look. */
function nothingWhenBeaten(error: unknown): Row[] {
  if ((error as { code?: string }).code === UNIQUE_VIOLATION) return [];
  throw error;
}

/** A job that another server has been given meanwhile, because its lease ran out, is that server's to finish. */
export async function finishJob(db: Queries, holder: string, job_id: string, outcome: JobOutcome): Promise<void> {
  const own = sql`job_id = ${job_id} AND coalesce(holder, ${holder}) = ${holder}`;
  switch (outcome.kind) {
    case 'done': await db.run(sql`DELETE FROM jobs WHERE ${own}`); return;
    case 'failed': await db.run(sql`UPDATE jobs SET failed_reason = ${outcome.reason}, leased_until = NULL WHERE ${own}`); return;
    case 'again': await db.run(sql`UPDATE jobs SET run_at = ${outcome.run_at}, leased_until = NULL WHERE ${own}`);
  }
}

/** Gives back what a server that stops has not finished. */
export async function releaseJobs(db: Queries, holder: string): Promise<void> {
  await db.run(sql`UPDATE jobs SET leased_until = NULL WHERE holder = ${holder} AND leased_until IS NOT NULL`);
}

export async function pendingPushes(db: Queries, principal_id: string, upTo = Number.MAX_SAFE_INTEGER): Promise<{ readonly count: number; readonly newest: number }> {
  return (await db.get<{ count: number; newest: number }>(
    sql`SELECT count(*) AS count, coalesce(max(seq), 0) AS newest FROM jobs
        WHERE failed_reason IS NULL AND kind = ${'push_upstream' satisfies NewJob['kind']} AND principal_id = ${principal_id} AND seq <= ${upTo}`))!;
}

export const queueDepth = (db: Queries): Promise<QueueDepth[]> =>
  db.all<QueueDepth>(sql`SELECT kind, count(*) AS waiting, min(run_at) AS oldest_run_at FROM jobs WHERE failed_reason IS NULL GROUP BY kind ORDER BY kind`);
