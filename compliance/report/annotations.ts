/** Workflow commands of GitHub Actions that put failures beside the lines of the storyboards that they are about. */
import { relative, resolve } from 'node:path';
import { formatAddress, type StepReport } from '../step-report.ts';
import type { Location } from '../location.ts';
import { failureHeadline } from './failure-headline.ts';
import { headline } from './failure-text.ts';
import type { FinishedRun } from './finished-run.ts';
import { likelyFault } from './likely-fault.ts';
import { newFailures } from './new-failures.ts';
import { escapeControls } from './quote.ts';
import { verdictOf } from './run-record.ts';
import { shownValues } from './step-result.ts';

/** GitHub shows ten of a kind for each step of a job. */
const MAX_SHOWN = 10;
const MAX_MESSAGE = 1000;

type Finding = Omit<Annotation, 'level'>;

interface Annotation {
  readonly level: 'error' | 'warning';
  readonly title: string;
  readonly message: string;
  readonly location?: Location;
}

/**
 * @param cwd the folder that the places of the storyboards count from
 * @param workspace the root of the repository on the runner: only what lies below it can be annotated
 */
export function annotations(run: FinishedRun, cwd: string, workspace: string | undefined): readonly string[] {
  const errors = [...wholeRun(run), ...newFailures(run).map((report) => stepFailure(report, run)), ...broken(run), ...unproven(run), ...mended(run)];
  return [...atMost(errors, 'error'), ...atMost(remarks(run), 'warning')].map((annotation) => command(annotation, cwd, workspace));
}

function atMost(all: readonly Finding[], level: Annotation['level']): readonly Annotation[] {
  const rest = { title: `${all.length - MAX_SHOWN + 1} more`, message: 'the reports of the run hold them all' };
  return (all.length <= MAX_SHOWN ? all : [...all.slice(0, MAX_SHOWN - 1), rest]).map((each) => ({ level, ...each }));
}

function wholeRun({ conclusion, redact }: FinishedRun): readonly Finding[] {
  return conclusion.exit_code === 3 ? [{ title: conclusion.kind, message: redact.text(conclusion.detail) }] : [];
}

function stepFailure(report: StepReport, { redact }: FinishedRun): Finding {
  const { kind, text, validation } = failureHeadline(report, redact);
  const { party, reason } = likelyFault(report, validation);
  return {
    title: `${kind} in ${formatAddress(report.address)}`, message: `${text}\nlikely ${party}: ${redact.text(reason)}`,
    location: validation?.location ?? report.location,
  };
}

function broken({ record }: FinishedRun): readonly Finding[] {
  const problems = (record.plan?.entries ?? []).flatMap((entry) => (entry.kind === 'broken' ? entry.problems : []));
  return problems.map(({ code, message, location }) => ({ title: `broken storyboard: ${code}`, message, location }));
}

function unproven({ record, baseline }: FinishedRun): readonly Finding[] {
  const known = new Set(baseline?.comparison.known ?? []);
  return [...record.storyboards.values()].filter((storyboard) => verdictOf(storyboard) === 'unproven' && !known.has(storyboard.id))
    .map(({ id }) => ({ title: `unproven: ${id}`, message: 'nothing failed, and nothing was shown: its required steps were skipped' }));
}

function mended({ baseline }: FinishedRun): readonly Finding[] {
  return (baseline?.comparison.mended ?? []).map((address) => ({ title: `mended: ${address}`, message: 'passes now: take it out of the baseline' }));
}

/** Advisory failures, and checks that nobody knows. */
function remarks({ record, redact }: FinishedRun): readonly Finding[] {
  return record.reports.flatMap((report) => report.validations.flatMap((validation): readonly Finding[] => {
    const { finding, check, location } = validation;
    const where = formatAddress(report.address);
    if (finding.kind === 'unknown') return [{ title: `unknown check in ${where}`, message: finding.note, location }];
    if (finding.kind !== 'failed' || validation.severity !== 'advisory') return [];
    const message = redact.text(headline(check, finding, shownValues(check, finding, redact)));
    return [{ title: `[ADVISORY] ${check} in ${where}`, message, location }];
  }));
}

function command({ level, title, message, location }: Annotation, cwd: string, workspace: string | undefined): string {
  const file = location === undefined || workspace === undefined ? undefined : relative(workspace, resolve(cwd, location.file));
  const inside = location !== undefined && file !== undefined && !file.startsWith('..') && !file.startsWith('/');
  const place = inside ? `file=${property(file.replaceAll('\\', '/'))},line=${location.line},col=${location.column},` : '';
  const text = message.split('\n').map((line) => escapeControls(line)).join('\n');
  return `::${level} ${place}title=${property(escapeControls(title))}::${data(text.slice(0, MAX_MESSAGE))}`;
}

/** GitHub's escapes for the message of a command. */
const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
/** The same for a property. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
