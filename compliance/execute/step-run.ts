import type { Exchange } from '../exchange.ts';
import type { ReadReply, StepSurroundings } from '../judge/judge-step.ts';
import { isRelease } from '../load/bundle-index.ts';
import type { PlannedStep } from '../plan/step-selection.ts';
import type { Skip, StepOutcome, StepReport } from '../step-report.ts';
import type { Phase, Step } from '../storyboard.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { StoryboardState } from './storyboard-state.ts';

/** One step that was reached, with all that running it needs. */
export interface StepRun {
  readonly phase: Phase;
  readonly step: Step;
  readonly state: StoryboardState;
  readonly env: RunEnvironment;
}

/** The report that the step has before anything is known of it. */
export function blankReport({ phase, state }: Pick<StepRun, 'phase' | 'state'>, { step, role }: PlannedStep): StepReport {
  return {
    address: { storyboard_id: state.storyboard.id, phase_id: phase.id, step_id: step.id }, task: step.task, title: step.title,
    outcome: { kind: 'passed' }, validations: [], duration_ms: 0, extraction: { path: 'none' }, prerequisite: role === 'prerequisite',
    location: step.location,
  };
}

/** The report of a step that was skipped; what it was to create is noted as missing. */
export function skippedReport({ step, state }: StepRun, report: StepReport, skip: Skip): StepReport {
  state.missed(report.task, step.sample_request);
  return { ...report, outcome: { kind: 'skipped', skip } };
}

/** Failures in optional phases are shown and not counted, unless the seller made the phase binding. */
export function failure({ phase, state }: Pick<StepRun, 'phase' | 'state'>): Extract<StepOutcome, { kind: 'failed' }> {
  return { kind: 'failed', counted: !phase.optional || state.bindingPhases.has(phase.id) };
}

/** What checks see beside the step's own exchange. */
export function surroundings({ state, env }: StepRun): StepSurroundings {
  const { bundle } = env;
  return {
    accumulator: state.accumulator, contributions: new Set(state.contributions.keys()), agentUrl: env.agent.url,
    productReplies: state.productReplies, policy: env.policy, upstream: () => ({ kind: 'not_advertised' }),
    ...(bundle.schemas !== undefined && { schemas: bundle.schemas }), ...(isRelease(bundle.index) && { release: bundle.version }),
  };
}

/** The report of a step with what was sent and what came. */
export function withExchange(report: StepReport, exchange: Exchange, reply: ReadReply): StepReport {
  const payload = exchange.kind === 'answered' ? exchange.result : undefined;
  return {
    ...report, duration_ms: exchange.duration_ms, request: exchange.request, extraction: reply.extraction,
    response: { payload, ...(exchange.http !== undefined && { http: exchange.http }) },
  };
}
