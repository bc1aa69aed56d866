/** A run as JUnit XML: a suite for each storyboard, a case for each step. It holds a failure or an error whenever the run does not end with 0. */
import { formatAddress, type StepReport, WHOLE_STORYBOARD } from '../step-report.ts';
import type { PlanEntry } from '../plan/plan.ts';
import { failureHeadline } from './failure-headline.ts';
import { failureText } from './failure-text.ts';
import type { FinishedRun } from './finished-run.ts';
import { type CaseResult, junitXml, type TestCase, type TestSuite } from './junit-xml.ts';
import { NO_SCHEMAS } from './no-schemas.ts';
import { paint } from './paint.ts';
import { problemText } from './problem-text.ts';
import { cut } from './quote.ts';
import { inPlanOrder, type StoryboardRecord, verdictOf } from './run-record.ts';
import { ungradedOf } from './ungraded.ts';

const EXIT_INCOMPLETE = 3;

export function junitReport(run: FinishedRun): string {
  const { record } = run;
  const broken = (record.plan?.entries ?? []).filter((entry) => entry.kind === 'broken');
  const suites = [
    wholeRun(run), ...[...record.storyboards.values()].map((storyboard) => storyboardSuite(storyboard, run)), ...broken.map(brokenSuite),
    ...baselineSuite(run),
  ];
  return junitXml('adwright storyboard run', new Date(record.startedAtMs).toISOString().slice(0, 19), suites);
}

/** One case that says whether the run was whole; its properties tell what graded what. */
function wholeRun({ record, conclusion, redact }: FinishedRun): TestSuite {
  const { run } = record;
  const detail = redact.text(conclusion.detail);
  const result: CaseResult = conclusion.exit_code === EXIT_INCOMPLETE
    ? { kind: 'error', type: conclusion.kind, message: detail, text: detail }
    : { kind: 'passed' };
  return {
    name: 'run', durationMs: Math.max(0, record.finishedAtMs - record.startedAtMs),
    properties: {
      ...(run !== undefined && {
        seller_url: redact.text(run.seller_url), bundle: run.bundle.source, bundle_version: run.bundle.version, bundle_sha256: run.bundle.digest,
        bundle_schemas: run.bundle.schemas ?? NO_SCHEMAS,
        request_policy: run.request_policy, seed: redact.text(run.seed),
      }),
      verdict: conclusion.kind, detail,
    },
    cases: [{ name: 'the run is whole', classname: 'run', durationMs: 0, result }],
  };
}

function storyboardSuite(storyboard: StoryboardRecord, run: FinishedRun): TestSuite {
  const { id, reports, planned } = storyboard;
  const verdict = verdictOf(storyboard);
  const notRun = [...planned].filter((address) => !reports.has(address)).map((address): TestCase => ({
    name: address.slice(address.indexOf('#') + 1), classname: id, durationMs: 0, result: { kind: 'skipped', message: 'not run' },
  }));
  return {
    name: id, durationMs: storyboard.duration_ms,
    properties: { title: run.redact.text(storyboard.title), track: storyboard.track, verdict, because: storyboard.because },
    cases: [
      ...inPlanOrder(storyboard).map((report) => stepCase(report, run)), ...notRun, ...(verdict === 'unproven' ? [unprovenCase(id, run)] : []),
      ...(ungradedOf(storyboard).members > 0 ? [unknownMembers(id)] : []),
    ],
  };
}

function stepCase(report: StepReport, run: FinishedRun): TestCase {
  const { storyboard_id, phase_id, step_id } = report.address;
  return {
    name: step_id === WHOLE_STORYBOARD ? 'storyboard' : `${phase_id}/${step_id}`, classname: storyboard_id, durationMs: report.duration_ms,
    file: report.location.file, line: report.location.line, result: stepResult(report, run),
  };
}

function stepResult(report: StepReport, run: FinishedRun): CaseResult {
  const { outcome, validations } = report;
  switch (outcome.kind) {
    case 'skipped': return { kind: 'skipped', message: run.redact.text(`${outcome.skip.reason}: ${cut(outcome.skip.detail)}`) };
    case 'failed': return failedResult(report, outcome.counted, run);
    case 'passed': {
      const unknown = validations.filter(({ finding }) => finding.kind === 'unknown').map(({ check }) => check);
      if (unknown.length === 0) return { kind: 'passed' };
      return { kind: 'skipped', message: `graded in part: the judge knows no check of the kind ${[...new Set(unknown)].join(', ')}` };
    }
  }
}

/** What is not held against the seller is told as skipped, so that a green run stays green. */
function failedResult(report: StepReport, counted: boolean, run: FinishedRun): CaseResult {
  const { kind, text: message } = failureHeadline(report, run.redact);
  const known = knownReason(formatAddress(report.address), run);
  if (!counted) return { kind: 'skipped', message: `failed in an optional phase, which is not counted: ${message}` };
  if (known !== undefined) return { kind: 'skipped', message: `${known}: ${message}` };
  const style = { colours: paint(false), redact: run.redact, rerun: run.rerun, verbose: false };
  return { kind: 'failure', type: kind, message, text: run.redact.text(failureText(report, style)) };
}

function unprovenCase(id: string, run: FinishedRun): TestCase {
  const known = knownReason(id, run);
  const message = 'nothing failed, and nothing was shown: its required steps were skipped';
  return {
    name: 'something is shown', classname: id, durationMs: 0,
    result: known === undefined ? { kind: 'failure', type: 'unproven', message, text: message } : { kind: 'skipped', message: `${known}: ${message}` },
  };
}

function unknownMembers(id: string): TestCase {
  const message = 'graded in part: the file has members that the judge does not know (adwright storyboard lint names them)';
  return { name: 'everything in its file is known', classname: id, durationMs: 0, result: { kind: 'skipped', message } };
}

/** Undefined when the baseline does not name the address. */
function knownReason(address: string, { baseline }: FinishedRun): string | undefined {
  const entry = baseline?.entries.find((each) => each.address === address);
  return entry === undefined ? undefined : `known failure${entry.reason === undefined ? '' : ` (${entry.reason})`}`;
}

function brokenSuite(entry: Extract<PlanEntry, { kind: 'broken' }>): TestSuite {
  const text = entry.problems.map((problem) => problemText(problem, paint(false))).join('\n\n');
  const name = entry.id ?? entry.file;
  const message = entry.problems[0]?.message ?? 'it cannot be read';
  return {
    name, durationMs: 0, properties: {},
    cases: [{
      name: 'the storyboard can be run', classname: name, durationMs: 0, file: entry.file,
      result: { kind: 'error', type: 'broken_storyboard', message, text },
    }],
  };
}

/** Entries of the baseline that are no failures any more fail the run. */
function baselineSuite({ baseline }: FinishedRun): readonly TestSuite[] {
  const mended = baseline?.comparison.mended ?? [];
  if (mended.length === 0) return [];
  const message = 'passes now: take it out of the baseline, or run with --update-baseline';
  return [{
    name: 'baseline', durationMs: 0, properties: {},
    cases: mended.map((address) => ({
      name: address, classname: 'baseline', durationMs: 0, result: { kind: 'failure', type: 'mended', message, text: `${address} ${message}` },
    })),
  }];
}
