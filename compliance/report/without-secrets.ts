/**
 * Events as they may be told: nobody who writes them down can forget to take a secret out, or cut one in two so that a half of it stays.
 * Only what others wrote is touched: a token that happens to be one of our words (`passed`) must not change what a report says. Payloads
 * and the values of checks are taken care of where they are shown.
 */
import type { RunEvent } from '../events.ts';
import type { Location } from '../location.ts';
import type { Plan, PlanEntry } from '../plan/plan.ts';
import type { LoadProblem } from '../problem.ts';
import type { Finding, StepOutcome, StepReport, Validation } from '../step-report.ts';
import type { Redactor } from './redact.ts';

export async function* told(events: AsyncIterable<RunEvent>, redact: Redactor): AsyncGenerator<RunEvent> {
  for await (const event of events) yield withoutSecrets(event, redact.text);
}

type Text = Redactor['text'];

function withoutSecrets(event: RunEvent, text: Text): RunEvent {
  switch (event.kind) {
    case 'run_started': {
      const { seller_url, bundle } = event.run;
      return { ...event, run: { ...event.run, seller_url: text(seller_url), bundle: { ...bundle, source: text(bundle.source), schemas: bundle.schemas === null ? null : text(bundle.schemas) } } };
    }
    case 'discovery_failed': return { ...event, failure: { ...event.failure, message: text(event.failure.message) } };
    case 'seller_discovered': {
      const { url, tools } = event.profile;
      return { ...event, profile: { ...event.profile, url: text(url), tools: new Set([...tools].map((tool) => text(tool))) } };
    }
    case 'run_refused': return { ...event, message: text(event.message) };
    case 'planned': return { ...event, plan: planWithout(event.plan, text) };
    case 'notice': return { ...event, notice: { ...event.notice, message: text(event.notice.message) } };
    case 'step_finished': return { ...event, report: reportWithout(event.report, text) };
    case 'transports_differ': {
      const differences = event.differences.map((each) => ({
        ...each, at: text(each.at), mcp: each.mcp === null ? null : text(each.mcp), a2a: each.a2a === null ? null : text(each.a2a),
      }));
      return { ...event, differences };
    }
    case 'storyboard_started': case 'storyboard_finished': case 'run_finished': return event;
  }
}

function planWithout(plan: Plan, text: Text): Plan {
  return {
    ...plan, entries: plan.entries.map((entry) => entryWithout(entry, text)), remarks: plan.remarks.map((remark) => text(remark)),
    not_selected: plan.not_selected.map((each) => ({ ...each, detail: text(each.detail) })),
  };
}

function entryWithout(entry: PlanEntry, text: Text): PlanEntry {
  const problems = (list: readonly LoadProblem[]): readonly LoadProblem[] => list.map((problem) => ({
    ...problem, message: text(problem.message), way_out: text(problem.way_out), location: locationWithout(problem.location, text),
  }));
  switch (entry.kind) {
    case 'broken': return { ...entry, problems: problems(entry.problems) };
    case 'skip': return { ...entry, skip: { ...entry.skip, detail: text(entry.skip.detail) } };
    case 'run': return { ...entry, warnings: problems(entry.warnings) };
  }
}

function reportWithout(report: StepReport, text: Text): StepReport {
  const { notices } = report;
  return {
    ...report, title: text(report.title), outcome: outcomeWithout(report.outcome, text), location: locationWithout(report.location, text),
    validations: report.validations.map((validation) => validationWithout(validation, text)),
    ...(notices !== undefined && { notices: notices.map((notice) => ({ ...notice, message: text(notice.message) })) }),
  };
}

function outcomeWithout(outcome: StepOutcome, text: Text): StepOutcome {
  switch (outcome.kind) {
    case 'passed': return outcome;
    case 'skipped': return { ...outcome, skip: { ...outcome.skip, detail: text(outcome.skip.detail) } };
    case 'failed': {
      const { transport } = outcome;
      return transport === undefined ? outcome : { ...outcome, transport: { ...transport, message: text(transport.message) } };
    }
  }
}

function validationWithout(validation: Validation, text: Text): Validation {
  const { description, remediation, finding, location } = validation;
  return {
    ...validation, description: text(description), finding: findingWithout(finding, text), location: locationWithout(location, text),
    ...(remediation !== undefined && { remediation: text(remediation) }),
  };
}

function findingWithout(finding: Finding, text: Text): Finding {
  if (finding.kind === 'not_applicable' || finding.kind === 'unknown') return { ...finding, note: text(finding.note) };
  const { observations } = finding;
  const seen = observations !== undefined && { observations: observations.map((each) => text(each)) };
  if (finding.kind === 'passed') return { ...finding, ...seen };
  const { subject, problem, fault } = finding;
  // A check of presence expects its own subject.
  const expected = finding.expected === subject ? { expected: text(subject) } : {};
  return {
    ...finding, ...seen, ...expected, subject: text(subject), problem: text(problem),
    ...(fault !== undefined && { fault: { ...fault, reason: text(fault.reason) } }),
  };
}

const locationWithout = (location: Location, text: Text): Location => ({ ...location, source: text(location.source) });
