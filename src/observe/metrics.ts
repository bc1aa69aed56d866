/** What happens, counted for Prometheus. Labels are few and closed: no id, no principal, no URL becomes one. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobResult } from '../domain/job-result.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { JobKind, QueueDepth } from '../domain/ports/jobs.ts';
import type { CallObserver } from '../pipeline/observed.ts';
import type { SignatureJudged } from '../pipeline/signed/guard.ts';
import type { TaskName } from '../protocol/tasks.ts';

export interface Metrics {
  readonly call: CallObserver;
  /** A job that was worked on, and what came of it. */
  job(kind: JobKind, outcome: JobResult['kind']): void;
  /** An attempt at a webhook: the status that came back, or that none did. */
  webhook(status: number | 'no_reply'): void;
  /** A request that left for a platform: the status that came back, or that none did. */
  upstream(status: number | 'no_reply'): void;
  /** A request that was turned away before it became a call. */
  turnedAway(http_status: number): void;
  /** A call that was signed, or should have been, and what came of it. */
  signature(outcome: SignatureJudged['outcome']): void;
  /** The page that Prometheus reads. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

export interface MetricsSources {
  /** What is served; calls of anything else count as `unknown`. */
  readonly tasks: readonly TaskName[];
  /** Jobs that wait or run, asked when the page is read. */
  queue(): Promise<readonly QueueDepth[]>;
  /** Calls that are in work, asked when the page is read. */
  inWork(): number;
  readonly clock: Clock;
}

/** Others choose the statuses that they answer with; only those that HTTP knows become labels. */
const label = (status: number | 'no_reply'): number | string => (typeof status === 'number' && !(status >= 100 && status <= 599) ? 'other' : status);

/** From a read that is at hand to a call that asks others. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function metrics({ tasks, queue, inWork, clock }: MetricsSources): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const calls = new Counter({ name: 'adwright_calls_total', help: 'Calls of tasks, by what came of them', labelNames: ['task', 'outcome'], registers });
  const seconds = new Histogram({ name: 'adwright_call_seconds', help: 'How long calls took, without the network', labelNames: ['task'], buckets: SECONDS, registers });
  const jobs = new Counter({ name: 'adwright_jobs_total', help: 'Jobs that were worked on, by what came of them', labelNames: ['kind', 'outcome'], registers });
  const webhooks = new Counter({ name: 'adwright_webhook_attempts_total', help: 'Attempts at webhooks, by the status that came back', labelNames: ['status'], registers });
  const upstream = new Counter({ name: 'adwright_upstream_requests_total', help: 'Requests to platforms, by the status that came back', labelNames: ['status'], registers });
  const away = new Counter({ name: 'adwright_http_turned_away_total', help: 'Requests that did not become calls, by HTTP status', labelNames: ['status'], registers });
  const signatures = new Counter({ name: 'adwright_request_signatures_total', help: 'Calls that were signed or should have been, by what came of it', labelNames: ['outcome'], registers });
  const now = new Gauge({ name: 'adwright_calls_in_work', help: 'Calls that are in work', registers, collect() { now.set(inWork()); } });
  queueGauges(registers, queue, clock);
  const served = new Set<string>(tasks);
  const known = (task: string): string => (served.has(task) ? task : 'unknown');
  return {
    call({ task, outcome, milliseconds }) {
      calls.inc({ task: known(task), outcome });
      seconds.observe({ task: known(task) }, milliseconds / 1000);
    },
    job: (kind, outcome) => jobs.inc({ kind, outcome }),
    webhook: (status) => webhooks.inc({ status: label(status) }),
    upstream: (status) => upstream.inc({ status: label(status) }),
    turnedAway: (status) => away.inc({ status }),
    signature: (outcome) => signatures.inc({ outcome }),
    page: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}

/** The depth of the queue is read when the page is, so that it is never told from memory. */
function queueGauges(registers: Registry[], queue: MetricsSources['queue'], clock: Clock): void {
  const oldest = new Gauge({ name: 'adwright_jobs_oldest_seconds', help: 'For how long the oldest job of a kind has been due', labelNames: ['kind'], registers });
  const depth = new Gauge({
    name: 'adwright_jobs_waiting', help: 'Jobs that wait or run', labelNames: ['kind'], registers,
    async collect() {
      depth.reset();
      oldest.reset();
      for (const { kind, waiting, oldest_run_at } of await queue()) {
        depth.set({ kind }, waiting);
        oldest.set({ kind }, Math.max(0, (clock.now().getTime() - Date.parse(oldest_run_at)) / 1000));
      }
    },
  });
}
