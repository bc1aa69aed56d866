import { describe, expect, test } from 'vitest';
import { authored, checkContext, FAILED_TASK } from '../../../test/support/check-context.ts';
import type { CheckContext } from './check.ts';
import { CAPABILITY_VERSION, gradeCheck, KNOWN_CHECKS } from './registry.ts';

type Entry = Readonly<Record<string, unknown>>;
type Case = readonly [check: string, entry: Entry, data: unknown, around?: Partial<CheckContext>];

const grade = ([check, entry, data, around]: Case) =>
  gradeCheck(authored(check, entry), { check, ...entry }, checkContext(data, around)).finding;
const named = (cases: readonly Case[]) =>
  cases.map((each) => ({ name: `${each[0]} ${JSON.stringify(each[1])} on ${JSON.stringify(each[2])}`, each }));
const http = (status: number, headers: Record<string, string> = {}) => ({ http: { status, headers } });
const seen = { accumulator: { id: 'a', cap: 3, tree: { x: [1] } } };

const PASSING: readonly Case[] = [
  ['field_present', { path: 'a' }, { a: false }], ['field_present', { path: 'a' }, { a: '' }], ['field_present', { path: 'a' }, { a: [] }],
  ['field_present', { path: '' }, {}],
  ['field_absent', { path: 'a' }, {}], ['field_absent', { path: 'a' }, { a: null }],
  ['field_value', { path: 'a', value: 1 }, { a: 1 }], ['field_value', { path: 'a', value: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }],
  ['field_value', { path: 'a', allowed_values: ['p', 'q'] }, { a: 'q' }], ['field_value', { path: 'a', value: null }, { a: null }],
  ['field_value_or_absent', { path: 'a', value: false }, {}], ['field_value_or_absent', { path: 'a', allowed_values: [false] }, { a: false }],
  ['field_value_or_absent', { path: 'status', value: 'active' }, { status: 'completed', media_buy_status: 'active' }],
  ['field_pattern', { path: 'a', pattern: '^x+$' }, { a: 'xx' }],
  ['field_contains', { path: 'a[*].id', value: 'q' }, { a: [{ id: 'p' }, { id: 'q' }] }],
  ['field_contains', { path: 'a[].b', value: { c: [2] } }, { a: [{ b: { c: [1, 2], d: 3 } }] }],
  ['field_contains', { path: 'a', value: 'q' }, { a: ['p', 'q'] }],
  ['field_contains', { path: 'a', allowed_values: ['q', 'r'] }, { a: 'r' }], ['field_contains', { path: 'a', value: [] }, { a: [] }],
  ['field_equals_context', { path: 'a', context_key: 'tree' }, { a: { x: [1] } }, seen],
  ['field_equals_context', { path: 'a', context_key: 'none' }, { a: 1 }, seen],
  ['field_less_than', { path: 'a', value: 2 }, { a: 1 }], ['field_less_than', { path: 'a', context_key: 'cap' }, { a: 2.9 }, seen],
  ['envelope_field_present', { path: 'replayed' }, { replayed: false }], ['envelope_field_absent', { path: 'replayed' }, {}],
  ['envelope_field_pattern', { path: 'v', pattern: '^3' }, { v: '3.1' }], ['envelope_field_value', { path: 'v', value: '3.1' }, { v: '3.1' }],
  ['envelope_field_value_or_absent', { path: 'v', value: '3.1' }, {}],
  ['status_code', {}, {}],
  ['error_code', { value: 'X' }, { errors: [{ code: 'X' }] }, FAILED_TASK],
  ['error_code', { allowed_values: ['X', 'Y'] }, { adcp_error: { code: 'Y' } }, FAILED_TASK],
  ['error_code', {}, { error_code: 'ANY' }, FAILED_TASK], ['error_code', { value: 'X' }, { error: { code: 'X' } }, FAILED_TASK],
  ['error_code', { value: 'BAD' }, { error: 'BAD: no' }, FAILED_TASK],
  ['error_code', { value: 'NOT_FOUND' }, { success: false, error: 'NOT_FOUND' }, FAILED_TASK],
  ['error_code', { value: 'BAD' }, {}, { ...FAILED_TASK, errorText: 'BAD: gone' }],
  ['http_status', { value: 401 }, {}, http(401)], ['http_status_in', { allowed_values: [401, 403] }, {}, http(403)],
  ['on_401_require_header', { value: 'WWW-Authenticate' }, {}, http(401, { 'www-authenticate': 'Bearer' })],
  ['on_401_require_header', { value: 'www-authenticate' }, {}, http(403)],
  ['resource_equals_agent_url', {}, { resource: 'HTTPS://Seller.example:443/mcp' }],
  ['any_of', { allowed_values: ['a', 'b'] }, {}, { contributions: new Set(['b']) }],
  ['replay_not_cached_rate_limit', {}, { media_buy_id: 'm' }],
  ['cross_response_field_equal', { path: 'a.b' }, {}, { fanOut: [{ a: { b: { x: 1, y: 2 } } }, { a: { b: { y: 2, x: 1 } } }] }],
  ['cross_response_count_distinct', { path: 'a', allowed_values: [1] }, {}, { fanOut: [{ a: 1 }, { a: 1 }, {}] }],
  ['cross_response_count_distinct', { path: 'a', allowed_values: [0, 2] }, {}, { fanOut: [{ a: 1 }, { a: 2 }] }],
  ['a2a_submitted_artifact', {}, {}], ['a2a_context_continuity', {}, {}],
];

