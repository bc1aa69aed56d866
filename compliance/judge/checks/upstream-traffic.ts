/** Grades the calls that the seller made to its own platform because of the step, as its test controller recorded them. */
import { matchesGlob } from '../../glob.ts';
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { hitsAt, parsePath } from '../../json/path.ts';
import type { FailedFinding, Finding } from '../../step-report.ts';
import type { UpstreamObservation, UpstreamQuestion } from '../upstream-observation.ts';
import { type CheckFunction, failed, misauthored, PASSED, passedWith } from './check.ts';
import { identifierSeen, isRawJson, payloadSatisfies, readPayloadExpectations } from './upstream-call.ts';

/** Digests that one question may carry; identifiers beyond them are not graded. */
export const MAX_DIGESTS = 64;
const EXPECTATION_KEYS = [
  'min_count', 'endpoint_pattern', 'payload_must_contain', 'identifier_paths', 'purpose_filter', 'since', 'attestation_mode_required',
];

type Recorded = Extract<UpstreamObservation, { kind: 'recorded' }>;

/** What has to be asked of the controller before the checks of a step can be graded. */
export function upstreamQuestions(entries: readonly JsonObject[], request: unknown): readonly UpstreamQuestion[] {
  const windows = [...new Set(entries.map(sinceOf))];
  return windows.map(
    (since) => ({
      since,
      identifiers: [...new Set(entries.filter((entry) => sinceOf(entry) === since).flatMap((entry) => identifierValues(entry, request)))],
    })
  );
}

/** The step that opens a check's window. */
export function sinceOf(authored: JsonObject): string | undefined {
  return typeof authored['since'] === 'string' ? authored['since'] : undefined;
}

/** Passes when the recorded calls hold what the check declares. */
export const upstreamTraffic: CheckFunction = (authored, context) => {
  const observation = context.upstream(authored);
  switch (observation.kind) {
    case 'not_advertised': return { kind: 'not_applicable', note: 'missing_test_controller: query_upstream_traffic scenario not advertised' };
    case 'unknown_since':
      return misauthored(
        'upstream traffic', `cannot be graded: since names ${observation.since}, a step that was not sent`, { expected: expected(authored) }
      );
    case 'refused':
      if (observation.error === 'JCS_NON_FINITE_NUMBER')
        return { kind: 'not_applicable', note: 'the controller cannot digest a number of the payload (JCS_NON_FINITE_NUMBER)' };
      return failed('upstream traffic', 'cannot be graded: the controller refused', {
        expected: expected(authored), actual: { error: observation.error },
        exchange: { request: observation.request, response: observation.response },
      });
    case 'recorded': return gradeCalls(authored, context.request, observation);
  }
};

function gradeCalls(authored: JsonObject, request: unknown, observation: Recorded): Finding {
  const matched = observation.calls.filter((call) => isMatched(authored, call));
  if (authored['attestation_mode_required'] === 'raw' && matched.length > 0 && matched.every((call) => call['payload'] === undefined))
    return { kind: 'not_applicable', note: 'the controller attests digests only, and the check wants raw calls' };
  const least = typeof authored['min_count'] === 'number' ? authored['min_count'] : 1;
  const payload = gradePayload(authored, matched);
  const identifiers = gradeIdentifiers(authored, request, matched, observation);
  const countWrong = least === 0 ? matched.length > 0 : matched.length < least;
  if (countWrong || payload.missing.length > 0 || identifiers.missing.length > 0)
    return refusal(
      authored, observation, { countWrong, least, matched, missingPaths: payload.missing, missingIdentifiers: identifiers.missing }
    );
  const digestsOnly = matched.length > 0 && matched.every((call) => call['payload'] === undefined);
  if (least > 0 && payload.kind === 'not_applicable' && digestsOnly)
    return { kind: 'passed', ungraded: [{ check: 'payload_must_contain', note: 'the matched calls are attested by digests, which show no payload' }] };
  if (least > 0 && payload.kind === 'not_applicable')
    return { kind: 'not_applicable', note: 'no matched call carries raw JSON, so payload_must_contain cannot be graded' };
  return identifiers.ungraded === 0
    ? PASSED
    : passedWith([`${identifiers.ungraded} identifier values beyond the ${MAX_DIGESTS} digests were not graded`]);
}

