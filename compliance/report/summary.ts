/** The published summary of a run (`run_summary`), folded out of its record. */
import { CAPABILITY_VERSION } from '../judge/checks/registry.ts';
import type { JsonObject } from '../json/object.ts';
import type { SchemaIdentity, Validation } from '../step-report.ts';
import { countSteps, type StepCounts, tally } from './counts.ts';
import type { RunRecord } from './run-record.ts';
import { overallStatus, trackStatuses } from './tracks.ts';

export interface CheckCounts {
  readonly passed: number;
  readonly failed: number;
  readonly advisory_failed: number;
  /** Kinds that the judge does not know included. */
  readonly not_applicable: number;
  readonly unknown: number;
}

export function stepCounts(record: RunRecord): StepCounts {
  const planned = [...record.storyboards.values()].reduce((sum, storyboard) => sum + storyboard.planned.size, 0);
  return countSteps(planned, record.reports);
}

export function checkCounts(validations: Iterable<Validation>): CheckCounts {
  const counts = { passed: 0, failed: 0, advisory_failed: 0, not_applicable: 0, unknown: 0 };
  for (const { finding, severity } of validations) {
    if (finding.kind === 'failed' && severity === 'advisory') counts.advisory_failed += 1;
    else if (finding.kind === 'unknown') {
      counts.unknown += 1;
      counts.not_applicable += 1;
    } else counts[finding.kind] += 1;
  }
  return counts;
}

export function runSummary(record: RunRecord): JsonObject {
  const steps = stepCounts(record);
  const checks = checkCounts(record.reports.flatMap(({ validations }) => validations));
  const notSelected = record.plan?.not_selected ?? [];
  const tracks = trackStatuses(record.storyboards.values());
  return {
    total_steps: steps.planned, steps_passed: steps.passed, steps_failed: steps.failed, steps_failed_optional: steps.failed_optional,
    steps_skipped: steps.skipped, steps_not_run: steps.not_run, steps_not_selected: notSelected.reduce((sum, each) => sum + each.steps, 0),
    overall_status: overallStatus(tracks), tracks, schemas_used: schemasUsed(record), runner_capability_version: CAPABILITY_VERSION,
    not_selected: notSelected, not_selected_by_reason: tally(notSelected.map(({ reason }) => reason)),
    skipped_by_reason: tally(record.reports.flatMap(({ outcome }) => (outcome.kind === 'skipped' ? [outcome.skip.reason] : []))),
    validations_passed: checks.passed, validations_failed: checks.failed, validations_advisory_failed: checks.advisory_failed,
    validations_not_applicable: checks.not_applicable, validations_unknown: checks.unknown,
    unresolved_references: record.plan?.unresolved ?? [], notices: record.notices,
  };
}

/** Identities of the schemas that checks graded against, each once. */
function schemasUsed(record: RunRecord): readonly SchemaIdentity[] {
  const used = new Map<string, SchemaIdentity>();
  for (const { finding } of record.reports.flatMap(({ validations }) => validations))
    if ('schema' in finding && finding.schema !== undefined) used.set(finding.schema.schema_id, finding.schema);
  return [...used.values()].sort((a, b) => (a.schema_id < b.schema_id ? -1 : 1));
}
