import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkContext } from '../../../test/support/check-context.ts';
import type { UpstreamObservation } from '../upstream-observation.ts';
import { MAX_DIGESTS, upstreamQuestions, upstreamTraffic } from './upstream-traffic.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const raw = (payload: unknown, more: object = {}) => ({
  method: 'POST', endpoint: 'POST https://ads.example/v1/conversions', content_type: 'application/json', attestation_mode: 'raw', payload,
  ...more,
});
const digest = (...values: string[]) => ({
  method: 'POST', endpoint: 'POST https://ads.example/v1/users', content_type: 'application/json', attestation_mode: 'digest',
  identifier_match_proofs: values.map((value) => ({ identifier_value_sha256: sha(value), found: true })),
});
const request = { audiences: [{ add: [{ hashed_email: 'h1' }, { hashed_email: 'h2' }] }] };
const paths = { identifier_paths: ['audiences[*].add[*].hashed_email'] };

function recorded(calls: readonly object[], asked: readonly string[] = []): UpstreamObservation {
  return {
    kind: 'recorded', calls: calls as never, request: 'asked', response: 'told',
    digests: new Map(asked.map((value) => [value, sha(value)])),
  };
}
const grade = (entry: object, observation: UpstreamObservation) =>
  upstreamTraffic({ check: 'upstream_traffic', ...entry }, checkContext({}, { request, upstream: () => observation }));

test('passes when enough calls match, and fails with the controller\'s exchange when none was recorded', () => {
  expect(grade({ min_count: 1, endpoint_pattern: 'POST *conversions' }, recorded([raw({})]))).toEqual({ kind: 'passed' });
  expect(grade({}, recorded([]))).toMatchObject({
    kind: 'failed', actual: { matched_count: 0, total_calls: 0 }, exchange: { request: 'asked', response: 'told' },
  });
  expect(grade({ min_count: 2 }, recorded([raw({})]))).toMatchObject({
    kind: 'failed', json_pointer: '/recorded_calls/0', expected: { min_count: 2 },
  });
});

test('the pattern is a glob over method and URL: dots and brackets in it are themselves', () => {
  expect(grade({ endpoint_pattern: 'GET *' }, recorded([raw({})]))).toMatchObject({
    kind: 'failed', actual: { matched_count: 0, total_calls: 1 },
  });
  expect(grade({ endpoint_pattern: 'POST https://adsXexample/*' }, recorded([raw({})]))).toMatchObject({ kind: 'failed' });
});

test('a least count of 0 means that no call may match', () => {
  expect(grade({ min_count: 0 }, recorded([]))).toEqual({ kind: 'passed' });
  expect(grade({ min_count: 0 }, recorded([raw({})]))).toMatchObject({ kind: 'failed' });
});

test('counts calls of the wanted purposes only; a call without one counts as other', () => {
  expect(grade({ purpose_filter: ['attribution'] }, recorded([raw({}, { purpose: 'attribution' })]))).toEqual({ kind: 'passed' });
  expect(
    grade({ purpose_filter: ['attribution'] }, recorded([raw({})]))
  ).toMatchObject({ kind: 'failed', actual: { observed_purposes: ['other'] } });
  expect(grade({ purpose_filter: ['other'] }, recorded([raw({})]))).toEqual({ kind: 'passed' });
});

test('one call with the expected payload is enough for each entry', () => {
  const entry = {
    payload_must_contain: [
      { path: '$.users[*].id', match: 'present' }, { path: 'kind', match: 'equals', value: 'buy' },
      { path: 'tags', match: 'contains_any', allowed_values: ['x', 'y'] },
    ],
  };
  expect(grade(entry, recorded([raw({ users: [{ id: 1 }] }), raw({ kind: 'buy', tags: ['y'] })]))).toEqual({ kind: 'passed' });
  expect(grade(entry, recorded([raw({ users: [], kind: 'buy', tags: ['z'] })]))).toMatchObject({
    kind: 'failed', actual: { missing_payload_paths: ['$.users[*].id', 'tags'] },
  });
});

