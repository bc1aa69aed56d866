/** Runs one storyboard: seeding, phases, cascade, branch sets, verdict. A stream of events. */
import { armRetries, namesReceiver } from '../contracts/webhooks/registration.ts';
import type { RunEvent } from '../events.ts';
import { branchSets, mootFailures } from '../judge/branch-sets.ts';
import { recordOutcome } from '../judge/cascade.ts';
import { contributedFlag } from '../judge/contribution.ts';
import { type PhaseResult, storyboardVerdict } from '../judge/verdict.ts';
import { asksKitOnly, skips } from '../load/skip-expression.ts';
import type { PlanEntry, PlannedPhase } from '../plan/plan.ts';
import type { Policy } from '../policy.ts';
import { type Skip, type StepReport, WHOLE_STORYBOARD } from '../step-report.ts';
import type { Phase, Storyboard } from '../storyboard.ts';
import { keptReport } from './kept-report.ts';
import { CONTROLLER } from './build-request.ts';
import type { RunEnvironment } from './run-environment.ts';
import { routeOf, routeTask } from './routing.ts';
import { runStep } from './run-step.ts';
import { sandboxAccount } from './sandbox-account.ts';
import { seedFixtures } from './seeding.ts';
import { gateOf } from './step-gates.ts';
import { blankReport } from './step-run.ts';
import { StoryboardState } from './storyboard-state.ts';
import { mayRest, Watches } from './watches.ts';

type Running = Extract<PlanEntry, { kind: 'run' }>;

/** @param rest is called when all that is left to do is waiting for webhooks of the storyboard's own */
export async function* runStoryboard(entry: Running, env: RunEnvironment, rest: () => void = () => undefined): AsyncGenerator<RunEvent> {
  const { storyboard } = entry;
  const ready = env.credentialFor(storyboard);
  if (ready.kind === 'gap') throw new Error(`${storyboard.id} was planned without a credential`);
  const from = env.clock.elapsed();
  const state = new StoryboardState(storyboard, ready, env);
  await openInbox(state, env);
  const watches = new Watches(state, env);
  yield { kind: 'storyboard_started', storyboard_id: storyboard.id };
  const how = new Map<string, PhaseResult['how']>();
  const blocked = entry.seeding ? yield* seed(storyboard, state, env) : undefined;
  if (blocked !== 'whole') {
    for (const planned of entry.phases) yield* runPhase(planned, state, env, watches, how, blocked);
    if (!watches.isEmpty && mayRest(storyboard)) rest();
    for await (const report of watches.settle()) yield* keep(report, state);
    for (const report of mootFailures(storyboard.phases, branchSets(storyboard), state.contributions, state.reports))
      yield* keep(report, state);
  }
  const results = entry.phases.map(
    ({ phase }): PhaseResult => ({
      phase, how: how.get(phase.id) ?? 'ran', reports: state.reports.filter(({ address }) => address.phase_id === phase.id),
    })
  );
  const seedingFailed = state.reports.some(
    (report) => report.outcome.kind === 'failed' && !storyboard.phases.some(({ id }) => id === report.address.phase_id)
  );
  yield {
    kind: 'storyboard_finished', storyboard_id: storyboard.id, duration_ms: env.clock.elapsed() - from,
    verdict: seedingFailed ? 'failed' : blocked === 'whole' ? 'not_applicable' : storyboardVerdict(results),
    invariants: [...state.invariants].map(([id, { observation_count }]) => ({ id, observation_count })),
  };
}

/** Seeds the fixtures. Gives the reason why no step can run, or `whole` when one skip stands for the storyboard. */
async function* seed(
  storyboard: Storyboard, state: StoryboardState, env: RunEnvironment
): AsyncGenerator<RunEvent, Skip | 'whole' | undefined> {
  const route = routeTask(CONTROLLER, storyboard, env);
  const seeding = await seedFixtures(
    storyboard, { env: route.kind === 'agent' ? route.env : env, credential: state.credential, account: sandboxAccount(state.brandDomain, state.accumulator['account']) }
  );
  switch (seeding.kind) {
    case 'seeded': return undefined;
    case 'unsupported':
      yield* keep(wholeStoryboardReport(storyboard, seeding.skip), state);
      return 'whole';
    case 'blocked':
      for (const report of seeding.failures) yield* keep(report, state);
      return seeding.skip;
  }
}

