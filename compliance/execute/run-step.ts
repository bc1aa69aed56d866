/** One step: gate, request, exchange, judgement. Gives its report and leaves in the state what later steps need. */
import { fanOut, type FanOut } from '../contracts/idempotency/parallel-dispatch.ts';
import { runSpecial } from '../contracts/run-special.ts';
import { withWholeRequest } from '../contracts/webhooks/emitter-request.ts';
import type { Notice } from '../events.ts';
import type { Exchange } from '../exchange.ts';
import { type JsonObject, own } from '../json/object.ts';
import { exemptionNote } from '../judge/cascade.ts';
import { observeInvariants } from '../judge/invariants/registry.ts';
import { failed } from '../judge/checks/check.ts';
import { holds, judgeChecks, judgeStep, type ReadReply, type StepJudgement, type StepSurroundings } from '../judge/judge-step.ts';
import { terminalPageKeys } from '../judge/terminal-page.ts';
import type { UpstreamObservation } from '../judge/upstream-observation.ts';
import { isMutating } from '../load/mutating-tasks.ts';
import type { PlannedStep } from '../plan/step-selection.ts';
import { type StepReport, synthesized, type Validation } from '../step-report.ts';
import type { Phase, Step } from '../storyboard.ts';
import { buildRequest, type BuiltRequest } from './build-request.ts';
import { lateSkip } from './late-skip.ts';
import { buildOfficialRequest } from './policy/official-request.ts';
import { readUnder } from './policy/read-reply.ts';
import { withSessionsAsOne } from './policy/sessions-as-one.ts';
import { runProbe } from './probes/run-probe.ts';
import { type Route, routeOf } from './routing.ts';
import type { RunEnvironment } from './run-environment.ts';
import { sandboxAccount } from './sandbox-account.ts';
import { stepCredential } from './step-credential.ts';
import { gateOf } from './step-gates.ts';
import { blankReport, failure, skippedReport, type StepRun, surroundings, withExchange } from './step-run.ts';
import type { StoryboardState } from './storyboard-state.ts';
import { type CompletionTools, taskCompletion, wantsCompletion } from './task-completion.ts';
import { unresolvedRequest } from './unresolved-request.ts';
import { observeUpstream } from './upstream.ts';

export async function runStep(phase: Phase, planned: PlannedStep, state: StoryboardState, shared: RunEnvironment): Promise<StepReport> {
  const route = routeOf(planned.step, state.kit, state.storyboard, shared);
  const env = route.kind === 'agent' ? route.env : shared;
  const run: StepRun = { phase, step: planned.step, state, env };
  generateOutputs(run);
  const gate = gateOf(phase, run.step, state, env);
  const report = blankReport(run, planned);
  if (route.kind === 'unrouted') return unrouted(run, report, route);
  switch (gate.kind) {
    case 'skip': return skippedReport(run, { ...report, task: gate.task }, gate.skip);
    case 'assert': return asserted(run, report);
    case 'probe': return runProbe(run, report);
    case 'no_task': return unresolvedRequest(run, report, [{ token: run.step.task, kind: 'test_kit' }]);
    case 'special': return runSpecial(run, report, gate.special);
    case 'send': return sendStep(run, { ...report, task: gate.task });
  }
}

function unrouted(run: StepRun, report: StepReport, { code, problem }: Extract<Route, { kind: 'unrouted' }>): StepReport {
  const finding = failed('the step', problem);
  return {
    ...report, outcome: failure(run), validations: [synthesized(code, 'the step goes to one of the agents', finding, run.step.location)],
  };
}

async function sendStep(run: StepRun, report: StepReport): Promise<StepReport> {
  const { phase, step, state, env } = run;
  const { task } = report;
  const built = requestOf({ ...run, step: await withWholeRequest(run, task) }, task);
  if (built.kind === 'unresolved') return unresolvedRequest(run, report, built.unresolved);
  const fan = step.special?.kind === 'parallel_dispatch' ? await fanOut(run, task, built.payload, step.special) : undefined;
  if (fan?.kind === 'unanswered') return { ...report, outcome: failure(run), validations: fan.faults };
  const exchange = fan?.first.exchange ?? await exchangeFor(run, task, built.payload);
  const { reply, changes } = readUnder(env.policy, task, exchange);
  const sent = withNotices(withExchange(report, exchange, reply), [...(built.notices ?? []), ...changes]);
  const late = lateSkip(task, built.payload, exchange, reply, env.profile);
  if (late !== undefined) {
    const note = late.reason === 'missing_tool' ? exemptionNote(phase, step) : '';
    return skippedReport(run, sent, { ...late, detail: `${late.detail}${note}` });
  }
  const blank = terminalPageKeys(step, built.payload, reply.data, state.accounts);
  if (blank !== undefined) {
    for (const key of blank) state.blankKeys.add(key);
    return skippedReport(run, sent, { reason: 'not_applicable', cause: 'terminal_page', detail: 'the seller has no further page of accounts' });
  }
  return concluded(run, sent, exchange, reply, await judged(run, task, exchange, reply, fan));
}

function requestOf({ step, state, env }: StepRun, task: string): BuiltRequest {
  const { policy, bundle: { schemas, adcp_version: adcpVersion } } = env;
  const inputs = env.profile.inputs?.get(task);
  const common = {
    mutating: isMutating(task, schemas), adcpVersion, raw: step.auth !== undefined,
    ...(state.brandDomain !== undefined && { brandDomain: state.brandDomain }),
  };
  if (policy.requests === 'authored') return buildRequest(step, task, state.placeholders, common);
  return buildOfficialRequest(step, task, state.placeholders, {
    ...common, runStartedAtMs: env.startedAtMs, ...(schemas !== undefined && { schemas }), ...(inputs !== undefined && { inputs }),
  });
}

