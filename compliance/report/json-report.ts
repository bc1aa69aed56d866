import { formatLocation } from '../location.ts';
import type { JsonObject } from '../json/object.ts';
import type { LoadProblem } from '../problem.ts';
import type { SellerProfile } from '../seller.ts';
import { countSteps } from './counts.ts';
import type { FinishedRun } from './finished-run.ts';
import { verdictOf } from './run-record.ts';
import { runResult } from './run-result.ts';
import { stepResult } from './step-result.ts';
import { runSummary } from './summary.ts';
import { transportDifferences } from './transport-differences.ts';

/** The machine-readable report: what graded what, the summary, storyboards, steps. Holds no credential. */
export function jsonReport(run: FinishedRun): JsonObject {
  return { ...withoutSteps(run), step_results: run.record.reports.map((report) => stepResult(report, run.redact)) };
}

/** The text of the same, step by step: as a whole it would take many times the memory of the run that it tells of. */
export function* jsonReportText(run: FinishedRun): Generator<string> {
  const head = JSON.stringify({ ...withoutSteps(run), step_results: [] }, null, 2);
  yield head.slice(0, head.lastIndexOf(']'));
  let isFirst = true;
  for (const report of run.record.reports) {
    yield `${isFirst ? '' : ','}\n    ${JSON.stringify(stepResult(report, run.redact), null, 2).replaceAll('\n', '\n    ')}`;
    isFirst = false;
  }
  yield isFirst ? ']\n}\n' : '\n  ]\n}\n';
}

function withoutSteps({ record, conclusion, baseline, redact }: FinishedRun): JsonObject {
  return {
    report_version: '1.0.0',
    run: {
      ...(record.run !== undefined && runResult(record.run, redact)), started_at: timestamp(record.startedAtMs),
      finished_at: timestamp(record.finishedAtMs),
      ended: record.ended?.kind ?? 'interrupted', verdict: conclusion.kind, exit_code: conclusion.exit_code,
      detail: redact.text(conclusion.detail),
      seller: record.profile === undefined ? null : sellerResult(record.profile),
      ...(record.a2aProfile !== undefined && { seller_over_a2a: sellerResult(record.a2aProfile) }),
      ...(record.discoveryFailure !== undefined && {
        discovery_failed: { code: record.discoveryFailure.failure.code, message: redact.text(record.discoveryFailure.failure.message) },
      }),
      ...(record.refusal !== undefined && { refused: { code: record.refusal.code, message: redact.text(record.refusal.message) } }),
    },
    run_summary: runSummary(record),
    ...(record.run?.transport === 'both' && { transport_differences: transportDifferences(record, redact) }),
    ...(baseline !== undefined && { baseline: baseline.comparison }),
    storyboards: [...record.storyboards.values()].map((storyboard) => ({
      storyboard_id: storyboard.id, title: redact.text(storyboard.title), track: storyboard.track, verdict: verdictOf(storyboard),
      because: storyboard.because,
      duration_ms: Math.round(storyboard.duration_ms), steps: countSteps(storyboard.planned.size, storyboard.reports.values()),
      invariants: storyboard.invariants, warnings: storyboard.warnings.map(problemResult),
    })),
    broken_storyboards: (record.plan?.entries ?? []).flatMap((entry) => (entry.kind !== 'broken' ? [] : [{
      ...(entry.id !== undefined && { storyboard_id: entry.id }), file: entry.file,
      problems: entry.problems.map(problemResult),
    }])),
  };
}

function sellerResult({ mcp_version, a2a_version, tools }: SellerProfile): JsonObject {
  return { ...(mcp_version !== undefined && { mcp_version }), ...(a2a_version !== undefined && { a2a_version }), tools: [...tools].sort() };
}

const problemResult = ({ code, severity, message, way_out, location }: LoadProblem): JsonObject =>
  ({ code, severity, message, way_out, location: formatLocation(location) });
const timestamp = (ms: number): string => new Date(ms).toISOString();
