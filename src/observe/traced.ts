/** The ports of the seller with spans around what they do. */
import type { NewJob } from '../domain/ports/jobs.ts';
import type { Change, Store } from '../domain/ports/store.ts';
import type { JobResult } from '../domain/job-result.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Spans } from './spans.ts';

/** A span a call, named after its task. */
export const tracedCalls = (pipeline: Pipeline, spans: Spans): Pipeline => ({
  ...pipeline,
  dispatch(call) {
    const attributes = { 'adwright.task': call.task, ...(call.correlation_id === undefined ? {} : { 'adwright.correlation_id': call.correlation_id }), ...(call.principal ? { 'adwright.principal_id': call.principal.principal_id } : {}) };
    return spans.span(call.task, { kind: 'server', attributes }, async (span) => {
      const answer = await pipeline.dispatch(call);
      const { adcp_error } = answer.document as { readonly adcp_error?: { readonly code: string } };
      span.set('adwright.outcome', answer.isError ? (adcp_error?.code ?? 'refused') : 'ok');
      if (adcp_error?.code === 'SERVICE_UNAVAILABLE') span.failed();
      return answer;
    });
  },
});

/** A span a commit; the jobs that it leaves behind remember which. */
export const tracedStore = (store: Store, spans: Spans): Store => ({
  ...store,
  commit: (set) => spans.span('commit', { kind: 'internal', attributes: { 'adwright.changes': set.changes.length } }, async (span) => {
    const remembering = (change: Change): Change => (change.kind === 'enqueue' ? { kind: 'enqueue', job: withCause(change.job, span.traceparent) } : change);
    const outcome = await store.commit({ ...set, changes: set.changes.map(remembering) });
    span.set('adwright.outcome', outcome);
    return outcome;
  }),
});

const withCause = (job: NewJob, traceparent: string): NewJob => ({ ...job, payload: { ...job.payload, traceparent } }) as NewJob;

/** A span an attempt at a job, in a trace of its own that is linked to the commit that left the job. */
export const tracedJob = (job: NewJob, go: () => Promise<JobResult>, spans: Spans): Promise<JobResult> =>
  spans.span(`job ${job.kind}`, { kind: 'consumer', attributes: { 'adwright.job_id': job.job_id }, caused_by: job.payload.traceparent }, async (span) => {
    const result = await go();
    span.set('adwright.outcome', result.kind);
    if (result.kind === 'refused' || result.kind === 'retry') span.failed();
    return result;
  });

/** What came of an exchange, as far as it matters here. */
type Ended = { readonly kind: 'reply'; readonly status: number } | { readonly kind: 'no_reply' | 'barred' };

/** A span a request to others, who learn of it. */
export const tracedExchange = <Reply extends Ended>(
  { method, origin }: { readonly method: string; readonly origin: string }, go: (headers: Readonly<Record<string, string>>) => Promise<Reply>, spans: Spans,
): Promise<Reply> =>
  spans.span(`${method} ${origin}`, { kind: 'client', attributes: { 'http.request.method': method, 'server.address': origin } }, async (span) => {
    const reply = await go({ traceparent: span.traceparent });
    if (reply.kind === 'reply') span.set('http.response.status_code', reply.status);
    else span.set('error.type', reply.kind);
    if (reply.kind !== 'reply' || reply.status >= 400) span.failed();
    return reply;
  });
