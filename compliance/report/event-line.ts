/** The events of a run as lines of JSON (`ndjson`), redacted, in the shapes of the JSON report where it has them. */
import type { RunEvent } from '../events.ts';
import type { JsonObject } from '../json/object.ts';
import { formatAddress } from '../step-report.ts';
import type { FinishedRun } from './finished-run.ts';
import type { Plan, PlanEntry } from '../plan/plan.ts';
import type { Redactor } from './redact.ts';
import { runResult } from './run-result.ts';
import { stepResult } from './step-result.ts';
import { runSummary } from './summary.ts';

/** What happened, as one object. A second `step_finished` of an address replaces the first. */
export function eventLine(event: RunEvent, redact: Redactor): JsonObject {
  switch (event.kind) {
    case 'run_started': return { event: event.kind, at: timestamp(event.at_ms), ...runResult(event.run, redact) };
    case 'seller_discovered': {
      const { url, tools, mcp_version, a2a_version } = event.profile;
      return { event: event.kind, seller_url: redact.text(url), mcp_version, a2a_version, tools: [...tools].sort() };
    }
    case 'discovery_failed': {
      const { failure, authentication } = event;
      return { event: event.kind, code: failure.code, message: redact.text(failure.message), authentication };
    }
    case 'run_refused': return { event: event.kind, code: event.code, message: redact.text(event.message) };
    case 'planned': return { event: event.kind, ...planned(event.plan, redact) };
    case 'notice': return { event: event.kind, ...event.notice, message: redact.text(event.notice.message) };
    case 'storyboard_started': return { event: event.kind, storyboard_id: event.storyboard_id };
    case 'step_finished': return { event: event.kind, step_result: stepResult(event.report, redact) };
    case 'storyboard_finished': {
      const { storyboard_id, verdict, duration_ms, invariants } = event;
      return { event: event.kind, storyboard_id, verdict, duration_ms: Math.round(duration_ms), invariants };
    }
    case 'transports_differ': return { event: event.kind, storyboard_id: event.storyboard_id, differences: redact.payload(event.differences) };
    case 'run_finished': return { event: event.kind, at: timestamp(event.at_ms), ended: event.ended.kind };
  }
}

/** The last line: what the run comes to. */
export function conclusionLine({ record, conclusion, redact }: FinishedRun): JsonObject {
  return {
    event: 'run_concluded', verdict: conclusion.kind, exit_code: conclusion.exit_code, detail: redact.text(conclusion.detail),
    run_summary: runSummary(record),
  };
}

function planned(plan: Plan, redact: Redactor): JsonObject {
  return { storyboards: plan.entries.map((entry) => entryLine(entry, redact)), not_selected: plan.not_selected, unresolved_references: plan.unresolved };
}

function entryLine(entry: PlanEntry, redact: Redactor): JsonObject {
  switch (entry.kind) {
    case 'skip': return { kind: entry.kind, storyboard_id: entry.storyboard_id, skip: entry.skip };
    case 'broken': return { kind: entry.kind, storyboard_id: entry.id ?? null, file: entry.file };
    case 'run': {
      const { storyboard, phases, because } = entry;
      const steps = phases.flatMap(({ phase, steps: chosen }) => chosen.map(
        ({ step }) => formatAddress({ storyboard_id: storyboard.id, phase_id: phase.id, step_id: step.id })
      ));
      return { kind: entry.kind, storyboard_id: storyboard.id, title: redact.text(storyboard.title), track: storyboard.track, because, steps };
    }
  }
}

const timestamp = (ms: number): string => new Date(ms).toISOString();