interface Shortfall {
  readonly countWrong: boolean;
  readonly least: number;
  readonly matched: readonly JsonObject[];
  readonly missingPaths: readonly string[];
  readonly missingIdentifiers: readonly string[];
}

function refusal(authored: JsonObject, observation: Recorded, shortfall: Shortfall): FailedFinding {
  const { countWrong, least, matched, missingPaths, missingIdentifiers } = shortfall;
  const problem = countWrong
    ? least === 0 ? 'shows calls where none may be' : `shows ${matched.length} matching calls, fewer than ${least}`
    : missingPaths.length > 0 ? 'shows no call with the expected payload' : 'shows no call that carries the identifiers';
  const only = matched.length === 1 ? observation.calls.indexOf(matched[0]!) : -1;
  return failed('upstream traffic', problem, {
    json_pointer: only >= 0 ? `/recorded_calls/${only}` : null, expected: expected(authored),
    actual: {
      matched_count: matched.length, total_calls: observation.calls.length, missing_payload_paths: missingPaths,
      missing_identifier_values: missingIdentifiers,
      ...(Object.hasOwn(authored, 'purpose_filter') && {
        observed_purposes: [...new Set(observation.calls.map((call) => call['purpose'] ?? 'other'))],
      }),
    },
    exchange: { request: observation.request, response: observation.response },
  });
}

function isMatched(authored: JsonObject, call: JsonObject): boolean {
  const { endpoint_pattern: pattern, purpose_filter: purpose } = authored;
  if (typeof pattern === 'string' && !matchesGlob(pattern, String(call['endpoint'] ?? ''))) return false;
  if (purpose === undefined || purpose === null) return true;
  return (Array.isArray(purpose) ? purpose : [purpose]).includes(call['purpose'] ?? 'other');
}

function gradePayload(authored: JsonObject, matched: readonly JsonObject[]): { kind: 'graded' | 'not_applicable'; missing: readonly string[] } {
  const expectations = readPayloadExpectations(authored['payload_must_contain']);
  const json = matched.filter(isRawJson);
  if (expectations.length === 0) return { kind: 'graded', missing: [] };
  if (json.length === 0) return { kind: 'not_applicable', missing: [] };
  return {
    kind: 'graded',
    missing: expectations.filter((each) => !json.some((call) => payloadSatisfies(call['payload'], each))).map((each) => each.path),
  };
}

function gradeIdentifiers(
  authored: JsonObject, request: unknown, matched: readonly JsonObject[], observation: Recorded
): { missing: readonly string[]; ungraded: number } {
  const values = identifierValues(authored, request);
  const graded = values.filter((value) => observation.digests.has(value) || matched.some((call) => call['payload'] !== undefined));
  const missing = matched.length === 0
    ? []
    : graded.filter((value) => !matched.some((call) => identifierSeen(call, value, observation.digests.get(value))));
  return { missing, ungraded: values.length - graded.length };
}

/** Distinct values that the request carries at the identifier paths, as text. */
function identifierValues(authored: JsonObject, request: unknown): readonly string[] {
  const { identifier_paths: paths } = authored;
  if (!Array.isArray(paths)) return [];
  const values = paths.flatMap((path) => {
    const parsed = parsePath(String(path));
    return parsed.kind === 'path' ? hitsAt(request, parsed.segments).map((hit) => hit.value) : [];
  });
  return [...new Set(values.flat().filter((value) => typeof value === 'string' || typeof value === 'number').map(String))];
}

const expected = (authored: JsonObject): JsonObject =>
  Object.fromEntries(EXPECTATION_KEYS.flatMap((key) => (Object.hasOwn(authored, key) ? [[key, authored[key]]] : [])));

/** The recorded calls of a controller's reply, empty when it lists none. */
export function recordedCalls(payload: unknown): readonly JsonObject[] {
  const calls = own(payload, 'recorded_calls');
  return Array.isArray(calls) ? calls.filter(isObject) : [];
}
