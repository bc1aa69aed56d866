/** Events as they may be told: nobody who writes them down can forget to take a secret out, or cut one in two so that a half of it stays. */
import type { RunEvent } from '../events.ts';
import type { Plan, PlanEntry } from '../plan/plan.ts';
import type { LoadProblem } from '../problem.ts';
import type { StepReport } from '../step-report.ts';
import type { Redactor } from './redact.ts';

export async function* told(events: AsyncIterable<RunEvent>, redact: Redactor): AsyncGenerator<RunEvent> {
  for await (const event of events) yield withoutSecrets(event, redact);
}

function withoutSecrets(event: RunEvent, redact: Redactor): RunEvent {
  switch (event.kind) {
    case 'discovery_failed': return { ...event, failure: { ...event.failure, message: redact.text(event.failure.message) } };
    case 'run_refused': return { ...event, message: redact.text(event.message) };
    case 'planned': return { ...event, plan: planWithout(event.plan, redact) };
    case 'notice': return { ...event, notice: { ...event.notice, message: redact.text(event.notice.message) } };
    case 'step_finished': return { ...event, report: redact.payload(event.report) as StepReport };
    case 'seller_discovered':
      return { ...event, profile: { ...event.profile, tools: new Set([...event.profile.tools].map((tool) => redact.text(tool))) } };
    case 'transports_differ': return redact.payload(event) as RunEvent;
    case 'run_started': case 'storyboard_started': case 'storyboard_finished': case 'run_finished': return event;
  }
}

function planWithout(plan: Plan, redact: Redactor): Plan {
  return {
    ...plan, entries: plan.entries.map((entry) => entryWithout(entry, redact)), remarks: plan.remarks.map((remark) => redact.text(remark)),
    not_selected: plan.not_selected.map((each) => ({ ...each, detail: redact.text(each.detail) })),
  };
}

function entryWithout(entry: PlanEntry, redact: Redactor): PlanEntry {
  const problems = (list: readonly LoadProblem[]): readonly LoadProblem[] => list.map((problem) => redact.payload(problem) as LoadProblem);
  switch (entry.kind) {
    case 'broken': return { ...entry, problems: problems(entry.problems) };
    case 'skip': return { ...entry, skip: { ...entry.skip, detail: redact.text(entry.skip.detail) } };
    case 'run': return { ...entry, warnings: problems(entry.warnings) };
  }
}
