/** Grades one step that was sent: the task itself, its checks, its captures. Pure. */
import { isObject, type JsonObject, own } from '../json/object.ts';
import type { Exchange, TransportFailure } from '../exchange.ts';
import { isSpokenRefusal } from '../exchange.ts';
import type { Policy } from '../policy.ts';
import type { Step } from '../storyboard.ts';
import { type Extraction, synthesized, type Validation } from '../step-report.ts';
import { extractA2aPayload } from './a2a-extraction.ts';
import { capture, NO_CAPTURES } from './captures.ts';
import type { CheckContext } from './checks/check.ts';
import { failed } from './checks/check.ts';
import { gradeCheck } from './checks/registry.ts';
import { findErrorCode } from './error-code.ts';
import { extractPayload } from './extraction.ts';
import { implicitCaptures } from './implicit-captures.ts';
import { requestFault } from './request-fault.ts';
import { substituteKnown } from './substitute-known.ts';
import type { TaskCompletion } from './task-completion.ts';
import { checkTarget, type TaskOutcome, taskOutcome } from './task-outcome.ts';

/** What came back, brought into the form that checks read. */
export interface ReadReply {
  readonly outcome: TaskOutcome;
  readonly data: unknown;
  readonly extraction: Extraction;
  readonly errorText?: string;
  /** No AdCP payload came at all. */
  readonly transport?: TransportFailure;
  /** The seller itself spoke: it answered the task, or refused it in so many words. */
  readonly spoken: boolean;
}

/** Surroundings of the step that are not part of its own exchange. */
export type StepSurroundings = Omit<CheckContext, 'task' | 'outcome' | 'data' | 'errorText' | 'request' | 'http' | 'responseSchemaRef'>;

export interface StepJudgement {
  readonly passed: boolean;
  readonly validations: readonly Validation[];
  /** What the step adds to the context when it passes. */
  readonly captured: JsonObject;
  /** Keys whose capture led to nothing. */
  readonly failedCaptures: readonly string[];
}

/** How a reply is read: what changes the payload before anybody looks at it, and where A2A's payload lies. */
export interface Reading {
  readonly rewrite: (payload: unknown) => unknown;
  readonly a2aPayload: Policy['a2aPayload'];
}

const AS_RECEIVED: Reading = { rewrite: (payload) => payload, a2aPayload: 'last_data_part' };

/** Reads an exchange: payload, success of the task, error text. */
export function readReply(task: string, exchange: Exchange, { rewrite, a2aPayload }: Reading = AS_RECEIVED): ReadReply {
  if (exchange.kind === 'failed') {
    const { failure } = exchange;
    const text = failure.rpc?.message ?? failure.message;
    return {
      outcome: { kind: 'failed', why: failure.message }, data: { ...adcpErrorOf(failure.rpc?.data), error: text }, errorText: text,
      extraction: { path: 'none' }, transport: failure, spoken: isSpokenRefusal(failure, exchange.http),
    };
  }
  const { payload: received, extraction, isError } = exchange.request.transport === 'a2a'
    ? extractA2aPayload(exchange.result, a2aPayload)
    : extractPayload(exchange.result);
  const payload = rewrite(received);
  return {
    outcome: taskOutcome(task, payload, isError), data: checkTarget(task, payload), extraction,
    spoken: extraction.path !== 'none' && isObject(payload),
  };
}

/** Grades a step that was answered. `completion` is how a submitted task ended, when a capture asks for it. */
export function judgeStep(
  step: Step, task: string, exchange: Exchange, reply: ReadReply, around: StepSurroundings, completion?: TaskCompletion
): StepJudgement {
  const reached = isExpected(step, reply, around.policy);
  if (!reached && reply.transport !== undefined) return { passed: false, validations: [], captured: {}, failedCaptures: [] };
  const context: CheckContext = {
    ...around, task, outcome: reply.outcome, data: reply.data, request: exchange.request.payload,
    ...(reply.errorText !== undefined && { errorText: reply.errorText }), ...(exchange.http !== undefined && { http: exchange.http }),
    ...(step.response_schema_ref !== undefined && { responseSchemaRef: step.response_schema_ref }),
  };
  const checks = judgeChecks(step, context);
  const captures = reached ? capture(step, reply.data, completion, around.policy) : NO_CAPTURES;
  const validations = [...(reached ? [] : [unexpectedOutcome(step, reply, context)]), ...checks, ...captures.validations];
  const implicit = reached && reply.outcome.kind === 'succeeded' ? implicitCaptures(task, reply.data) : {};
  return {
    passed: reached && validations.every(holds), validations, captured: { ...implicit, ...captures.values }, failedCaptures: captures.failed,
  };
}

