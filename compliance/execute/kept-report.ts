/** What of a report is kept until the end of the run: a seller may send megabytes with every step, and a run has hundreds. */
import type { FailedFinding, StepReport, Validation } from '../step-report.ts';

/** Characters of JSON that a request or response may have. */
const MAX_PAYLOAD = 256 * 1024;
/** The same for a value that a check shows, and for the exchange of a check of its own. */
const MAX_VALUE = 64 * 1024;

/** The report with whatever is too large replaced by a text that tells its size. Grading has seen all of it by then. */
export function keptReport(report: StepReport): StepReport {
  const { request, response } = report;
  return {
    ...report, validations: report.validations.map(keptValidation),
    ...(request !== undefined && { request: { ...request, payload: kept(request.payload, MAX_PAYLOAD) } }),
    ...(response !== undefined && { response: { ...response, payload: kept(response.payload, MAX_PAYLOAD) } }),
  };
}

function keptValidation(validation: Validation): Validation {
  const { finding } = validation;
  return finding.kind === 'failed' ? { ...validation, finding: keptFinding(finding) } : validation;
}

function keptFinding(finding: FailedFinding): FailedFinding {
  const { expected, actual, exchange } = finding;
  return {
    ...finding,
    ...(expected !== undefined && { expected: kept(expected, MAX_VALUE) }), ...(actual !== undefined && { actual: kept(actual, MAX_VALUE) }),
    ...(exchange !== undefined && { exchange: { request: kept(exchange.request, MAX_VALUE), response: kept(exchange.response, MAX_VALUE) } }),
  };
}

function kept(value: unknown, max: number): unknown {
  const size = JSON.stringify(value)?.length ?? 0;
  return size <= max ? value : omitted(size);
}

const omitted = (size: number): string => `[omitted: ${size} characters of JSON]`;
