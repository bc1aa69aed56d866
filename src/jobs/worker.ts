/** Works through stored jobs: leases what is due, hands it to its handler, backs off when it fails. */
import type { JobResult } from '../domain/job-result.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { StoreUnavailable } from '../domain/ports/hindrance.ts';
import type { Job, JobKind, JobOf, NewJob } from '../domain/ports/jobs.ts';
import type { Store } from '../domain/ports/store.ts';

export type JobHandler<Kind extends JobKind = JobKind> = (job: JobOf<Kind>) => Promise<JobResult>;
export type JobHandlers = { readonly [Kind in JobKind]?: JobHandler<Kind> };

export interface Worker {
  /** Looks for work now instead of at the next tick. */
  wake(): void;
  /** Stops taking work and waits for what runs. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** A job of a kind without a handler is given up. */
  readonly handlers: JobHandlers;
  /** Told of jobs that are given up, and of handlers that threw. */
  readonly report: (job: Job, reason: string) => void;
  /** Told when the store fails in a way that nobody else has said. Work goes on when it does. */
  readonly troubled: (error: unknown) => void;
  /** Told what came of every attempt. */
  readonly ended?: (job: Job, result: JobResult) => void;
  /** Around every attempt, for traces. */
  readonly around?: (job: NewJob, go: () => Promise<JobResult>) => Promise<JobResult>;
  readonly idleMs?: number;
  /** How many jobs run at a time; one that is slow holds up no other. */
  readonly hands?: number;
}

const LEASE_MS = 60_000;
/** How long a store that failed is left alone. */
const PAUSE_MS = 1_000;
/** Seconds before each next attempt; after the last one the job is given up. */
const BACKOFF_SECONDS = [1, 3, 8, 20, 60, 300, 1800];

export function startWorker(options: WorkerOptions): Worker {
  const { store, clock, hands = 32, around = (_job, go) => go() } = options;
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => { stopping.signal.addEventListener('abort', () => resolve()); });
  const running = new Set<Promise<void>>();
  let wake: () => void = () => {};
  const idle = () => new Promise<void>((resolve) => {
    wake = resolve;
    if (stopping.signal.aborted) resolve();
    void clock.sleep(options.idleMs ?? 500).then(resolve);
  });

  /** Undefined when the store fails. */
  const asked = async <Result>(ask: () => Promise<Result>): Promise<{ readonly result: Result } | undefined> => {
    try {
      return { result: await ask() };
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) options.troubled(error);
      return undefined;
    }
  };

  /** What came of a job is told until the store has heard it: a job that is not finished is done again. */
  const finish = async (job_id: string, outcome: Parameters<Store['finishJob']>[1]): Promise<void> => {
    while ((await asked(() => store.finishJob(job_id, outcome))) === undefined && !stopping.signal.aborted) await clock.sleep(PAUSE_MS);
  };

  const work = async (job: Job): Promise<void> => {
    const handler = options.handlers[job.job.kind] as JobHandler | undefined;
    const failed = (error: unknown): JobResult => ({ kind: 'retry', reason: String(error) });
    const result = handler ? await around(job.job, () => handler(job.job)).catch(failed) : { kind: 'refused' as const, reason: `nothing does jobs of the kind ${job.job.kind}` };
    options.ended?.(job, result);
    const wait = BACKOFF_SECONDS[job.attempts - 1];
    if (result.kind === 'done' || result.kind === 'again') return finish(job.job.job_id, result);
    if (result.kind === 'retry' && wait !== undefined)
      return finish(job.job.job_id, { kind: 'again', reason: result.reason, run_at: new Date(clock.now().getTime() + wait * 1000).toISOString() });
    options.report(job, result.reason);
    return finish(job.job.job_id, { kind: 'failed', reason: result.reason });
  };

  const start = (job: Job): void => {
    const done = work(job).finally(() => running.delete(done));
    running.add(done);
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const now = clock.now();
      const free = hands - running.size;
      const leased = free > 0 ? await asked(() => store.leaseJobs(now.toISOString(), new Date(now.getTime() + LEASE_MS).toISOString(), free)) : { result: [] };
      if (leased === undefined) {
        await Promise.race([clock.sleep(PAUSE_MS), stopped]);
        continue;
      }
      const jobs = leased.result;
      for (const job of jobs) start(job);
      // A job that ends may free its lane: then there is more to look for at once.
      if (running.size > 0) await Promise.race([...running, idle()]);
      else if (jobs.length === 0) await idle();
    }
    await Promise.all(running);
  };
  const ended = loop();
  return { wake: () => wake(), stop: () => { stopping.abort(); wake(); return ended; } };
}