const FAILING: readonly Case[] = [
  ['field_present', { path: 'a' }, { a: null }], ['field_present', { path: 'a.b' }, { a: {} }], ['field_present', {}, { a: 1 }],
  ['field_present', { path: 'a[*]' }, { a: [1] }],
  ['field_absent', { path: 'a' }, { a: false }],
  ['field_value', { path: 'a', value: 1 }, { a: '1' }], ['field_value', { path: 'a', allowed_values: ['p'] }, { a: 'q' }],
  ['field_value', { path: 'a', value: 1 }, {}], ['field_value', { path: 'a' }, { a: 1 }],
  ['field_value_or_absent', { path: 'a', value: false }, { a: null }], ['field_value_or_absent', { path: 'a', value: false }, { a: true }],
  ['field_value_or_absent', { path: 'status', value: 'active' }, { status: 'completed' }],
  ['field_pattern', { path: 'a', pattern: '^x+$' }, { a: 'xy' }], ['field_pattern', { path: 'a', pattern: '^x+$' }, { a: `${'x'.repeat(9000)}y` }],
  ['field_pattern', { path: 'a', pattern: '^(x+)+$' }, { a: `${'x'.repeat(60)}y` }, { maxGradingMs: 50 }], ['field_pattern', { path: 'a', pattern: '(' }, { a: 'x' }],
  ['field_pattern', { path: 'a', pattern: '1' }, { a: 1 }], ['field_pattern', { path: 'a' }, { a: 'x' }],
  ['field_contains', { path: 'a[*].id', value: 'z' }, { a: [{ id: 'p' }] }], ['field_contains', { path: 'b[*]', value: 1 }, {}],
  ['field_contains', { path: 'a', value: [] }, { a: [1] }], ['field_contains', { path: 'a' }, { a: 1 }],
  ['field_equals_context', { path: 'a', context_key: 'id' }, { a: 'b' }, seen], ['field_equals_context', { path: 'a' }, { a: 'b' }, seen],
  ['field_less_than', { path: 'a', value: 2 }, { a: 2 }], ['field_less_than', { path: 'a', value: 2 }, { a: '1' }],
  ['field_less_than', { path: 'a', value: 'x' }, { a: 1 }],
  ['envelope_field_present', { path: 'replayed' }, {}], ['envelope_field_absent', { path: 'replayed' }, { replayed: true }],
  ['envelope_field_pattern', { path: 'v', pattern: '^4' }, { v: '3.1' }], ['envelope_field_value', { path: 'v', value: '3.1' }, {}],
  ['envelope_field_value_or_absent', { path: 'v', value: '3.1' }, { v: '3.0' }],
  ['status_code', {}, {}, FAILED_TASK],
  ['error_code', { value: 'X' }, { errors: [{ code: 'Y' }] }, FAILED_TASK], ['error_code', { value: 'X' }, { errors: [{ code: 'X' }] }],
  ['error_code', {}, {}, FAILED_TASK],
  ['error_code', {}, {}, { ...FAILED_TASK, errorText: 'socket hang up' }],
  ['error_code', { value: 'X' }, { adcp_error: { code: 'mcp_error', synthetic: true } }, FAILED_TASK],
  ['error_code', {}, { adcp_error: { code: 'mcp_error', synthetic: true } }, FAILED_TASK],
  ['http_status', { value: 401 }, {}, http(200)], ['http_status', { value: 401 }, {}], ['http_status', {}, {}, http(401)],
  ['http_status_in', { allowed_values: [401, 403] }, {}, http(500)],
  ['on_401_require_header', { value: 'www-authenticate' }, {}, http(401)], ['on_401_require_header', {}, {}, http(401)],
  ['on_401_require_header', { value: 'x' }, {}],
  ['resource_equals_agent_url', {}, { resource: 'https://seller.example/' }], ['resource_equals_agent_url', {}, {}],
  ['any_of', { allowed_values: ['a', 'b'] }, {}, { contributions: new Set(['c']) }], ['any_of', {}, {}],
  ['replay_not_cached_rate_limit', {}, { adcp_error: { code: 'RATE_LIMITED' } }, FAILED_TASK],
  ['cross_response_field_equal', { path: 'a' }, {}, { fanOut: [{ a: 1 }, { a: 2 }] }],
  ['cross_response_field_equal', { path: 'a' }, {}, { fanOut: [{ a: 1 }] }], ['cross_response_field_equal', { path: 'a' }, {}, { fanOut: [{}, {}] }],
  ['cross_response_field_equal', {}, {}, { fanOut: [{ a: 1 }, { a: 1 }] }], ['cross_response_field_equal', { path: 'a[*]' }, {}, { fanOut: [] }],
  ['cross_response_count_distinct', { path: 'a', allowed_values: [1] }, {}, { fanOut: [{ a: 1 }, { a: 2 }] }],
  ['cross_response_count_distinct', { path: 'a', allowed_values: [1] }, {}, { fanOut: [{}] }],
  ['cross_response_count_distinct', { path: 'a' }, {}, { fanOut: [{ a: 1 }] }], ['cross_response_count_distinct', {}, {}, { fanOut: [] }],
];

