/** The published shapes of a step and of a check (`step_result`, `validation_result`), redacted. */
import { isObject, type JsonObject } from '../json/object.ts';
import { formatLocation } from '../location.ts';
import type { FailedFinding, StepReport, Validation } from '../step-report.ts';
import { formatAddress } from '../step-report.ts';
import { likelyFault } from './likely-fault.ts';
import { isSecretKey, type Redactor, shownHeaders } from './redact.ts';

const MAX_ERROR = 2000;
const MAX_OBSERVATIONS = 50;
const MAX_OBSERVATION = 512;
const MAX_REPEATED = 32 * 1024;
const VALUE_CHECKS: ReadonlySet<string> = new Set([
  'field_present', 'field_value', 'field_value_or_absent', 'field_absent', 'field_equals_context', 'field_contains', 'field_less_than',
]);

export function stepResult(report: StepReport, redact: Redactor): JsonObject {
  const { address, outcome } = report;
  const exchange = exchangeOf(report, redact);
  const repeated = briefly(exchange);
  return {
    ...address, address: formatAddress(address), task: report.task, title: redact.text(report.title),
    passed: outcome.kind === 'passed' || (outcome.kind === 'skipped' && outcome.skip.reason !== 'prerequisite_failed'),
    outcome: outcome.kind, ...(outcome.kind === 'failed' && { counted: outcome.counted }),
    duration_ms: Math.round(report.duration_ms), prerequisite: report.prerequisite,
    validations: report.validations.map((validation) => validationResult(validation, report, repeated, redact)),
    extraction: report.extraction, location: formatLocation(report.location),
    ...(outcome.kind === 'skipped' && {
      skip: {
        reason: outcome.skip.reason, detail: redact.text(outcome.skip.detail),
        ...(outcome.skip.cause !== undefined && { cause: outcome.skip.cause }),
      },
    }),
    ...(outcome.kind === 'failed' && outcome.transport !== undefined && {
      error: redact.text(outcome.transport.message).slice(0, MAX_ERROR), error_code: outcome.transport.code,
      likely_fault: likelyFault(report, undefined),
    }),
    ...(report.notices !== undefined && { notices: report.notices }),
    ...(exchange['request'] !== null && exchange),
  };
}

function validationResult(validation: Validation, report: StepReport, exchange: JsonObject, redact: Redactor): JsonObject {
  const { finding } = validation;
  return {
    ...(validation.id !== undefined && { id: validation.id }), check: validation.check, passed: finding.kind !== 'failed',
    description: redact.text(validation.description),
    severity: validation.severity, grade: finding.kind, location: formatLocation(validation.location),
    ...(validation.severity_promoted_from_advisory !== undefined && {
      severity_promoted_from_advisory: validation.severity_promoted_from_advisory,
    }),
    ...(validation.remediation !== undefined && { remediation: validation.remediation }),
    ...((finding.kind === 'not_applicable' || finding.kind === 'unknown') && { not_applicable: true, note: redact.text(finding.note) }),
    ...((finding.kind === 'passed' || finding.kind === 'failed') && finding.observations !== undefined && finding.observations.length > 0 && {
      observations: finding.observations.slice(0, MAX_OBSERVATIONS).map((each) => redact.text(each).slice(0, MAX_OBSERVATION)),
    }),
    ...(finding.kind === 'failed' && {
      ...failure(validation.check, finding, exchange, redact), likely_fault: likelyFault(report, validation),
    }),
  };
}

function failure(check: string, finding: FailedFinding, exchange: JsonObject, redact: Redactor): JsonObject {
  const values = shownValues(check, finding, redact);
  return {
    problem: redact.text(`${finding.subject} ${finding.problem}`), json_pointer: finding.json_pointer,
    expected: values.expected ?? null, actual: values.actual ?? null,
    schema_id: finding.schema?.schema_id ?? null, schema_url: finding.schema?.schema_url ?? null,
    request: finding.exchange === undefined ? (exchange['request'] ?? null) : redact.payload(finding.exchange.request),
    response: finding.exchange === undefined ? (exchange['response'] ?? null) : redact.payload(finding.exchange.response),
  };
}

/** Expected and actual as a report may show them: nothing that stands under a secret key, and no secret of the run. */
export function shownValues(check: string, finding: FailedFinding, redact: Redactor): {
  readonly expected?: unknown;
  readonly actual?: unknown;
} {
  const member = finding.json_pointer?.split('/').at(-1) ?? '';
  const secret = VALUE_CHECKS.has(check) && isSecretKey(member);
  const show = (value: unknown): unknown => (secret && value !== null ? '[redacted]' : redact.payload(value));
  return {
    ...(finding.expected !== undefined && { expected: show(finding.expected) }),
    ...(finding.actual !== undefined && { actual: show(finding.actual) }),
  };
}

/** `request` and `response` of a step, as far as it has them. */
export function exchangeOf(report: StepReport, redact: Redactor): JsonObject {
  const { request, response } = report;
  if (request === undefined) return { request: null, response: null };
  return {
    request: {
      transport: request.transport, operation: request.operation, payload: redact.payload(request.payload), url: redact.text(request.url),
    },
    response: response === undefined ? null : {
      transport: request.transport, payload: response.payload === undefined ? null : redact.payload(response.payload),
      duration_ms: Math.round(report.duration_ms),
      ...(response.http !== undefined && { status: response.http.status, headers: shownHeaders(response.http.headers, redact) }),
    },
  };
}

/** The exchange as each of the step's failed checks repeats it: without payloads that would swell the report. */
function briefly(exchange: JsonObject): JsonObject {
  const brief = (side: unknown): unknown => {
    const size = isObject(side) ? (JSON.stringify(side['payload'])?.length ?? 0) : 0;
    return isObject(side) && size > MAX_REPEATED ? { ...side, payload: `[as in the step: ${size} characters of JSON]` } : side;
  };
  return { request: brief(exchange['request']), response: brief(exchange['response']) };
}
