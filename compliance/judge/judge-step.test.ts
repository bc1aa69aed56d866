import { describe, expect, test } from 'vitest';
import { authored, checkContext } from '../../test/support/check-context.ts';
import { step } from '../../test/support/storyboards.ts';
import type { Exchange, TransportFailure } from '../exchange.ts';
import type { Step } from '../storyboard.ts';
import { judgeStep, readReply } from './judge-step.ts';
import type { TaskCompletion } from './task-completion.ts';
import { terminalPageKeys } from './terminal-page.ts';

const base = { request: { transport: 'mcp', operation: 't', payload: { sent: 1 }, url: 'u' } as const, sent_at_ms: 0, duration_ms: 1 };
const answered = (payload: unknown): Exchange => ({
  kind: 'answered', ...base, result: { structuredContent: payload }, http: { status: 200, headers: {} },
});
const silent = (failure: Partial<TransportFailure>, status?: number): Exchange =>
  ({
    kind: 'failed', ...base, failure: { code: 'timed_out', message: 'm', ...failure },
    ...(status !== undefined && { http: { status, headers: {} } }),
  });
const { task: _task, outcome: _outcome, data: _data, ...around } = checkContext({}, { accumulator: { known: 'k' } });

function judge(authoredStep: Partial<Step>, exchange: Exchange, completion?: TaskCompletion) {
  const each = step('a', authoredStep);
  const judgement = judgeStep(each, 'get_products', exchange, readReply('get_products', exchange), around, completion);
  return { ...judgement, failedChecks: judgement.validations.filter(({ finding }) => finding.kind === 'failed').map(({ check }) => check) };
}
const output = (path: string) => ({ kind: 'path' as const, key: 'k', path, location: { file: '', line: 1, column: 1, source: '' } });

describe('the task itself', () => {
  test('a step passes when its task succeeds, and a refusal fails it with the reason', () => {
    expect(judge({}, answered({ products: [] }))).toMatchObject({ passed: true, validations: [] });
    const refused = judge({}, answered({ adcp_error: { code: 'X', message: 'no' } }));
    expect(refused.passed).toBe(false);
    expect(refused.validations[0]).toMatchObject({
      check: 'status_code', finding: { kind: 'failed', actual: { error_code: 'X', message: 'no' }, json_pointer: '/adcp_error/code' },
    });
  });

  test('a step that expects a refusal passes by one, and fails by success', () => {
    expect(judge({ expect_error: true }, answered({ errors: [{ code: 'X' }] })).passed).toBe(true);
    expect(judge({ expect_error: true }, answered({ products: [] })).failedChecks).toEqual(['status_code']);
  });

  test('a request that breaks its schema on purpose may be taken, or refused with a code', () => {
    expect(judge({ may_be_refused: true }, answered({ products: [] })).passed).toBe(true);
    expect(judge({ may_be_refused: true }, answered({ errors: [{ code: 'INVALID_REQUEST' }] })).passed).toBe(true);
    expect(judge({ may_be_refused: true }, answered({ status: 'failed' })).failedChecks).toEqual(['status_code']);
    expect(judge({ may_be_refused: true }, silent({})).passed).toBe(false);
  });

  test('a seller that refuses by JSON-RPC or HTTP has refused; one that is silent or talks nonsense has not', () => {
    const expectsError = { expect_error: true };
    expect(judge(expectsError, silent({ code: 'rpc_error', rpc: { code: -32602, message: 'INVALID_REQUEST: no' } }, 200)).passed).toBe(true);
    expect(judge(expectsError, silent({ code: 'http_status' }, 401)).passed).toBe(true);
    for (const failure of [
      silent({}), silent({ code: 'closed' }), silent({ code: 'not_json' }, 200), silent({ code: 'http_status' }, 500),
      silent({ code: 'refused' }),
    ])
      expect(judge(expectsError, failure)).toMatchObject({ passed: false, validations: [] });
  });

  test('checks of a spoken refusal see its text, and the AdCP error that JSON-RPC carries', () => {
    const code = { expect_error: true, validations: [authored('error_code', { value: 'INVALID_REQUEST' })] };
    expect(judge(code, silent({ code: 'rpc_error', rpc: { code: -32602, message: 'INVALID_REQUEST: no' } }, 200)).passed).toBe(true);
    expect(
      judge(
        code, silent({ code: 'rpc_error', rpc: { code: -32000, message: 'x', data: { adcp_error: { code: 'INVALID_REQUEST' } } } }, 200)
      ).passed
    ).toBe(true);
    expect(judge(code, silent({ code: 'rpc_error', rpc: { code: -32602, message: 'no code' } }, 200)).failedChecks).toEqual(['error_code']);
  });
});

test('an answer that holds no AdCP at all is neither a success nor a refusal', () => {
  const prose: Exchange = {
    kind: 'answered', ...base, result: { content: [{ type: 'text', text: 'Something went wrong' }] }, http: { status: 200, headers: {} },
  };
  const of = (more: Partial<Step>) => judge(more, prose);
  expect(judge({ expect_error: true }, answered(['refused'])).failedChecks).toEqual(['status_code']);
  expect(of({})).toMatchObject({ passed: false, failedChecks: ['status_code'] });
  expect(of({ expect_error: true })).toMatchObject({ passed: false, failedChecks: ['status_code'] });
  expect(of({ may_be_refused: true })).toMatchObject({ passed: false });
  expect(of({ expect_error: true, validations: [authored('error_code')] }).failedChecks).toEqual(['status_code', 'error_code']);
});

