/** Steps that wait while the steps after them run. They are settled in their order, each before whatever depends on it. */
import { watchWebhooks } from '../contracts/webhooks/watch.ts';
import { closePhase, dependencies, recordOutcome } from '../judge/cascade.ts';
import { contributedFlag } from '../judge/contribution.ts';
import type { PlannedStep } from '../plan/step-selection.ts';
import type { WebhookExpectation } from '../special-step.ts';
import type { StepReport } from '../step-report.ts';
import type { Phase, Step, Storyboard } from '../storyboard.ts';
import { routeOfWatch } from './routing.ts';
import type { RunEnvironment } from './run-environment.ts';
import { cascaded } from './step-gates.ts';
import { blankReport, skippedReport, type StepRun } from './step-run.ts';
import type { StoryboardState } from './storyboard-state.ts';

type Waiting =
  | { readonly kind: 'step'; readonly run: StepRun; readonly blank: StepReport; readonly report: Promise<StepReport>; readonly stop: AbortController }
  /** The phase is over but for the steps before this mark. */
  | { readonly kind: 'end_of_phase'; readonly phase: Phase };

/**
 * Whether a storyboard can be left to wait while others run: the webhooks that it looks for carry an operation's id of its own, so that
 * what others cause is not taken for them.
 */
export function mayRest(storyboard: Storyboard): boolean {
  const watched = storyboard.phases.flatMap((phase) => phase.steps).flatMap(({ special }) => (special?.kind === 'webhook' ? [special] : []));
  return watched.length > 0 && watched.every(({ filter }) => typeof filter.body['operation_id'] === 'string');
}

export class Watches {
  readonly #state: StoryboardState;
  readonly #env: RunEnvironment;
  #waiting: readonly Waiting[] = [];

  constructor(state: StoryboardState, env: RunEnvironment) {
    this.#state = state;
    this.#env = env;
  }

  begin(phase: Phase, planned: PlannedStep, expectation: WebhookExpectation): void {
    const run: StepRun = { phase, step: planned.step, state: this.#state, env: this.#senderOf(planned.step, expectation) };
    const [blank, stop] = [blankReport(run, planned), new AbortController()];
    const report = watchWebhooks(run, expectation, blank, stop.signal);
    report.catch(() => undefined); // an aborted run is told by whoever settles
    this.#waiting = [...this.#waiting, { kind: 'step', run, blank, report, stop }];
  }

  /** With the agent whose webhooks are watched for. Where the trigger has nowhere to go, it fails, and nothing is watched for. */
  #senderOf(step: Step, { triggered_by: id }: WebhookExpectation): RunEnvironment {
    const { storyboard, kit } = this.#state;
    const trigger = storyboard.phases.flatMap((phase) => phase.steps).find((each) => each.id === id);
    const route = routeOfWatch(step, trigger, kit, storyboard, this.#env);
    return route.kind === 'agent' ? route.env : this.#env;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Whether a step has to know first how those that wait came out. */
  concern(phase: Phase, step: Step): boolean {
    const before = new Set([phase.id, ...dependencies(this.#state.storyboard, phase)]);
    return this.#waiting.some((each) => each.kind === 'step' && (
      (step.stateful && each.run.step.stateful && before.has(each.run.phase.id))
      || each.run.step.contributes_to !== undefined || step.contributes_if !== undefined
    ));
  }

  /** Settles the end of a phase: at once, or after those of its steps that still wait. */
  endPhase(phase: Phase): readonly StepReport[] {
    if (this.#waiting.length === 0) return this.#close(phase);
    this.#waiting = [...this.#waiting, { kind: 'end_of_phase', phase }];
    return [];
  }

  /** Waits for all, in their order, and gives their reports. */
  async* settle(): AsyncGenerator<StepReport> {
    while (this.#waiting.length > 0) {
      const [first, ...rest] = this.#waiting;
      this.#waiting = rest;
      if (first!.kind === 'end_of_phase') yield* this.#close(first!.phase);
      else yield await this.#conclude(first!);
    }
  }

  /** A step that the cascade forbids is not waited for. */
  async #conclude({ run, blank, report, stop }: Extract<Waiting, { kind: 'step' }>): Promise<StepReport> {
    const state = this.#state;
    const skip = cascaded(run.phase, run.step, state, this.#env.profile);
    if (skip !== undefined) stop.abort();
    const settled = await report;
    const concluded = skip === undefined ? settled : skippedReport(run, blank, skip);
    const flag = concluded.outcome.kind === 'passed' ? contributedFlag(run.step, state.reports) : undefined;
    if (flag !== undefined && !state.contributions.has(flag)) state.contributions.set(flag, { phase_id: run.phase.id, step_id: run.step.id });
    state.cascade = recordOutcome(state.cascade, run.phase, run.step, concluded.outcome, this.#env.policy.skippedState);
    return concluded;
  }

  #close(phase: Phase): readonly StepReport[] {
    const closed = closePhase(this.#state.cascade, phase, this.#state.reports);
    this.#state.cascade = closed.cascade;
    return closed.regraded;
  }
}
