/** Traces, where the environment names a collector; without one nothing of it is loaded, and nothing is wrapped. */
import type { Config } from '../config/config.ts';
import type { JobResult } from '../domain/job-result.ts';
import type { NewJob } from '../domain/ports/jobs.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Post } from '../http/admit.ts';
import type { SenderOptions } from '../outbound/sender.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { VERSION } from './version.ts';

export interface Tracing {
  /** An endpoint whose calls belong to the caller's trace, when the request names one. */
  post(post: Post): Post;
  calls(pipeline: Pipeline): Pipeline;
  store(store: Store): Store;
  /** Around what leaves the process, which learns of the trace. */
  readonly sending: Pick<SenderOptions, 'around'>;
  readonly job?: (job: NewJob, go: () => Promise<JobResult>) => Promise<JobResult>;
  close(): Promise<void>;
}

const NO_TRACES: Tracing = { post: (post) => post, calls: (pipeline) => pipeline, store: (store) => store, sending: {}, close: async () => {} };

export async function tracing({ traces }: Config): Promise<Tracing> {
  if (traces === undefined) return NO_TRACES;
  const [{ otelSpans }, { tracedCalls, tracedExchange, tracedJob, tracedStore }] = await Promise.all([import('../observe/otel-spans.ts'), import('../observe/traced.ts')]);
  const spans = otelSpans({ ...traces, service_version: VERSION });
  return {
    post: (post) => (request, response) => spans.within([request.headers['traceparent']].flat()[0], () => post(request, response)),
    calls: (pipeline) => tracedCalls(pipeline, spans),
    store: (store) => tracedStore(store, spans),
    sending: { around: (call, go) => tracedExchange(call, go, spans) },
    job: (job, go) => tracedJob(job, go, spans),
    close: spans.close,
  };
}
