import { describe, expect, test } from 'vitest';
import { policyFlaw, postureOf, type SigningPolicy } from './request-signing.ts';

const policy: SigningPolicy = {
  covers_content_digest: 'either', required_for: ['create_media_buy'], warn_for: ['sync_creatives'], supported_for: ['create_media_buy', 'sync_creatives', 'get_products'],
  protocol_methods_required_for: ['tasks/cancel'], protocol_methods_warn_for: [], protocol_methods_supported_for: ['tasks/cancel', 'tasks/get'],
};
const task = (name: string, request: unknown = {}) => ({ kind: 'task', name, request }) as const;
const method = (name: string) => ({ kind: 'method', name }) as const;

describe('what a signature means', () => {
  test.each([
    ['create_media_buy', 'required'], ['sync_creatives', 'warned'], ['get_products', 'supported'], ['list_accounts', 'ignored'],
  ])('to the task %s: %s', (name, posture) => expect(postureOf(policy, [task(name)])).toBe(posture));

  test.each([['tasks/cancel', 'required'], ['tasks/get', 'supported'], ['initialize', 'ignored'], ['create_media_buy', 'ignored']])(
    'to the method %s: %s', (name, posture) => expect(postureOf(policy, [method(name)])).toBe(posture));

  test('is what it means to the strictest part of a message', () => {
    expect(postureOf(policy, [task('list_accounts'), task('create_media_buy'), task('get_products')])).toBe('required');
    expect(postureOf(policy, [])).toBe('ignored');
  });

  const secret = { schemes: ['HMAC-SHA256'], credentials: 'a secret of more than thirty-two letters' };
  test.each([
    ['a webhook', { push_notification_config: { url: 'https://buyer.example', authentication: secret } }],
    ['a subscriber of an account', { accounts: [{}, { notification_configs: [{ url: 'https://buyer.example', authentication: secret }] }] }],
  ])('to a call that hands over the secret of %s: it is required, whatever the task', (_what, request) => {
    expect(postureOf(policy, [task('list_accounts', request)])).toBe('required');
  });

  test.each([
    { push_notification_config: { url: 'https://buyer.example' } }, { push_notification_config: { authentication: null } }, { push_notification_config: 'x', accounts: [null, { notification_configs: 'x' }] }, null, [], 'text',
  ])('to a call without such a secret: what the lists say (%j)', (request) => expect(postureOf(policy, [task('get_products', request)])).toBe('supported'));
});

describe('a policy', () => {
  const tasks = new Set(['create_media_buy', 'sync_creatives', 'get_products']);
  test('that holds together has no flaw', () => expect(policyFlaw(policy, tasks)).toBeUndefined());

  test.each([
    [{ required_for: ['acquire_rights'] }, 'required_for names "acquire_rights", which is no task that is served'],
    [{ warn_for: ['create_media_buy'] }, 'create_media_buy stands in warn_for, and in required_for'],
    [{ supported_for: ['get_products'] }, 'supported_for does not name create_media_buy, which is to be signed'],
    [{ protocol_methods_warn_for: ['tasks/cancel'] }, 'tasks/cancel stands in protocol_methods_warn_for, and in protocol_methods_required_for'],
    [{ protocol_methods_supported_for: ['tasks/get'] }, 'protocol_methods_supported_for does not name tasks/cancel, which is to be signed'],
  ])('with %j has one that says what and where', (change, flaw) => expect(policyFlaw({ ...policy, ...change }, tasks)).toBe(flaw));
});
