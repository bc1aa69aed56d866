/** A step that waits for webhooks. It begins when it is reached and is asked for its result later, so that others run meanwhile. */
import { failure, skippedReport, type StepRun, surroundings } from '../../execute/step-run.ts';
import type { JsonObject } from '../../json/object.ts';
import { passedWith } from '../../judge/checks/check.ts';
import { holds, judgeChecks } from '../../judge/judge-step.ts';
import { substituteKnown } from '../../judge/substitute-known.ts';
import type { WebhookExpectation } from '../../special-step.ts';
import { type Skip, type StepReport, synthesized, type Validation } from '../../step-report.ts';
import type { Delivery } from './delivery.ts';
import type { DeliveryFilter } from './delivery-filter.ts';
import { DeliveryVerifier, unpublishedFault } from './delivery-verifier.ts';
import type { WebhookInbox } from './inbox.ts';
import { judgeDeliveries, type WebhookFault, type WebhookJudgement } from './judge-deliveries.ts';
import { receiversOf, registersCredentials } from './registration.ts';

type Settled = Extract<WebhookJudgement, { kind: 'settled' }>;

/** Watches until there is an answer, the time is up, or `stop` says that nobody wants it any more. */
export async function watchWebhooks(
  run: StepRun, expectation: WebhookExpectation, report: StepReport, stop: AbortSignal
): Promise<StepReport> {
  const { state, env } = run;
  const excuse = triggerExcuse(run, expectation);
  if (excuse !== undefined) return skippedReport(run, report, excuse);
  const { inbox } = state;
  if (inbox === undefined)
    return skippedReport(run, report, { reason: 'not_applicable', detail: 'no request of the storyboard names an address of the judge\'s receiver' });
  const from = env.clock.elapsed();
  const settled = await answerOf(run, expectation, inbox, filterOf(run, expectation), stop);
  const faults = [...settled.faults, ...await signatureFaults(run, expectation, settled.matched, inbox)];
  const validations = [...verdictOn(run, faults, settled.notes), ...authoredChecks(run, settled.matched[0])];
  return {
    ...report, duration_ms: env.clock.elapsed() - from, validations,
    outcome: validations.every(holds) ? { kind: 'passed' } : failure(run),
  };
}

/** A webhook can only be missed when its trigger happened. */
function triggerExcuse({ state }: StepRun, { triggered_by: trigger }: WebhookExpectation): Skip | undefined {
  if (trigger === undefined) return undefined;
  const report = state.reports.find(({ address }) => address.step_id === trigger);
  if (report?.outcome.kind === 'passed') return undefined;
  const became = report === undefined ? 'did not run' : report.outcome.kind === 'failed' ? 'failed' : 'was skipped';
  return { reason: 'prerequisite_failed', detail: `the webhook is triggered by step ${trigger}, which ${became}` };
}

function filterOf({ state }: StepRun, { filter, triggered_by: trigger }: WebhookExpectation): DeliveryFilter {
  const step = state.storyboard.phases.flatMap((phase) => phase.steps).find(({ id }) => id === trigger);
  const names = (filter.receiver === undefined ? receiversOf(step, trigger) : [filter.receiver]).filter((name) => state.inbox!.knows(name));
  const body = substituteKnown(filter.body, state.accumulator) as JsonObject;
  return names.length > 0
    ? { receivers: new Set(names), since_ms: 0, body }
    : { since_ms: trigger === undefined ? 0 : state.sentAt.get(trigger) ?? 0, body };
}

async function answerOf(
  { env }: StepRun, expectation: WebhookExpectation, inbox: WebhookInbox, filter: DeliveryFilter, stop: AbortSignal
): Promise<Settled> {
  const { clock, signal, bundle } = env;
  const deadline = clock.elapsed() + expectation.timeout_ms;
  for (;;) {
    signal.throwIfAborted();
    const over = stop.aborted || clock.elapsed() >= deadline;
    const judged = judgeDeliveries(expectation, filter, inbox.deliveries, over, bundle.schemas);
    if (judged.kind === 'settled') return judged;
    const round = new AbortController();
    const any = AbortSignal.any([signal, stop, round.signal]);
    await Promise.race([inbox.next(any), clock.sleep(Math.max(0, deadline - clock.elapsed()), any)]);
    round.abort();
  }
}

/** Signatures are graded where the step asks for it, and on every delivery that is repeated without credentials of the older kind. */
async function signatureFaults(
  { state, env }: StepRun, expectation: WebhookExpectation, matched: readonly Delivery[], inbox: WebhookInbox
): Promise<readonly WebhookFault[]> {
  const trigger = state.storyboard.phases.flatMap((phase) => phase.steps).find(({ id }) => id === expectation.triggered_by);
  const byDefault = expectation.assertion === 'retry_keys_stable' && !registersCredentials(trigger?.sample_request);
  const repeated = env.policy.retriedSignatures === 'verified' && (expectation.verify_signatures ?? byDefault);
  if (matched.length === 0 || (expectation.assertion !== 'signature_valid' && !repeated)) return [];
  const keys = await env.contracts.keysOf(env);
  if (keys.kind === 'fault') return [unpublishedFault(matched[0]!, keys.fault)];
  const verifier = state.verifiers.get(env.agent.url) ?? new DeliveryVerifier(keys.keys, expectation.require_tag);
  state.verifiers.set(env.agent.url, verifier);
  const faults = matched.flatMap((delivery) => verifier.faultIn(delivery, inbox.deliveries) ?? []);
  return faults.filter(({ code }, i) => faults.findIndex((other) => other.code === code) === i);
}

function verdictOn({ step }: StepRun, faults: readonly WebhookFault[], notes: readonly string[]): readonly Validation[] {
  if (faults.length === 0) return [synthesized(step.task, 'the webhooks came as they should', passedWith(notes), step.location)];
  return faults.map(({ code, finding }) => synthesized(code, 'the webhooks come as they should', finding, step.location));
}

/** Checks that the author wrote look at the payload of the first delivery. */
function authoredChecks(run: StepRun, delivery: Delivery | undefined): readonly Validation[] {
  if (delivery === undefined) return [];
  return judgeChecks(run.step, { ...surroundings(run), task: run.step.task, outcome: { kind: 'succeeded' }, data: delivery.payload ?? null });
}
