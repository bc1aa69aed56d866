/** A failed step on a terminal: what was expected and what came, where in the YAML, and how to run it again. */
import type { Location } from '../location.ts';
import type { FailedFinding, StepReport, Validation } from '../step-report.ts';
import { formatAddress } from '../step-report.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import { briefExchange } from './brief-exchange.ts';
import { differenceLines } from './difference-lines.ts';
import { excerpt } from './excerpt.ts';
import type { Paint } from './paint.ts';
import { escapeControls, quote, showId, showText } from './quote.ts';
import { likelyFault } from './likely-fault.ts';
import type { Redactor } from './redact.ts';
import { type RerunCommand, rerunLine } from './rerun.ts';
import { shownValues } from './step-result.ts';

export interface FailureStyle {
  readonly colours: Paint;
  readonly redact: Redactor;
  readonly rerun: RerunCommand;
  /** Shows what was sent and what came. */
  readonly verbose: boolean;
}

/** Checks that hold one value against another: their heading shows both. */
const COMPARING: ReadonlySet<string> = new Set([
  'field_value', 'field_value_or_absent', 'field_equals_context', 'field_less_than', 'envelope_field_value', 'envelope_field_value_or_absent',
  'error_code', 'http_status',
]);
/** In the words of the checks: their null means that nothing is there. */
const MISSING = 'is missing';
const MAX_ISSUES = 5;
const VERBOSE_LIMIT = 4000;

/** One block for each reason why the step failed. */
export function failureText(report: StepReport, style: FailureStyle): string {
  const failures = report.validations.filter(({ finding, severity }) => finding.kind === 'failed' && severity === 'required');
  const blocks = failures.length === 0
    ? [transportBlock(report, style)]
    : failures.map((validation) => validationBlock(report, validation, style));
  return [...blocks, ...(style.verbose ? [exchangeText(report, style)] : [])].join('\n\n');
}

/** An advisory that failed, or a check that nobody knows: shown, not counted. */
export function remarkText(report: StepReport, validation: Validation, style: FailureStyle): string {
  return validationBlock(report, validation, style);
}

function transportBlock(report: StepReport, style: FailureStyle): string {
  const { colours, redact } = style;
  const transport = report.outcome.kind === 'failed' ? report.outcome.transport : undefined;
  const label = colours.bad(`error[${transport?.code ?? 'failed'}]`);
  const heading = `${label}: ${showId(report.task)} got no usable answer: ${showText(redact.text(transport?.message ?? 'it failed'))}`;
  return excerpt(heading, redacted(report.location, redact), [], remarks(report, style, undefined), colours);
}

function validationBlock(report: StepReport, validation: Validation, style: FailureStyle): string {
  const { colours } = style;
  const { finding } = validation;
  if (finding.kind !== 'failed')
    return excerpt(
      `${colours.warn(`?[${escapeControls(validation.check)}]`)}: this kind of check is unknown and graded nothing`,
      redacted(validation.location, style.redact), [], remarks(report, style, validation), colours
    );
  const label = validation.severity === 'advisory'
    ? `[ADVISORY] ${colours.warn(`warning[${validation.check}]`)}`
    : colours.bad(`error[${validation.check}]`);
  const values = shownValues(validation.check, finding, style.redact);
  return excerpt(
    `${label}: ${headline(validation.check, finding, values)}`, redacted(validation.location, style.redact), notes(validation.check, finding, values),
    remarks(report, style, validation), colours
  );
}

/** The line of the file may hold a secret of the run. */
const redacted = (location: Location, redact: Redactor): Location => ({ ...location, source: redact.text(location.source) });

type Values = ReturnType<typeof shownValues>;

/** What the check found, in one line. */
export function headline(check: string, finding: FailedFinding, values: Values): string {
  const subject = escapeControls(finding.subject === '' ? 'the payload' : finding.subject);
  if (COMPARING.has(check) && isScalar(values.actual) && isScalar(values.expected) && values.actual !== null && values.expected !== null)
    return `${subject} is ${quote(values.actual, 80)}, expected ${quote(values.expected, 80)}`;
  return escapeControls(`${subject} ${finding.problem}`);
}

export function notes(check: string, finding: FailedFinding, values: Values): readonly string[] {
  const at = finding.json_pointer === null ? '' : `  at ${finding.json_pointer === '' ? 'the root' : escapeControls(finding.json_pointer)}`;
  if (finding.expected === finding.subject && values.actual === null) return at === '' ? [] : [`actual    nothing${at}`];
  const issues = schemaIssues(values.actual);
  const missing = finding.problem === MISSING && values.actual === null;
  const actual = issues ?? ('actual' in values ? [`actual    ${missing ? 'nothing' : quote(values.actual, 400)}${at}`] : []);
  return [...actual, ...('expected' in values ? [`expected  ${quote(values.expected, 400)}`] : []), ...differenceLines(check, values)];
}

/** Issues of a schema, one a line. */
function schemaIssues(actual: unknown): readonly string[] | undefined {
  const isIssue = (each: unknown): each is JsonObject =>
    isObject(each) && typeof each['instance_path'] === 'string' && typeof each['keyword'] === 'string';
  if (!Array.isArray(actual) || !actual.every(isIssue)) return undefined;
  const shown = actual.slice(0, MAX_ISSUES).map(({ instance_path: path, message, keyword }) =>
    `actual    ${escapeControls(`${String(path || 'the root')} ${String(message)} (${String(keyword)})`)}`);
  return actual.length > MAX_ISSUES ? [...shown, `          … and ${actual.length - MAX_ISSUES} more`] : shown;
}

function remarks(report: StepReport, style: FailureStyle, validation: Validation | undefined): readonly string[] {
  const fault = likelyFault(report, validation);
  const remediation = validation?.finding.kind === 'failed' ? validation.remediation : undefined;
  const address = formatAddress(report.address);
  return [
    `step    ${showId(address)}${report.task === '' ? '' : ` (${showId(report.task)})`}${report.prerequisite ? ', run as a prerequisite' : ''}`,
    `likely  ${fault.party}: ${escapeControls(fault.reason)}`,
    ...(remediation === undefined ? [] : [`hint    ${showText(remediation)}`]),
    `rerun   ${escapeControls(style.redact.text(rerunLine(style.rerun, address)))}`,
  ];
}

/**
 * What was sent and what came, indented.
 * @param most characters of each side that are shown
 */
export function exchangeText(report: StepReport, style: FailureStyle, most = VERBOSE_LIMIT): string {
  const { request, response } = briefExchange(report, style.redact);
  if (request === null) return style.colours.dim('  nothing was sent');
  const lines = (label: string, value: unknown): string => `${style.colours.dim(label)}\n${indented(value, most)}`;
  return [lines('  sent', request), lines('  came', response)].join('\n');
}

function indented(value: unknown, most: number): string {
  const text = JSON.stringify(value, null, 2) ?? 'nothing';
  const cut = text.length > most ? `${text.slice(0, most)}\n… (${text.length} characters)` : text;
  return cut.split('\n').map((line) => `    ${escapeControls(line)}`).join('\n');
}

const isScalar = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);
