/** Everything that is known about a run so far, folded out of its events. */
import type { InvariantCount, Notice, RunEnd, RunEvent, RunIdentity } from '../events.ts';
import type { TransportFailure } from '../exchange.ts';
import type { StoryboardVerdict } from '../judge/verdict.ts';
import type { Plan, PlanEntry } from '../plan/plan.ts';
import type { LoadProblem } from '../problem.ts';
import type { SellerProfile } from '../seller.ts';
import { formatAddress, type StepReport, WHOLE_STORYBOARD } from '../step-report.ts';

export interface StoryboardRecord {
  readonly id: string;
  readonly title: string;
  readonly track: string;
  readonly because: string;
  readonly warnings: readonly LoadProblem[];
  /** Addresses of its steps, in their order. */
  readonly order: readonly string[];
  /** Addresses of the results that were to come. */
  planned: ReadonlySet<string>;
  readonly reports: Map<string, StepReport>;
  verdict?: StoryboardVerdict;
  duration_ms: number;
  invariants: readonly InvariantCount[];
}

/** What is kept of a plan: a storyboard that runs is known by its record alone, so that its steps can be let go of. */
export interface KeptPlan extends Omit<Plan, 'entries'> {
  readonly entries: readonly (Exclude<PlanEntry, { kind: 'run' }> | { readonly kind: 'run'; readonly storyboard_id: string })[];
}

export class RunRecord {
  run?: RunIdentity;
  startedAtMs = 0;
  finishedAtMs = 0;
  ended?: RunEnd;
  profile?: SellerProfile;
  /** Set when the seller was reached over A2A after MCP. */
  a2aProfile?: SellerProfile;
  discoveryFailure?: { readonly failure: TransportFailure; readonly authentication: boolean };
  refusal?: { readonly code: string; readonly message: string };
  plan?: KeptPlan;
  readonly notices: Notice[] = [];
  readonly transportDifferences: Extract<RunEvent, { kind: 'transports_differ' }>[] = [];
  readonly storyboards = new Map<string, StoryboardRecord>();

  add(event: RunEvent): void {
    switch (event.kind) {
      case 'run_started': this.run = event.run; this.startedAtMs = event.at_ms; break;
      case 'seller_discovered': this.#discover(event.profile); break;
      case 'discovery_failed': this.discoveryFailure = event; break;
      case 'run_refused': this.refusal = event; break;
      case 'planned': this.#plan(event.plan); break;
      case 'notice': if (!this.notices.some(({ code }) => code === event.notice.code)) this.notices.push(event.notice); break;
      case 'storyboard_started': break;
      case 'step_finished': this.#settle(event.report); break;
      case 'storyboard_finished': this.#finish(event); break;
      case 'transports_differ': this.transportDifferences.push(event); break;
      case 'run_finished': this.ended = event.ended; this.finishedAtMs = event.at_ms; break;
    }
  }

  get reports(): readonly StepReport[] {
    return [...this.storyboards.values()].flatMap(inPlanOrder);
  }

  #discover(profile: SellerProfile): void {
    if (this.profile === undefined) this.profile = profile;
    else this.a2aProfile = profile;
  }

  #plan(plan: Plan): void {
    this.plan = {
      ...plan, entries: plan.entries.map((entry) => (entry.kind === 'run' ? { kind: 'run', storyboard_id: entry.storyboard.id } : entry)),
    };
    for (const entry of plan.entries) {
      const record = recordOf(entry);
      if (record !== undefined) this.storyboards.set(record.id, record);
    }
  }

  /** A result for the whole storyboard takes the place of all that were planned; one that nobody planned joins them. */
  #settle(report: StepReport): void {
    const record = this.storyboards.get(report.address.storyboard_id);
    if (record === undefined) throw new Error(`a result for ${report.address.storyboard_id}, which was not planned`);
    const address = formatAddress(report.address);
    record.planned = report.address.step_id === WHOLE_STORYBOARD ? new Set([address]) : new Set([...record.planned, address]);
    record.reports.set(address, report);
  }

  #finish(event: Extract<RunEvent, { kind: 'storyboard_finished' }>): void {
    const record = this.storyboards.get(event.storyboard_id)!;
    record.verdict = event.verdict;
    record.duration_ms = event.duration_ms;
    record.invariants = event.invariants;
  }
}

function recordOf(entry: PlanEntry): StoryboardRecord | undefined {
  const empty = { reports: new Map<string, StepReport>(), duration_ms: 0, invariants: [], warnings: [] };
  switch (entry.kind) {
    case 'broken': return undefined;
    case 'skip':
      return {
        ...empty, id: entry.storyboard_id, title: entry.title, track: entry.track, because: '', planned: new Set([entry.storyboard_id]),
        order: [],
      };
    case 'run': {
      const { storyboard } = entry;
      const planned = entry.phases.flatMap(
        ({ phase, steps }) => steps.map(({ step }) => formatAddress({ storyboard_id: storyboard.id, phase_id: phase.id, step_id: step.id }))
      );
      return {
        ...empty, id: storyboard.id, title: storyboard.title, track: storyboard.track, because: entry.because, planned: new Set(planned),
        order: planned, warnings: entry.warnings,
      };
    }
  }
}

/** Steps that wait are settled after later ones; what nobody planned (seeding) comes first. */
export function inPlanOrder({ reports, order }: StoryboardRecord): readonly StepReport[] {
  const planned = new Set(order);
  return [
    ...[...reports].flatMap(([address, report]) => (planned.has(address) ? [] : [report])), ...order.flatMap((address) => reports.get(address) ?? []),
  ];
}

/** The verdict on a storyboard; one that did not finish is incomplete. */
export function verdictOf(record: StoryboardRecord): StoryboardVerdict {
  return record.verdict ?? 'incomplete';
}