async function* runPhase(
  planned: PlannedPhase, state: StoryboardState, env: RunEnvironment, watches: Watches, how: Map<string, PhaseResult['how']>,
  blocked: Skip | undefined,
): AsyncGenerator<RunEvent> {
  const { phase, gated } = planned;
  const skipped = blocked ?? phaseSkip(phase, gated, state, env.policy);
  if (skipped !== undefined) {
    how.set(phase.id, gated !== undefined ? 'capability_gated' : skipped.cause === 'phase_condition' ? 'condition_met' : 'ran');
    for (const step of planned.steps)
      yield* keep({ ...blankReport({ phase, state }, step), outcome: { kind: 'skipped', skip: skipped } }, state);
    return;
  }
  state.beginPhase();
  for (const step of planned.steps) {
    const { special } = step.step;
    const reached = routeOf(step.step, state.kit, state.storyboard, env).kind === 'agent';
    if (special?.kind === 'webhook' && reached && gateOf(phase, step.step, state, env).kind === 'special') {
      watches.begin(phase, step, special);
      continue;
    }
    if (watches.concern(phase, step.step)) for await (const report of watches.settle()) yield* keep(report, state);
    const report = await runStep(phase, step, state, env);
    const flag = report.outcome.kind === 'passed' ? contributedFlag(step.step, state.reports) : undefined;
    if (flag !== undefined && !state.contributions.has(flag)) state.contributions.set(flag, { phase_id: phase.id, step_id: step.step.id });
    state.cascade = recordOutcome(state.cascade, phase, step.step, report.outcome, env.policy.skippedState);
    yield* keep(report, state);
  }
  for (const report of watches.endPhase(phase)) yield* keep(report, state);
}

/** Opens the addresses of a storyboard whose requests name some, and lets them refuse what its steps want refused. */
async function openInbox(state: StoryboardState, env: RunEnvironment): Promise<void> {
  const { storyboard } = state;
  const { receiver } = env.contracts;
  if (receiver === undefined || !storyboard.phases.some((phase) => phase.steps.some((step) => namesReceiver(step.sample_request)))) return;
  state.inbox = await receiver.inbox(() => state.ids.uuid());
  armRetries(storyboard, state.inbox);
}

function phaseSkip(phase: Phase, gated: string | undefined, state: StoryboardState, policy: Policy): Skip | undefined {
  if (gated !== undefined) return { reason: 'not_applicable', cause: 'capability_unsupported', detail: gated };
  if (phase.skip_if === undefined || (policy.skipConditions === 'test_kit_only' && !asksKitOnly(phase.skip_if))) return undefined;
  if (!skips(phase.skip_if, { test_kit: state.kit, context: state.accumulator })) return undefined;
  return {
    reason: 'not_applicable', cause: 'phase_condition', detail: `the condition under which phase ${phase.id} is left out holds (skip_if)`,
  };
}

function* keep(whole: StepReport, state: StoryboardState): Generator<RunEvent> {
  const report = keptReport(whole);
  state.keep(report);
  for (const notice of report.notices ?? []) yield { kind: 'notice', notice };
  yield { kind: 'step_finished', report };
}

/** One result in the place of all steps of a storyboard. */
export function wholeStoryboardReport(storyboard: Pick<Storyboard, 'id' | 'title' | 'location'>, skip: Skip): StepReport {
  return {
    address: { storyboard_id: storyboard.id, phase_id: WHOLE_STORYBOARD, step_id: WHOLE_STORYBOARD }, task: '', title: storyboard.title,
    outcome: { kind: 'skipped', skip }, validations: [], duration_ms: 0, extraction: { path: 'none' }, prerequisite: false,
    location: storyboard.location,
  };
}