/** Whether the task went the way that the step wants: a success, or a refusal that the seller spoke. */
function isExpected(step: Step, reply: ReadReply, policy: Policy): boolean {
  if (step.expect_error) return reply.outcome.kind === 'failed' && (reply.spoken || policy.expectedErrors === 'any_failure');
  if (reply.outcome.kind === 'succeeded') return reply.transport === undefined;
  return step.may_be_refused && policy.malformedRequests === 'either_answer' && reply.transport === undefined && findErrorCode(reply.data, reply.outcome, reply.errorText)?.origin === 'code';
}

/** Grades the checks of a step; `$context.*` in their expectations is replaced first, and stays literal when unknown. */
export function judgeChecks(step: Step, context: CheckContext): readonly Validation[] {
  return step.validations.flatMap((check) => {
    const graded = gradeCheck(check, expectationsResolved(check.authored, context.accumulator), {
      ...context, upstream: () => context.upstream(check.authored),
    });
    return [graded, ...ungradedParts(graded)];
  });
}

function ungradedParts(graded: Validation): readonly Validation[] {
  if (graded.finding.kind !== 'passed') return [];
  return (graded.finding.ungraded ?? []).map(({ check, note }) => ({ ...graded, check, finding: { kind: 'not_applicable', note } }));
}

/** Whether a check lets its step pass: advisory failures do. */
export function holds(validation: Validation): boolean {
  return validation.finding.kind !== 'failed' || validation.severity === 'advisory';
}

function expectationsResolved(authored: JsonObject, accumulator: JsonObject): JsonObject {
  if (authored['value'] === undefined && authored['allowed_values'] === undefined) return authored;
  return {
    ...authored,
    ...(Object.hasOwn(authored, 'value') && { value: substituteKnown(authored['value'], accumulator) }),
    ...(Object.hasOwn(authored, 'allowed_values') && { allowed_values: substituteKnown(authored['allowed_values'], accumulator) }),
  };
}

function unexpectedOutcome(step: Step, reply: ReadReply, { task, request, schemas }: CheckContext): Validation {
  if (!reply.spoken)
    return synthesized(
      'status_code', step.expect_error ? 'the task is refused' : 'the task succeeds',
      failed(task, 'was answered with nothing that can be read as AdCP: no JSON object, neither as structuredContent nor as text', {
        expected: step.expect_error ? 'a refusal' : 'success', actual: null,
      }), step.location
    );
  if (step.expect_error)
    return synthesized(
      'status_code', 'the task is refused',
      failed(task, 'succeeded, and a refusal was expected', { expected: 'a refusal', actual: 'success' }), step.location
    );
  const error = findErrorCode(reply.data, reply.outcome, reply.errorText);
  const fault = requestFault(error?.code, task, request, schemas);
  return synthesized('status_code', 'the task succeeds', failed(task, 'was refused', {
    json_pointer: error?.pointer ?? null, expected: 'success', actual: { error_code: error?.code ?? null, message: messageOf(reply.data) },
    ...(fault !== undefined && { fault }),
  }), step.location);
}

function messageOf(data: unknown): string | null {
  const errors = own(data, 'errors');
  const candidates = [
    own(own(data, 'adcp_error'), 'message'), own(Array.isArray(errors) ? errors[0] : undefined, 'message'), own(data, 'error_detail'),
    own(data, 'message'), own(data, 'error'),
  ];
  const found = candidates.find((each) => typeof each === 'string');
  return typeof found === 'string' ? found.slice(0, 2000) : null;
}

/** The part of a JSON-RPC error's data that speaks AdCP. */
function adcpErrorOf(data: unknown): JsonObject {
  return isObject(data) && isObject(data['adcp_error']) ? data : {};
}
