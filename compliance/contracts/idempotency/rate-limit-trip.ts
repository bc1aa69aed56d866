/** Drives the seller into its rate limit, waits as it asks, and repeats the request that was throttled. */
import { buildRequest } from '../../execute/build-request.ts';
import { failure, skippedReport, type StepRun, surroundings, withExchange } from '../../execute/step-run.ts';
import { unresolvedRequest } from '../../execute/unresolved-request.ts';
import type { Exchange } from '../../exchange.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { failed, misauthored } from '../../judge/checks/check.ts';
import { findErrorCode } from '../../judge/error-code.ts';
import { holds, judgeChecks, readReply, type ReadReply } from '../../judge/judge-step.ts';
import type { RateLimitTrip } from '../../special-step.ts';
import { type FailedFinding, type StepReport, synthesized } from '../../step-report.ts';
import { retryAfterSeconds } from './retry-after.ts';

const ATTEMPTS = { least: 50, most: 500 };
const RATE_LIMITED = 'RATE_LIMITED';

type Trip =
  | { readonly kind: 'throttled'; readonly request: JsonObject; readonly talk: Talk }
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'refused'; readonly talk: Talk }
  | { readonly kind: 'silent'; readonly talk: Talk };

interface Talk {
  readonly exchange: Exchange;
  readonly reply: ReadReply;
}

export async function tripRateLimit(run: StepRun, blank: StepReport, trip: RateLimitTrip): Promise<StepReport> {
  const { env, state } = run;
  const report = { ...blank, task: trip.target_task };
  if (!(trip.max_attempts >= ATTEMPTS.least && trip.max_attempts <= ATTEMPTS.most))
    return ended(run, report, 'rate_limit_trip_misconfigured', misauthored('max_attempts', `is not from ${ATTEMPTS.least} to ${ATTEMPTS.most}`, {
      expected: ATTEMPTS, actual: trip.max_attempts,
    }));
  const built = buildRequest({ ...run.step, sample_request: trip.target_request }, trip.target_task, state.placeholders, {
    mutating: false, adcpVersion: env.bundle.adcp_version, raw: false,
  });
  if (built.kind === 'unresolved') return unresolvedRequest(run, report, built.unresolved);
  const from = env.clock.elapsed();
  const outcome = await sendUntilThrottled(run, trip, built.payload);
  const timed = { ...report, duration_ms: env.clock.elapsed() - from };
  switch (outcome.kind) {
    case 'exhausted':
      return skippedReport(run, timed, { reason: 'not_applicable', cause: 'rate_limit_not_triggered', detail: 'rate_limit_not_triggered' });
    case 'silent': return { ...withTalk(timed, outcome.talk), outcome: { ...failure(run), transport: outcome.talk.reply.transport! } };
    case 'refused':
      return ended(run, withTalk(timed, outcome.talk), 'rate_limit_trip_request_error', failed(
        trip.target_task, 'was refused before the limit was reached', { expected: RATE_LIMITED, actual: codeOf(outcome.talk) ?? null }
      ));
    case 'throttled': return repeat(run, timed, trip, outcome);
  }
}

async function sendUntilThrottled(run: StepRun, trip: RateLimitTrip, payload: JsonObject): Promise<Trip> {
  for (let attempt = 1; attempt <= trip.max_attempts; attempt += 1) {
    const request = { ...numbered(run, payload, `trip-${attempt}`), idempotency_key: run.state.ids.uuid() };
    const talk = await call(run, trip, request);
    if (codeOf(talk) === RATE_LIMITED) return { kind: 'throttled', request, talk };
    if (talk.reply.transport !== undefined && !talk.reply.spoken) return { kind: 'silent', talk };
    if (talk.reply.outcome.kind === 'failed') return { kind: 'refused', talk };
  }
  return { kind: 'exhausted' };
}

/** Waits, sends the throttled request again, and lets the step's checks look at the answer. */
async function repeat(
  run: StepRun, report: StepReport, trip: RateLimitTrip, { request, talk }: Extract<Trip, { kind: 'throttled' }>
): Promise<StepReport> {
  const { env, step } = run;
  const seconds = retryAfterSeconds(talk.reply.data);
  if (seconds === undefined || seconds <= 0)
    return ended(run, withTalk(report, talk), 'missing_retry_after', failed('RATE_LIMITED', 'does not say how long to wait', {
      json_pointer: '/error/retry_after', expected: 'a number of seconds above 0', actual: seconds ?? null,
    }));
  if (seconds > trip.replay_max_wait_seconds)
    return ended(run, withTalk(report, talk), 'replay_wait_exceeded', failed('retry_after', 'is longer than the step may wait', {
      expected: trip.replay_max_wait_seconds, actual: seconds,
    }));
  await env.clock.sleep(seconds * 1000, env.signal);
  const again = await call(run, trip, numbered(run, request, 'replay'));
  const validations = judgeChecks(step, {
    ...surroundings(run), task: trip.target_task, outcome: again.reply.outcome, data: again.reply.data, request,
    ...(again.reply.errorText !== undefined && { errorText: again.reply.errorText }),
  });
  const silent = again.reply.transport !== undefined && !again.reply.spoken;
  return {
    ...withTalk(report, again), validations,
    outcome: silent
      ? { ...failure(run), transport: again.reply.transport! }
      : validations.every(holds) ? { kind: 'passed' } : failure(run),
  };
}

async function call({ env, state }: StepRun, { target_task: task }: RateLimitTrip, request: JsonObject): Promise<Talk> {
  const exchange = await env.agent.call(task, request, state.credential);
  return { exchange, reply: readReply(task, exchange) };
}

/** Each request can be told apart in the seller's logs; `context` is no part of what an idempotency key stands for. */
function numbered({ step }: StepRun, payload: JsonObject, name: string): JsonObject {
  return { ...payload, context: { ...(isObject(payload['context']) ? payload['context'] : {}), correlation_id: `${step.id}#${name}` } };
}

const codeOf = ({ reply }: Talk): string | undefined => findErrorCode(reply.data, reply.outcome, reply.errorText)?.code;

const withTalk = (report: StepReport, { exchange, reply }: Talk): StepReport => withExchange(report, exchange, reply);

function ended(run: StepRun, report: StepReport, check: string, finding: FailedFinding): StepReport {
  return {
    ...report, outcome: failure(run),
    validations: [synthesized(check, 'the seller throttles as the step needs it', finding, run.step.location)],
  };
}
