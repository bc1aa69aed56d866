import type { Logger } from 'pino';
import type { Clock } from '../domain/ports/clock.ts';
import type { Platform } from '../domain/ports/platform.ts';
import type { Store } from '../domain/ports/store.ts';
import { startWorker, type Worker } from '../jobs/worker.ts';
import { pushUpstream } from '../outbound/push-upstream.ts';
import type { Sender } from '../outbound/sender.ts';
import type { Background } from '../pipeline/background.ts';
import type { Tracing } from './tracing.ts';
import type { WebhookService } from './webhooks.ts';

export interface WorkMeans {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** Absent: pushes are given up. */
  readonly platform?: Platform;
  readonly send: Sender;
  readonly webhooks: WebhookService;
  readonly behind: Background;
  /** Told what came of every attempt at a job. */
  readonly ended: NonNullable<Parameters<typeof startWorker>[0]['ended']>;
  readonly traces: Tracing;
}

/** Starts what works through the jobs that calls leave behind. */
export function startWork({ store, clock, log, platform, send, webhooks, behind, ended, traces }: WorkMeans): Worker {
  return startWorker({
    ...(traces.job ? { around: traces.job } : {}), store, clock, ended, troubled: (error) => log.error({ err: error }, 'the store failed'), report: (job, reason) => log.error({ job_id: job.job.job_id, kind: job.job.kind, reason }, 'gave up a job'),
    handlers: {
      push_upstream: (job) => (platform ? pushUpstream(job, platform, send) : Promise.resolve({ kind: 'refused', reason: 'no platform' })),
      deliver_webhook: webhooks.deliver,
      report_delivery: behind.reportDelivery,
      report_window: behind.reportWindow,
      settle_task: behind.settleTask,
      settle_creative: behind.settleCreative,
      fetch_feed: behind.fetchFeed,
      rule_on_item: behind.ruleOnItem,
      check_delivery: behind.checkDelivery,
    },
  });
}