describe('checks', () => {
  test('compare with what the context holds, in a value and among allowed ones; what it does not hold stays as it is written', () => {
    const check = (entry: object) => judge({ validations: [authored('field_value', { path: 'products[0]', ...entry })] }, answered({ products: ['k'] })).passed;
    expect([check({ value: '$context.known' }), check({ allowed_values: ['x', '$context.known'] })]).toEqual([true, true]);
    expect([check({ value: '$context.other' }), check({ allowed_values: ['$context.other'] })]).toEqual([false, false]);
  });

  test('a required check that fails fails the step, an advisory one does not', () => {
    const check = authored('field_present', { path: 'none' });
    expect(judge({ validations: [check] }, answered({ products: [] })).passed).toBe(false);
    expect(
      judge({ validations: [{ ...check, severity: { kind: 'advisory' } }] }, answered({ products: [] }))
    ).toMatchObject({ passed: true, failedChecks: ['field_present'] });
  });

  test('an unknown kind of check does not fail the step', () => {
    expect(
      judge({ validations: [authored('nonsense')] }, answered({ products: [] }))
    ).toMatchObject({ passed: true, validations: [{ finding: { kind: 'unknown' } }] });
  });

  test('expectations take values from the context; a reference that it cannot answer stays literal and fails', () => {
    expect(
      judge({ validations: [authored('field_value', { path: 'a', value: '$context.known' })] }, answered({ products: [], a: 'k' })).passed
    ).toBe(true);
    const open = judge(
      { validations: [authored('field_value', { path: 'a', allowed_values: ['$context.unknown'] })] }, answered({ products: [], a: 'k' })
    );
    expect(open.validations[0]).toMatchObject({ finding: { kind: 'failed', expected: ['$context.unknown'] } });
  });
});

describe('captures', () => {
  test.each([[{ a: false }, false], [{ a: 0 }, 0], [{ a: { b: [] } }, { b: [] }]])('takes %j', (more, value) => {
    expect(
      judge({ context_outputs: [output('a')] }, answered({ products: [], ...more }))
    ).toMatchObject({ passed: true, captured: { k: value }, failedCaptures: [] });
  });

  test.each([[{}], [{ a: null }], [{ a: '' }]])('fails the step when the path leads to nothing: %j', (more) => {
    const judgement = judge({ context_outputs: [output('a')] }, answered({ products: [], ...more }));
    expect(judgement).toMatchObject({ passed: false, failedCaptures: ['k'], failedChecks: ['capture_path_not_resolvable'] });
    expect(judgement.validations[0]).toMatchObject({ finding: { expected: 'a', json_pointer: '/a' } });
  });

  test('does not look for captures in a refusal that was not expected', () => {
    expect(
      judge({ context_outputs: [output('a')] }, answered({ adcp_error: { code: 'X' } }))
    ).toMatchObject({ failedCaptures: [], failedChecks: ['status_code'] });
  });

  test('an authored output goes before the usual one, and looks into the completion of a task when it says so', () => {
    const products = { products: [{ product_id: 'p' }] };
    expect(
      judge(
        { context_outputs: [{ ...output('products[0].product_id'), key: 'product_id' }] }, answered({ ...products, proposals: [] })
      ).captured
    ).toMatchObject({ product_id: 'p' });
    expect(
      judge({ context_outputs: [output('task_completion.media_buy_id')] }, answered(products), { kind: 'completed', payload: { media_buy_id: 'm' } }).captured
    ).toMatchObject({ k: 'm' });
    expect(
      judge({ context_outputs: [output('task_completion.media_buy_id')] }, answered(products)).failedChecks
    ).toEqual(['capture_path_not_resolvable']);
  });
});

describe('the last page of accounts', () => {
  const paging = step(
    'p',
    {
      task: 'list_accounts', validations: [authored('field_value', { path: 'pagination.has_more', value: true })],
      context_outputs: [output('pagination.cursor')],
    }
  );
  const request = { pagination: { max_results: 2 } };
  const none = { synced: 0, planned: 0 };

  test('excuses a step that pages on, and names the keys that stay unset', () => {
    expect(terminalPageKeys(paging, request, { accounts: [1], pagination: { has_more: false } }, none)).toEqual(['k']);
    expect(terminalPageKeys(paging, request, { accounts: [1, 2], pagination: { has_more: false, total_count: 2 } }, none)).toEqual(['k']);
    expect(terminalPageKeys(paging, request, { accounts: [] }, none)).toEqual(['k']);
  });

  test('excuses nobody who has, or made, more accounts than fill the page', () => {
    expect(terminalPageKeys(paging, request, { accounts: [1, 2], pagination: { has_more: false } }, none)).toBeUndefined();
    expect(terminalPageKeys(paging, request, { accounts: [1], pagination: { has_more: false, total_count: 3 } }, none)).toBeUndefined();
    expect(terminalPageKeys(paging, request, { accounts: [1], pagination: { has_more: false } }, { synced: 3, planned: 0 })).toBeUndefined();
    expect(terminalPageKeys(paging, request, { accounts: [1], pagination: { has_more: false } }, { synced: 0, planned: 3 })).toBeUndefined();
    expect(terminalPageKeys(step('p', { task: 'list_accounts' }), request, { accounts: [] }, none)).toBeUndefined();
    expect(terminalPageKeys({ ...paging, task: 'list_creatives' }, request, { accounts: [] }, none)).toBeUndefined();
  });
});