/** Graded in test files of their own, or never failing over MCP. */
const ELSEWHERE = [
  'response_schema', 'refs_resolve', 'canonical_format_satisfaction', 'upstream_traffic',
];
const NEVER_FAIL = ['a2a_submitted_artifact', 'a2a_context_continuity'];

describe('kinds of checks', () => {
  test.each(named(PASSING))('$name passes', ({ each }) => {
    expect(grade(each)).toMatchObject({ kind: 'passed' });
  });

  test.each(named(FAILING))('$name fails', ({ each }) => {
    expect(grade(each)).toMatchObject({ kind: 'failed' });
  });

  test('each kind is shown to pass and to fail', () => {
    const covered = (cases: readonly Case[]) => [...new Set([...cases.map(([check]) => check), ...ELSEWHERE])].sort();
    expect(covered(PASSING)).toEqual([...KNOWN_CHECKS].sort());
    expect([...covered(FAILING), ...NEVER_FAIL].sort()).toEqual([...KNOWN_CHECKS].sort());
  });

  test('a failure says where, what was expected and what came', () => {
    expect(grade(['field_present', { path: 'a[0].b' }, { a: [] }])).toMatchObject({ json_pointer: '/a/0/b', expected: 'a[0].b', actual: null });
    expect(grade(['field_absent', { path: 'a' }, { a: 1 }])).toMatchObject({ json_pointer: '/a', expected: null, actual: 1 });
    expect(
      grade(['field_contains', { path: 'a[*].b', value: 9 }, { a: [{ b: 1 }, {}, { b: 2 }] }])
    ).toMatchObject({ expected: 9, actual: [1, 2] });
    expect(grade(['field_contains', { path: 'z[*]', value: 9 }, {}])).toMatchObject({ actual: [] });
    expect(
      grade(['error_code', { allowed_values: ['X'] }, { errors: [{ code: 'Y' }] }, FAILED_TASK])
    ).toMatchObject({ json_pointer: '/errors/0/code', expected: ['X'], actual: 'Y' });
    expect(grade(['field_equals_context', { path: 'a', context_key: 'id' }, {}, seen])).toMatchObject({ expected: 'a', actual: null });
    expect(grade(['field_pattern', { path: 'a', pattern: 'x' }, { a: 1 }])).toMatchObject({ expected: { pattern: 'x' }, actual: null });
  });

  test('a context key that holds nothing passes with an observation and compares nothing', () => {
    const finding = grade(['field_equals_context', { path: 'a', context_key: 'none' }, { a: 1 }]);
    expect(finding).toEqual({ kind: 'passed', observations: [expect.stringContaining('context_key_absent')] });
  });

  test('comparing replies of a fan-out does not apply to a step that was sent once', () => {
    expect(grade(['cross_response_field_equal', { path: 'a' }, {}])).toMatchObject({ kind: 'not_applicable' });
    expect(grade(['cross_response_count_distinct', { path: 'a', allowed_values: [1] }, {}])).toMatchObject({ kind: 'not_applicable' });
  });

  test('a kind that is unknown neither passes nor fails, and says so', () => {
    expect(grade(['field_valu', { path: 'a', value: 1 }, { a: 2 }])).toEqual({
      kind: 'unknown', note: expect.stringContaining('"field_valu"'),
    });
  });
});