test('payload entries do not apply to calls that are not raw JSON', () => {
  const entry = { payload_must_contain: [{ path: 'a', match: 'present' }] };
  expect(grade(entry, recorded([raw('a=1', { content_type: 'application/x-www-form-urlencoded' })]))).toMatchObject({ kind: 'not_applicable' });
  expect(grade(entry, recorded([raw('{"a":1}', { content_type: 'application/vnd.x+json; charset=utf-8' })]))).toEqual({ kind: 'passed' });
});

test('calls that are attested by digests are graded but for their payload, and that is told', () => {
  const entry = { ...paths, payload_must_contain: [{ path: 'a', match: 'present' }] };
  expect(grade(entry, recorded([digest('h1', 'h2')], ['h1', 'h2']))).toEqual({
    kind: 'passed', ungraded: [{ check: 'payload_must_contain', note: expect.stringContaining('digests') as string }],
  });
  expect(grade(entry, recorded([digest('h1')], ['h1', 'h2']))).toMatchObject({ kind: 'failed' });
});

test('every identifier of the request has to be in a matched call: as a leaf, in text, or proven by digest', () => {
  expect(grade(paths, recorded([raw({ users: [{ deep: { email: 'h1' } }, { email: 'h2' }] })]))).toEqual({ kind: 'passed' });
  expect(grade(paths, recorded([raw('email=h1&email=h2', { content_type: 'text/plain' })]))).toEqual({ kind: 'passed' });
  expect(grade(paths, recorded([digest('h1', 'h2')], ['h1', 'h2']))).toEqual({ kind: 'passed' });
  expect(
    grade(paths, recorded([raw({ users: [{ email: 'h1' }, { email: 'xh2x' }] })]))
  ).toMatchObject({ kind: 'failed', actual: { missing_identifier_values: ['h2'] } });
  expect(grade(paths, recorded([digest('h1')], ['h1', 'h2']))).toMatchObject({ kind: 'failed', actual: { missing_identifier_values: ['h2'] } });
});

test('digests alone do not satisfy a check that wants raw calls, and fail nobody', () => {
  expect(grade({ attestation_mode_required: 'raw' }, recorded([digest('h1')]))).toMatchObject({ kind: 'not_applicable' });
});

test('does not apply when the controller lacks the scenario, or cannot digest a number; other refusals fail', () => {
  expect(grade({}, { kind: 'not_advertised' })).toMatchObject({
    kind: 'not_applicable', note: expect.stringContaining('query_upstream_traffic scenario not advertised'),
  });
  expect(grade({}, { kind: 'refused', error: 'JCS_NON_FINITE_NUMBER', request: {}, response: {} })).toMatchObject({ kind: 'not_applicable' });
  expect(
    grade({}, { kind: 'refused', error: 'INTERNAL_ERROR', request: {}, response: {} })
  ).toMatchObject({ kind: 'failed', actual: { error: 'INTERNAL_ERROR' } });
  expect(grade({ since: 'gone' }, { kind: 'unknown_since', since: 'gone' })).toMatchObject({ kind: 'failed' });
});

test('one question covers all checks of the same window', () => {
  expect(upstreamQuestions([paths, { min_count: 0 }, { since: 'earlier', ...paths }, paths], request)).toEqual([
    { since: undefined, identifiers: ['h1', 'h2'] }, { since: 'earlier', identifiers: ['h1', 'h2'] },
  ]);
  expect(upstreamQuestions([], request)).toEqual([]);
});

test('identifiers beyond the limit of digests are reported as not graded', () => {
  const many = { audiences: [{ add: Array.from({ length: MAX_DIGESTS + 2 }, (_, i) => ({ hashed_email: `h${i}` })) }] };
  const asked = Array.from({ length: MAX_DIGESTS }, (_, i) => `h${i}`);
  const finding = upstreamTraffic(paths, checkContext({}, { request: many, upstream: () => recorded([digest(...asked)], asked) }));
  expect(finding).toEqual({ kind: 'passed', observations: [expect.stringContaining('2 identifier values')] });
});
