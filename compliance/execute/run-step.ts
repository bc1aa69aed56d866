/** One step: gate, request, exchange, judgement. Gives its report and leaves in the state what later steps need. */
import type { Exchange } from '../exchange.ts';
import { type JsonObject, own } from '../json/object.ts';
import { exemptionNote } from '../judge/cascade.ts';
import { failed } from '../judge/checks/check.ts';
import { observeInvariants } from '../judge/invariants/registry.ts';
import { holds, judgeChecks, judgeStep, readReply, type ReadReply, type StepJudgement, type StepSurroundings } from '../judge/judge-step.ts';
import { terminalPageKeys } from '../judge/terminal-page.ts';
import type { PlannedStep } from '../plan/step-selection.ts';
import type { Skip, StepOutcome, StepReport, Validation } from '../step-report.ts';
import { synthesized } from '../step-report.ts';
import type { Phase, Step } from '../storyboard.ts';
import { isRelease } from '../load/bundle-index.ts';
import { isMutating } from '../load/mutating-tasks.ts';
import { buildRequest } from './build-request.ts';
import { lateSkip } from './late-skip.ts';
import type { Unresolved } from './placeholders.ts';
import type { RunEnvironment } from './run-environment.ts';
import { sandboxAccount } from './sandbox-account.ts';
import { stepCredential } from './step-credential.ts';
import { stepGate } from './step-gates.ts';
import type { StoryboardState } from './storyboard-state.ts';
import { taskCompletion, wantsCompletion } from './task-completion.ts';
import { observeUpstream } from './upstream.ts';

export async function runStep(phase: Phase, planned: PlannedStep, state: StoryboardState, env: RunEnvironment): Promise<StepReport> {
  const { step } = planned;
  generateOutputs(step, state);
  const gate = stepGate(phase, step, state, env.profile);
  const report = blankReport(phase, planned, state);
  switch (gate.kind) {
    case 'skip': return skipped({ ...report, task: gate.task }, gate.skip, step, state);
    case 'assert': return asserted(report, phase, step, surroundings(state, env));
    case 'no_task': return unresolvedRequest(report, phase, step, [{ token: step.task, kind: 'test_kit' }], state);
    case 'send': return sendStep({ ...report, task: gate.task }, phase, step, state, env);
  }
}

async function sendStep(report: StepReport, phase: Phase, step: Step, state: StoryboardState, env: RunEnvironment): Promise<StepReport> {
  const { task } = report;
  const built = buildRequest(step, task, state.placeholders, {
    mutating: isMutating(task, env.bundle.schemas), adcpVersion: env.bundle.adcp_version, raw: step.auth !== undefined,
    ...(state.brandDomain !== undefined && { brandDomain: state.brandDomain }),
  });
  if (built.kind === 'unresolved') return unresolvedRequest(report, phase, step, built.unresolved, state);
  const exchange = await exchangeFor(step, task, built.payload, state, env);
  const reply = readReply(task, exchange);
  const sent = withExchange(report, exchange, reply);
  const late = lateSkip(task, built.payload, exchange, reply, env.profile);
  if (late !== undefined)
    return skipped(
      sent, { ...late, detail: `${late.detail}${late.reason === 'missing_tool' ? exemptionNote(phase, step) : ''}` }, step, state
    );
  const blank = terminalPageKeys(step, built.payload, reply.data, state.accounts);
  if (blank !== undefined) {
    for (const key of blank) state.blankKeys.add(key);
    return skipped(
      sent, { reason: 'not_applicable', cause: 'terminal_page', detail: 'the seller has no further page of accounts' }, step, state
    );
  }
  const judgement = await judged(step, task, exchange, reply, state, env);
  return concluded(sent, phase, step, judgement, exchange, reply, state);
}

function exchangeFor(step: Step, task: string, payload: JsonObject, state: StoryboardState, env: RunEnvironment): Promise<Exchange> {
  if (step.auth === undefined) return env.agent.call(task, payload, state.credential);
  return env.agent.probe(task, payload, stepCredential(step.auth, state.kit, state.ids), env.agent.newerEra);
}

async function judged(
  step: Step, task: string, exchange: Exchange, reply: ReadReply, state: StoryboardState, env: RunEnvironment
): Promise<StepJudgement> {
  const account = sandboxAccount(state.brandDomain, own(exchange.request.payload, 'account'), state.accumulator['account']);
  const tools = { env, credential: state.credential, sentAt: state.sentAt, account };
  const answered = exchange.kind === 'answered';
  const completion = answered && wantsCompletion(step) ? await taskCompletion(reply.data, env, state.credential) : undefined;
  const observed = answered ? await observeUpstream(step, exchange.request.payload, exchange.sent_at_ms, tools) : new Map<JsonObject, never>();
  const around: StepSurroundings = {
    ...surroundings(state, env), upstream: (authored) => observed.get(authored) ?? { kind: 'not_advertised' },
  };
  return judgeStep(step, task, exchange, reply, around, completion);
}

