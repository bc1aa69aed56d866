import { describe, expect, test } from 'vitest';
import { FAILED, report } from '../../test/support/storyboards.ts';
import type { TransportFailureCode } from '../exchange.ts';
import { failed, misauthored } from '../judge/checks/check.ts';
import { synthesized, type FailedFinding, type Finding, type StepReport, type Validation } from '../step-report.ts';
import { likelyFault } from './likely-fault.ts';

const location = { file: 's.yaml', line: 1, column: 1, source: '' };
const check = (kind: string, finding: Finding): Validation => synthesized(kind, '', finding, location);
const party = (kind: string, finding: Finding, others: readonly Validation[] = []): string => {
  const validation = check(kind, finding);
  return likelyFault({ ...report('p', 's', FAILED), validations: [...others, validation] }, validation).party;
};
const transport = (code: TransportFailureCode, status?: number): string => likelyFault({
  ...report('p', 's', FAILED), outcome: { kind: 'failed', counted: true, transport: { code, message: '' } },
  response: { payload: undefined, ...(status !== undefined && { http: { status, headers: {} } }) },
} satisfies StepReport, undefined).party;
const refused = (code: string, more: Partial<FailedFinding> = {}) => failed('t', 'was refused', { actual: { error_code: code }, ...more });

describe('whose fault a failure likely is', () => {
  test.each<[string, TransportFailureCode, number | undefined]>([
    ['environment', 'refused', undefined], ['environment', 'unresolved_host', undefined], ['environment', 'tls', undefined],
    ['environment', 'unreachable', undefined], ['environment', 'redirected', 307],
    ['environment', 'http_status', 401], ['environment', 'http_status', 429], ['environment', 'http_status', 502],
    ['seller', 'http_status', 500], ['seller', 'timed_out', undefined], ['seller', 'not_json', 200], ['seller', 'closed', undefined],
    ['seller', 'rpc_error', 200],
  ])('the %s\'s, when an exchange ends with %s (%s)', (wanted, code, status) => {
    expect(transport(code, status)).toBe(wanted);
  });

  test.each<[string, string, Finding]>([
    ['seller', 'response_schema', failed('t', 'does not satisfy x')], ['seller', 'field_value', failed('a', 'has another value')],
    ['seller', 'status_code', refused('PRODUCT_NOT_FOUND')], ['seller', 'assertion', failed('status.monotonic', 'moved')],
    ['environment', 'status_code', refused('AUTH_INVALID')], ['environment', 'status_code', refused('RATE_LIMITED')],
    ['environment', 'status_code', refused('IDEMPOTENCY_CONFLICT')],
    ['storyboard', 'status_code', refused('INVALID_REQUEST', { fault: { party: 'storyboard', reason: 'the request breaks its own schema' } })],
    ['storyboard', 'field_value', misauthored('the check', 'names no path')], ['storyboard', 'feild', { kind: 'unknown', note: '' }],
  ])('the %s\'s, when %s failed so', (wanted, kind, finding) => {
    expect(party(kind, finding)).toBe(wanted);
  });

  test('says when the answer is in order but for what the storyboard asks beyond the schema', () => {
    const validation = check('field_present', failed('a', 'is missing'));
    const step = { ...report('p', 's', FAILED), validations: [check('response_schema', { kind: 'passed' }), validation] };
    expect(likelyFault(step, validation).reason).toContain('satisfies the schema');
    expect(party('field_present', failed('a', 'is missing'))).toBe('seller');
  });
});
