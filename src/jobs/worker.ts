/** Works through stored jobs: leases what is due, hands it to its handler, backs off when it fails. */
import type { Clock } from '../domain/ports/clock.ts';
import type { Job, Store } from '../domain/ports/store.ts';

export type JobResult = { readonly kind: 'done' } | { readonly kind: 'retry' | 'refused'; readonly reason: string };
export type JobHandler = (job: Job['job']) => Promise<JobResult>;

export interface Worker {
  /** Looks for work now instead of at the next tick. */
  wake(): void;
  /** Stops taking work and waits for what runs. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly handlers: Readonly<Record<Job['job']['kind'], JobHandler>>;
  /** Told of jobs that are given up, and of handlers that threw. */
  readonly report: (job: Job, reason: string) => void;
  readonly idleMs?: number;
  readonly batch?: number;
}

const LEASE_MS = 60_000;
/** Seconds before each next attempt; after the last one the job is given up. */
const BACKOFF_SECONDS = [1, 3, 8, 20, 60, 300, 1800];

export function startWorker(options: WorkerOptions): Worker {
  const { store, clock } = options;
  const stopping = new AbortController();
  let wake: () => void = () => {};
  const idle = () => new Promise<void>((resolve) => {
    wake = resolve;
    if (stopping.signal.aborted) resolve();
    void clock.sleep(options.idleMs ?? 500).then(resolve);
  });

  const work = async (job: Job): Promise<void> => {
    const result = await options.handlers[job.job.kind](job.job).catch((error: unknown): JobResult => ({ kind: 'retry', reason: String(error) }));
    const wait = BACKOFF_SECONDS[job.attempts - 1];
    if (result.kind === 'done') return store.finishJob(job.job.job_id, result);
    if (result.kind === 'retry' && wait !== undefined)
      return store.finishJob(job.job.job_id, { kind: 'again', reason: result.reason, run_at: new Date(clock.now().getTime() + wait * 1000).toISOString() });
    options.report(job, result.reason);
    return store.finishJob(job.job.job_id, { kind: 'failed', reason: result.reason });
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const now = clock.now();
      const jobs = await store.leaseJobs(now.toISOString(), new Date(now.getTime() + LEASE_MS).toISOString(), options.batch ?? 16);
      if (jobs.length === 0) await idle();
      else await Promise.all(jobs.map(work));
    }
  };
  const running = loop();
  return { wake: () => wake(), stop: () => { stopping.abort(); wake(); return running; } };
}