/** Invariants see the step last, unless its payload already breaks the schema that it must satisfy. */
function concluded(
  sent: StepReport, phase: Phase, step: Step, judgement: StepJudgement, exchange: Exchange, reply: ReadReply, state: StoryboardState
): StepReport {
  state.remember(step.id, sent.task, reply.data, exchange.sent_at_ms);
  const schemaBroken = judgement.validations.some((each) => each.check === 'response_schema' && !holds(each));
  let violations: readonly Validation[] = [];
  if (exchange.kind === 'answered' && !schemaBroken) {
    const seen = {
      step_id: step.id, task: sent.task, passed: judgement.passed, expect_error: step.expect_error, request: exchange.request.payload,
      data: reply.data, outcome: reply.outcome,
    };
    const observed = observeInvariants(state.invariants, seen, step.disabled_invariants, step.location);
    state.invariants = observed.states;
    violations = observed.violations;
  }
  const passed = judgement.passed && violations.length === 0;
  for (const key of judgement.failedCaptures) state.failedCaptures.set(key, step.id);
  if (passed) state.accumulator = { ...state.accumulator, ...judgement.captured };
  const outcome: StepOutcome = passed
    ? { kind: 'passed' }
    : {
      kind: 'failed', counted: !phase.optional,
      ...(exchange.kind === 'failed' && !judgement.passed && judgement.validations.length === 0 && { transport: exchange.failure }),
    };
  return { ...sent, outcome, validations: [...judgement.validations, ...violations] };
}

/** What a placeholder without a value means depends on who should have given it. */
function unresolvedRequest(
  report: StepReport, phase: Phase, step: Step, unresolved: readonly Unresolved[], state: StoryboardState
): StepReport {
  const keys = unresolved.filter(({ kind }) => kind === 'context').map(({ token }) => token.slice('$context.'.length));
  const blank = keys.find((key) => state.blankKeys.has(key));
  if (blank !== undefined)
    return skipped(
      report, { reason: 'not_applicable', cause: 'terminal_page', detail: `${blank} is unset: the seller has no further page` }, step, state
    );
  const lost = keys.find((key) => state.failedCaptures.has(key));
  if (lost !== undefined)
    return skipped(
      report,
      {
        reason: 'prerequisite_failed', cause: 'capture_failed',
        detail: `${lost} was not captured by step ${state.failedCaptures.get(lost)!}`,
      },
      step, state
    );
  const runner = unresolved.find(({ kind }) => kind === 'runner');
  if (runner !== undefined)
    return skipped(
      report, { reason: 'not_applicable', cause: 'probe_unsupported', detail: `this judge does not provide ${runner.token}` }, step, state
    );
  const prior = unresolved.find(({ kind }) => kind === 'prior_step');
  if (prior !== undefined) return skipped(report, { reason: 'prerequisite_failed', detail: `${prior.token} has no value` }, step, state);
  state.missed(report.task, step.sample_request);
  return {
    ...report, outcome: { kind: 'failed', counted: !phase.optional },
    validations: unresolved.map(({ token }) => synthesized('unresolved_substitution', 'every placeholder of the request has a value',
      failed(token, `has no value${producerNote(token, state)}, so that the request was not sent`, { expected: token, actual: null }),
      step.location)),
  };
}

/** The earlier step that should have given a context key its value, and did not pass. */
function producerNote(token: string, state: StoryboardState): string {
  const captures = (each: Step): boolean => each.context_outputs.some(({ key }) => token === `$context.${key}`);
  const producer = state.reports.find(({ address, outcome }) => outcome.kind !== 'passed'
    && state.storyboard.phases.some(
      (phase) => phase.id === address.phase_id && phase.steps.some((each) => each.id === address.step_id && captures(each))
    ));
  return producer === undefined
    ? ''
    : ` (its step ${producer.address.phase_id}/${producer.address.step_id} ${producer.outcome.kind === 'failed' ? 'failed' : 'was skipped'})`;
}

function asserted(report: StepReport, phase: Phase, step: Step, around: StepSurroundings): StepReport {
  const validations = judgeChecks(step, { ...around, task: step.task, outcome: { kind: 'succeeded' }, data: {} });
  return { ...report, validations, outcome: validations.every(holds) ? { kind: 'passed' } : { kind: 'failed', counted: !phase.optional } };
}

function surroundings(state: StoryboardState, env: RunEnvironment): StepSurroundings {
  const { bundle } = env;
  return {
    accumulator: state.accumulator, contributions: new Set(state.contributions.keys()), agentUrl: env.agent.url, ...(isRelease(bundle.index) && { release: bundle.version }),
    productReplies: state.productReplies, upstream: () => ({ kind: 'not_advertised' }),
    ...(bundle.schemas !== undefined && { schemas: bundle.schemas }),
  };
}

/** Generated outputs need no answer, so that they are there whatever becomes of the step. */
function generateOutputs(step: Step, state: StoryboardState): void {
  for (const output of step.context_outputs)
    if (output.kind === 'generate') state.accumulator = { ...state.accumulator, [output.key]: state.generate(output.key) };
}

function skipped(report: StepReport, skip: Skip, step: Step, state: StoryboardState): StepReport {
  state.missed(report.task, step.sample_request);
  return { ...report, outcome: { kind: 'skipped', skip } };
}

function blankReport(phase: Phase, { step, role }: PlannedStep, state: StoryboardState): StepReport {
  return {
    address: { storyboard_id: state.storyboard.id, phase_id: phase.id, step_id: step.id }, task: step.task, title: step.title,
    outcome: { kind: 'passed' }, validations: [], duration_ms: 0, extraction: { path: 'none' }, prerequisite: role === 'prerequisite',
    location: step.location,
  };
}

function withExchange(report: StepReport, exchange: Exchange, reply: ReadReply): StepReport {
  return {
    ...report, duration_ms: exchange.duration_ms, request: exchange.request, extraction: reply.extraction,
    response: {
      payload: exchange.kind === 'answered' ? exchange.result : undefined, ...(exchange.http !== undefined && { http: exchange.http }),
    },
  };
}