describe('severity', () => {
  const graded = (severity: Parameters<typeof gradeCheck>[0]['severity'], check = 'field_present') =>
    gradeCheck({ ...authored(check, { path: 'a' }), severity }, { check, path: 'a' }, checkContext({}));

  test('an advisory stays one until the judge has reached its expiry', () => {
    expect(graded({ kind: 'advisory' })).toMatchObject({ severity: 'advisory', finding: { kind: 'failed' } });
    expect(graded({ kind: 'advisory' })).not.toHaveProperty('severity_promoted_from_advisory');
    expect(graded({ kind: 'advisory', expires_after_version: '99.0.0' })).toMatchObject({
      severity: 'advisory', severity_promoted_from_advisory: false,
    });
    expect(
      graded({ kind: 'advisory', expires_after_version: CAPABILITY_VERSION })
    ).toMatchObject({ severity: 'required', severity_promoted_from_advisory: true });
  });

  test('a check that is not graded is not promoted', () => {
    expect(
      graded({ kind: 'advisory', expires_after_version: '1.0.0' }, 'nonsense')
    ).toMatchObject({ severity: 'advisory', finding: { kind: 'unknown' } });
    expect(
      graded({ kind: 'advisory', expires_after_version: '1.0.0' }, 'cross_response_field_equal')
    ).not.toHaveProperty('severity_promoted_from_advisory');
  });
});

test('a pattern that takes for ever over a text is the author\'s fault, and is stopped', () => {
  const finding = grade(['field_pattern', { path: 'a', pattern: '^(x+)+$' }, { a: `${'x'.repeat(40)}!` }, { maxGradingMs: 20 }]);
  expect(finding).toMatchObject({ kind: 'failed', problem: 'cannot be compared: the pattern takes longer than 20 ms', fault: { party: 'storyboard' } });
});
