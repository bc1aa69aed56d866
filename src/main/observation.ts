/** What an operator sees of a running server: a log line a call, metrics on a port of their own, health. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Hindrance } from '../domain/ports/hindrance.ts';
import type { Store } from '../domain/ports/store.ts';
import { health, type Health } from '../observe/health.ts';
import type { Metrics } from '../observe/metrics.ts';
import type { Reply } from '../outbound/sender.ts';
import { observed, type CallEnded } from '../pipeline/observed.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { TaskName } from '../protocol/tasks.ts';

export interface Observation {
  readonly metrics: Metrics;
  readonly health: Health;
  /** The pipeline with every call counted, timed and, where the log is that fine, written down. */
  watch(pipeline: Pipeline): Pipeline;
  /** The store, with every attempt at a webhook counted. */
  countingWebhooks(store: Store): Store;
  /** Counts what left the process. */
  sent(what: 'platform' | 'other', reply: Reply): void;
  /** Where metrics are read, when they are served. */
  readonly metrics_url?: string;
  close(): Promise<void>;
}

const NOT_COUNTED: Metrics = { call() {}, job() {}, webhook() {}, upstream() {}, turnedAway() {}, signature() {}, page: async () => ({ type: 'text/plain', text: '' }) };

interface Observed {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tasks: readonly TaskName[];
  readonly hindrance: () => Hindrance | undefined;
  readonly inWork: () => number;
}

export async function observation(config: Config, { store, clock, log, tasks, inWork, hindrance }: Observed): Promise<Observation> {
  // The library is loaded where somebody reads the figures.
  const counted = config.metrics ? (await import('../observe/metrics.ts')).metrics({ tasks, clock, inWork, queue: () => store.queue() }) : NOT_COUNTED;
  const written = log.isLevelEnabled('info') ? [(call: CallEnded) => log.info(call, 'call')] : [];
  const watchers = [...(config.metrics ? [counted.call] : []), ...written];
  const page = config.metrics && await metricsPage(config.metrics, counted);
  return {
    metrics: counted,
    health: health(() => store.queue(), hindrance),
    watch: (pipeline) => (watchers.length > 0 ? observed(pipeline, watchers, () => performance.now()) : pipeline),
    countingWebhooks: (counting) => ({
      ...counting,
      attempted(webhook_id, attempt, status) {
        counted.webhook(attempt.http_status_code ?? 'no_reply');
        return counting.attempted(webhook_id, attempt, status);
      },
    }),
    sent: (what, reply) => { if (what === 'platform') counted.upstream(reply.kind === 'reply' ? reply.status : 'no_reply'); },
    ...(page ? { metrics_url: page.url } : {}),
    close: async () => page?.close(),
  };
}

/** A listener of its own, so that nobody who may call the agent reads its figures, and no proxy hands them on. */
async function metricsPage({ port, host = '127.0.0.1' }: NonNullable<Config['metrics']>, counted: Metrics): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return void response.writeHead(404).end('GET /metrics\n');
    counted.page().then(
      ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
      () => response.writeHead(503).end('the figures cannot be had now\n'));
  });
  await new Promise<void>((resolve, reject) => { server.once('error', reject).listen(port, host, resolve); });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/metrics`,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}