function withNotices(report: StepReport, notices: readonly Notice[]): StepReport {
  return notices.length === 0 ? report : { ...report, notices };
}

function exchangeFor({ step, state, env }: StepRun, task: string, payload: JsonObject): Promise<Exchange> {
  if (step.auth === undefined) return env.agent.call(task, payload, state.credential, state.conversation);
  return env.agent.probe(task, payload, stepCredential(step.auth, state.kit, state.ids));
}

/** Grades an exchange, after asking for whatever else its checks and captures look at. */
async function judged(
  run: StepRun, task: string, exchange: Exchange, reply: ReadReply, fan: Extract<FanOut, { kind: 'answered' }> | undefined
): Promise<StepJudgement> {
  const { step, state, env } = run;
  if (exchange.kind === 'failed') return judgeStep(step, task, exchange, reply, surroundings(run));
  const { payload } = exchange.request;
  const completion = wantsCompletion(step) ? await taskCompletion(reply.data, completionTools(run)) : undefined;
  const account = sandboxAccount(state.brandDomain, own(payload, 'account'), state.accumulator['account']);
  const observed = env.policy.upstreamTraffic === 'never' ? new Map<JsonObject, UpstreamObservation>() : await observeUpstream(
    step, payload, exchange.sent_at_ms, { env, credential: state.credential, sentAt: state.sentAt, account }
  );
  const a2a = exchange.request.transport === 'a2a' ? { result: exchange.result, earlierContextId: state.conversation.before } : undefined;
  const around = {
    ...surroundings(run), ...(a2a !== undefined && { a2a }),
    upstream: (authored: JsonObject) => observed.get(authored) ?? { kind: 'not_advertised' as const },
  };
  if (fan === undefined) return judgeStep(step, task, exchange, reply, around, completion);
  const resolved = { ...around, fanOut: fan.resolved.map((each) => each.reply.data) };
  const first = judgeStep(step, task, exchange, reply, resolved, completion);
  const validations = [...fan.faults, ...first.validations, ...copiesJudged(step, task, fan, around)];
  return { ...first, validations, passed: first.passed && validations.every(holds) };
}

/** Checks of one reply hold for each copy; those that compare the copies were made with the first. */
function copiesJudged(step: Step, task: string, { first, resolved }: Extract<FanOut, { kind: 'answered' }>, around: StepSurroundings): readonly Validation[] {
  const single = { ...step, context_outputs: [], validations: step.validations.filter(({ check }) => !check.startsWith('cross_response_')) };
  return resolved.filter((copy) => copy !== first).flatMap(({ correlation_id: id, exchange, reply }) =>
    judgeStep(single, task, exchange, reply, around).validations.map((each) => ({ ...each, description: `[dispatch ${id}] ${each.description}` })));
}

function completionTools({ env, state }: StepRun): CompletionTools {
  return { env, credential: state.credential, ...(state.inbox !== undefined && { inbox: state.inbox }) };
}

/** Lets the invariants see the step last, and keeps what it leaves to later ones. */
function concluded(run: StepRun, sent: StepReport, exchange: Exchange, reply: ReadReply, judgement: StepJudgement): StepReport {
  const { step, state } = run;
  state.remember(step.id, sent.task, reply.data, exchange.sent_at_ms);
  const violations = invariantViolations(run, sent.task, exchange, reply, judgement);
  const validations = [...judgement.validations, ...violations];
  for (const key of judgement.failedCaptures) state.failedCaptures.set(key, step.id);
  if (judgement.passed && violations.length === 0) {
    state.accumulator = { ...state.accumulator, ...judgement.captured };
    return { ...sent, outcome: { kind: 'passed' }, validations };
  }
  const silent = exchange.kind === 'failed' && validations.length === 0 ? { transport: exchange.failure } : {};
  return { ...sent, outcome: { ...failure(run), ...silent }, validations };
}

/**
 * Invariants look at whatever the seller said in AdCP, in a result or in the data of a JSON-RPC error; not at a payload that breaks
 * the schema which it must satisfy: its members may mean anything.
 */
function invariantViolations(
  { step, state, env }: StepRun, task: string, exchange: Exchange, reply: ReadReply, judgement: StepJudgement
): readonly Validation[] {
  const speaksAdcp = exchange.kind === 'answered' || own(reply.data, 'adcp_error') !== undefined;
  const schemaBroken = judgement.validations.some((each) => each.check === 'response_schema' && !holds(each));
  if (!speaksAdcp || schemaBroken) return [];
  const seen = {
    step_id: step.id, task, passed: judgement.passed, expect_error: step.expect_error, request: exchange.request.payload,
    data: env.policy.sessions === 'told_apart' ? reply.data : withSessionsAsOne(reply.data), outcome: reply.outcome,
  };
  const observed = observeInvariants(state.invariants, seen, step.disabled_invariants, step.location);
  state.invariants = observed.states;
  return observed.violations;
}

function asserted(run: StepRun, report: StepReport): StepReport {
  const validations = judgeChecks(run.step, { ...surroundings(run), task: run.step.task, outcome: { kind: 'succeeded' }, data: {} });
  return { ...report, validations, outcome: validations.every(holds) ? { kind: 'passed' } : failure(run) };
}

/** Generated outputs need no answer, so that they are there whatever becomes of the step. */
function generateOutputs({ step, state }: StepRun): void {
  for (const output of step.context_outputs)
    if (output.kind === 'generate') state.accumulator = { ...state.accumulator, [output.key]: state.generate(output.key) };
}
