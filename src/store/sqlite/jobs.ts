import type { Job, NewJob, QueueDepth } from '../../domain/ports/jobs.ts';
import type { Statements } from './rows.ts';

interface Row {
  readonly job_id: string;
  readonly kind: NewJob['kind'];
  readonly principal_id: string;
  readonly lane: string;
  readonly run_at: string;
  readonly attempts: number;
  readonly payload: string;
}

export type JobOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'again'; readonly run_at: string; readonly reason: string };

const TRIAL = 'trial';
const TRIAL_BYTES = 65_536;

export class Jobs {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  enqueue(job: NewJob): void {
    this.#sql.run('INSERT INTO jobs (job_id, kind, principal_id, lane, run_at, payload) VALUES (?, ?, ?, ?, ?, ?)', job.job_id, job.kind, job.principal_id, job.lane, job.run_at, JSON.stringify(job.payload));
  }

  /** The oldest open job of each lane, when it is due and nobody works on it. */
  lease(now: string, leaseUntil: string, limit: number): Job[] {
    const rows = this.#sql.all<Row>(
      `UPDATE jobs SET leased_until = ?, attempts = attempts + 1 WHERE seq IN (
         SELECT seq FROM jobs AS first WHERE failed_reason IS NULL AND run_at <= ? AND (leased_until IS NULL OR leased_until <= ?)
         AND NOT EXISTS (SELECT 1 FROM jobs AS before WHERE before.lane = first.lane AND before.failed_reason IS NULL AND before.seq < first.seq)
         ORDER BY run_at, seq LIMIT ?)
       RETURNING job_id, kind, principal_id, lane, run_at, attempts, payload`, leaseUntil, now, now, limit);
    return rows.map(({ attempts, payload, ...job }) => ({ attempts, job: { ...job, payload: JSON.parse(payload) } as NewJob }));
  }

  finish(job_id: string, outcome: JobOutcome): void {
    switch (outcome.kind) {
      case 'done': this.#sql.run('DELETE FROM jobs WHERE job_id = ?', job_id); return;
      case 'failed': this.#sql.run('UPDATE jobs SET failed_reason = ?, leased_until = NULL WHERE job_id = ?', outcome.reason, job_id); return;
      case 'again': this.#sql.run('UPDATE jobs SET run_at = ?, leased_until = NULL WHERE job_id = ?', outcome.run_at, job_id);
    }
  }

  pending(principal_id: string, upTo: number): { count: number; newest: number } {
    return this.#sql.get<{ count: number; newest: number }>(
      'SELECT count(*) count, coalesce(max(seq), 0) newest FROM jobs WHERE failed_reason IS NULL AND kind = ? AND principal_id = ? AND seq <= ?',
      'push_upstream' satisfies NewJob['kind'], principal_id, upTo)!;
  }

  depth(): QueueDepth[] {
    return this.#sql.all<QueueDepth>('SELECT kind, count(*) waiting, min(run_at) oldest_run_at FROM jobs WHERE failed_reason IS NULL GROUP BY kind ORDER BY kind');
  }

  /** Takes as much room as the rows of a call need, and gives it back: within one transaction, so that nobody sees it. */
  tryRoom(): void {
    this.#sql.run('INSERT INTO jobs (job_id, kind, principal_id, lane, run_at, payload) VALUES (?, ?, ?, ?, ?, ?)', TRIAL, '', '', '', '', ' '.repeat(TRIAL_BYTES));
    this.#sql.run('DELETE FROM jobs WHERE job_id = ?', TRIAL);
  }

  /** Leases of a process that ended: its jobs may run again. */
  releaseAll(): void {
    this.#sql.run('UPDATE jobs SET leased_until = NULL');
  }
}
