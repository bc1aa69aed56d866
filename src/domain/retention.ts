/** How long what nobody needs any more is kept. Facts that reports are made of are kept for good, and so is the audit, whose entries hang together. */

/** Days since a row ended: since an answer could be replayed last, a task or webhook was settled, a job was given up. */
export interface Retention {
  readonly tasks_days: number;
  readonly webhooks_days: number;
  readonly failed_jobs_days: number;
}

/** How long a key is remembered after its replay window, so that its return is told apart from a new key. */
export const KEYS_REMEMBERED_DAYS = 7;

export const FORGOTTEN = ['answers', 'tasks', 'webhooks', 'failed_jobs'] as const;
export type Forgotten = (typeof FORGOTTEN)[number];

const DAY_MS = 86_400_000;

/** Before which time, ISO 8601, rows of each kind are forgotten. */
export function forgottenBefore(retention: Retention, now: Date): readonly { readonly what: Forgotten; readonly before: string }[] {
  const { tasks_days: tasks, webhooks_days: webhooks, failed_jobs_days: failed_jobs } = retention;
  const days: Readonly<Record<Forgotten, number>> = { answers: KEYS_REMEMBERED_DAYS, tasks, webhooks, failed_jobs };
  return FORGOTTEN.map((what) => ({ what, before: new Date(now.getTime() - days[what] * DAY_MS).toISOString() }));
}
