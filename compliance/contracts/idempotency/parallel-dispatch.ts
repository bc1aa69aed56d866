/** Sends copies of one request at the same time, and follows those that the seller asks to wait until it has answered them. */
import type { StepRun } from '../../execute/step-run.ts';
import type { Exchange } from '../../exchange.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { failed, misauthored } from '../../judge/checks/check.ts';
import { findErrorCode } from '../../judge/error-code.ts';
import { readReply, type ReadReply } from '../../judge/judge-step.ts';
import type { ParallelDispatch } from '../../special-step.ts';
import { type FailedFinding, synthesized, type Validation } from '../../step-report.ts';
import { retryAfterSeconds } from './retry-after.ts';

/** One copy that the seller answered. */
export interface Dispatched {
  readonly correlation_id: string;
  readonly exchange: Exchange;
  readonly reply: ReadReply;
}

export type FanOut =
  | {
    readonly kind: 'answered';
    /** The copy that the step is graded by: the first that succeeded, else the first that was answered. */
    readonly first: Dispatched;
    /** Those that succeeded. */
    readonly resolved: readonly Dispatched[];
    /** Copies that the seller kept waiting beyond the time of the step. */
    readonly faults: readonly Validation[];
  }
  | { readonly kind: 'unanswered'; readonly faults: readonly Validation[] };

type Copy =
  | { readonly kind: 'answered'; readonly dispatched: Dispatched }
  | { readonly kind: 'timed_out'; readonly in_flight: boolean };

const COUNT = { least: 2, most: 10 };
const IN_FLIGHT: ReadonlySet<string> = new Set(['IDEMPOTENCY_IN_FLIGHT', 'SERVICE_UNAVAILABLE']);
const ATTEMPTS = 5;
const PAUSE_MS = { least: 50, usual: 200, most: 3_600_000 };

export async function fanOut(run: StepRun, task: string, payload: JsonObject, special: ParallelDispatch): Promise<FanOut> {
  const { count } = special;
  if (!Number.isInteger(count) || count < COUNT.least || count > COUNT.most)
    return unanswered(run, 'parallel_dispatch_misconfigured', misauthored('count', `is not from ${COUNT.least} to ${COUNT.most}`, {
      expected: COUNT, actual: count,
    }));
  const deadline = run.env.clock.elapsed() + special.barrier_timeout_ms;
  const requests = Array.from({ length: count }, (_, i) => copyOf(run, payload, special, i + 1));
  const copies = await Promise.all(requests.map((request) => follow(run, task, request, deadline)));
  const answered = copies.flatMap((copy) => (copy.kind === 'answered' ? [copy.dispatched] : []));
  const resolved = answered.filter(({ reply }) => reply.outcome.kind === 'succeeded' && reply.transport === undefined);
  const late = copies.filter((copy) => copy.kind === 'timed_out');
  const first = resolved[0] ?? answered[0];
  if (first === undefined)
    return unanswered(run, late.some(({ in_flight: waiting }) => waiting) ? 'step_timeout' : 'parallel_dispatch_barrier_timeout', failed(
      task, `answered none of ${count} copies in time`, { expected: { within_ms: special.barrier_timeout_ms }, actual: { answered: 0 } }
    ));
  const kept = late.filter(({ in_flight: waiting }) => waiting).length;
  return { kind: 'answered', first, resolved, faults: kept === 0 ? [] : [stillInFlight(run, task, kept)] };
}

/** The copy with its own correlation id, which is no part of what an idempotency key stands for. */
function copyOf({ step, state }: StepRun, payload: JsonObject, { same_idempotency_key: same }: ParallelDispatch, i: number): JsonObject {
  const context = { ...(isObject(payload['context']) ? payload['context'] : {}), correlation_id: `${step.id}#${i}` };
  return { ...payload, ...(!same && { idempotency_key: state.ids.uuid() }), context };
}

/** One copy until it has its final answer: a seller that is still at work on another one says when to ask again. */
async function follow(run: StepRun, task: string, request: JsonObject, deadline: number): Promise<Copy> {
  const { env, state } = run;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const exchange = await inTime(run, env.agent.call(task, request, state.credential), deadline);
    if (exchange === 'late') return { kind: 'timed_out', in_flight: attempt > 1 };
    const reply = readReply(task, exchange);
    const code = findErrorCode(reply.data, reply.outcome, reply.errorText)?.code ?? '';
    const { correlation_id: id } = request['context'] as JsonObject;
    if (!IN_FLIGHT.has(code)) return { kind: 'answered', dispatched: { correlation_id: String(id), exchange, reply } };
    const asked = (retryAfterSeconds(reply.data) ?? PAUSE_MS.usual / 1000) * 1000;
    const pause = Math.min(Math.max(asked, PAUSE_MS.least), PAUSE_MS.most);
    if (env.clock.elapsed() + pause > deadline) break;
    await env.clock.sleep(pause, env.signal);
  }
  return { kind: 'timed_out', in_flight: true };
}

async function inTime({ env }: StepRun, call: Promise<Exchange>, deadline: number): Promise<Exchange | 'late'> {
  const round = new AbortController();
  call.catch(() => undefined); // one that is late may end with the run
  const ended = AbortSignal.any([env.signal, round.signal]);
  const alarm = env.clock.sleep(Math.max(0, deadline - env.clock.elapsed()), ended).then(() => 'late' as const);
  const first = await Promise.race([call, alarm]);
  round.abort();
  return env.signal.aborted && first === 'late' ? call : first;
}

function stillInFlight({ step }: StepRun, task: string, kept: number): Validation {
  const finding = failed(task, `was still at work on ${kept} of the copies when the time was up`, {
    expected: 'the answer of the first copy', actual: { in_flight: kept },
  });
  return synthesized('step_timeout', 'every copy gets its final answer', finding, step.location);
}

function unanswered({ step }: StepRun, check: string, finding: FailedFinding): FanOut {
  return { kind: 'unanswered', faults: [synthesized(check, 'the copies are answered', finding, step.location)] };
}
