import { expect, test } from 'vitest';
import { extractPayload } from './extraction.ts';
import { implicitCaptures } from './implicit-captures.ts';
import { checkTarget, taskOutcome } from './task-outcome.ts';

test.each<[string, string, unknown]>([
  ['a full reply', 'get_products', { status: 'completed', products: [] }],
  ['an open task', 'create_media_buy', { status: 'submitted', task_id: 't' }],
  ['errors beside a full reply', 'get_products', { products: [], errors: [{ code: 'PARTIAL' }] }],
  ['errors beside a submitted task', 'create_media_buy', { status: 'submitted', task_id: 't', errors: [{}] }],
  ['a domain status that sounds like a failure', 'get_products', { status: 'rejected', products: [] }],
  ['members of the envelope that are empty', 'get_products', { products: [], error: null, adcp_error: null, errors: [] }],
  ['a status of an unknown kind', 'x', { status: 'canceled' }],
])('%s is a success', (_what, task, payload) => {
  expect(taskOutcome(task, payload, false)).toEqual({ kind: 'succeeded' });
});

test.each<[string, string, unknown, boolean]>([
  ['a failed envelope', 'get_products', { status: 'failed', message: 'no' }, false],
  ['a rejected envelope', 'get_products', { status: 'rejected' }, false],
  ['adcp_error', 'get_products', { products: [], adcp_error: { code: 'X' } }, false],
  ['errors without the reply', 'get_products', { errors: [{ code: 'X' }] }, false],
  ['an error code without the reply', 'get_products', { error_code: 'X' }, false],
  ['success: false', 'comply_test_controller', { success: false, error: 'X' }, false],
  [
    'errors beside a reply that says it failed', 'create_media_buy',
    { status: 'rejected', media_buy_id: 'm', packages: [], errors: [{ code: 'X' }] }, false,
  ],
  ['an error text', 'x', { error: 'no' }, false], ['a result marked as an error', 'get_products', { products: [] }, true],
  ['a payload that is no object', 'x', [], false],
])('%s is a failure', (_what, task, payload, isError) => {
  expect(taskOutcome(task, payload, isError).kind).toBe('failed');
});

test.each(['message', 'timestamp', 'context_id', 'task_id', 'replayed', 'push_notification_config', 'governance_context', 'adcp_version', 'errors', 'context', 'ext'])(
  'a failed status beside %s speaks for the task, as a member of the envelope says nothing of a domain', (member) => {
    expect(taskOutcome('get_products', { status: 'failed', [member]: member === 'errors' ? [] : 'x' }, false)).toEqual({ kind: 'failed', why: 'status is failed' });
  }
);

test('the status of a buy in the task\'s place is seen where it belongs, and never mistaken for the task\'s', () => {
  expect(checkTarget('create_media_buy', { status: 'active' })).toEqual({ status: 'active', media_buy_status: 'active' });
  expect(checkTarget('create_media_buy', { status: 'completed', media_buy_id: 'm' })).not.toHaveProperty('media_buy_status');
  expect(checkTarget('get_products', { status: 'active' })).not.toHaveProperty('media_buy_status');
});

test('takes the payload from structured content, else from text, else from nowhere', () => {
  const text = (value: string) => ({ type: 'text', text: value });
  expect(extractPayload({ structuredContent: { a: 1 }, content: [text('{"a":2}')] })).toEqual({
    payload: { a: 1 }, extraction: { path: 'structured_content' }, isError: false,
  });
  expect(
    extractPayload({ content: [text('hello'), { type: 'image' }, text('{"a":2}')] })
  ).toMatchObject({ payload: { a: 2 }, extraction: { path: 'text_fallback' } });
  for (const result of [{ content: [text('[1]')] }, { content: [] }, {}, null, 'x'])
    expect(extractPayload(result)).toMatchObject({
      payload: { status: 'failed', errors: [{ code: 'invalid_response' }] }, extraction: { path: 'none' },
    });
});

test('takes an error from structured content, else from a text that names its code, else makes one up and says so', () => {
  const text = (value: string) => ({ isError: true, content: [{ type: 'text', text: value }] });
  expect(extractPayload({ ...text('{}'), structuredContent: { a: 1 } })).toEqual({
    payload: { a: 1 }, extraction: { path: 'error' }, isError: true,
  });
  expect(extractPayload(text('{"adcp_error":{"code":"X"}}'))).toMatchObject({
    payload: { adcp_error: { code: 'X' } }, extraction: { path: 'error' },
  });
  expect(extractPayload(text('went wrong'))).toMatchObject({
    payload: { adcp_error: { code: 'mcp_error', message: 'went wrong', synthetic: true } },
  });
});

test('a successful task leaves its usual values in the context, and none that it lacks', () => {
  expect(
    implicitCaptures('get_products', { products: [{ product_id: 'p' }], proposals: [] })
  ).toEqual({ products: [{ product_id: 'p' }], product_id: 'p' });
  expect(
    implicitCaptures('create_media_buy', { media_buy_id: 'm', status: 'active' })
  ).toEqual({ media_buy_id: 'm', media_buy_status: 'active' });
  expect(
    implicitCaptures('update_media_buy', { media_buy: { media_buy_id: 'm', status: 'paused' } })
  ).toEqual({ media_buy_id: 'm', media_buy_status: 'paused' });
  expect(
    implicitCaptures('get_media_buys', { media_buys: [{ media_buy_id: 'm', status: 'active' }], pagination: { has_more: true } })
  ).toEqual({});
  expect(
    implicitCaptures('sync_accounts', { accounts: [{ account_id: 'a', brand: { domain: 'd' } }] })
  ).toEqual({ account_id: 'a', account: { brand: { domain: 'd' } } });
  expect(implicitCaptures('sync_accounts', { accounts: [] })).toEqual({});
  expect(implicitCaptures('no_such_task', { id: 1 })).toEqual({});
  expect(implicitCaptures('get_products', null)).toEqual({});
});
