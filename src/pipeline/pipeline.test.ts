import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { PRINCIPAL, testDesk, type TestDesk } from '../../test/support/desk.ts';
import { officialIssues } from '../../test/support/official.ts';
import type { Principal } from '../domain/caller.ts';
import { answer } from '../usecases/desk.ts';
import { listAccounts } from '../usecases/list-accounts.ts';
import { syncAccounts } from '../usecases/sync-accounts.ts';
import { syncGovernance } from '../usecases/sync-governance.ts';
import { fingerprint } from './idempotency.ts';
import { pipeline } from './pipeline.ts';
import type { Toolbox } from './toolbox.ts';
import type { Rate } from './token-buckets.ts';

const ENTRY = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', billing: 'operator' };

function seller(more: Toolbox = {}, desk: TestDesk = testDesk(), writes?: Rate) {
  const bugs: unknown[] = [];
  const calls = pipeline(desk, { sync_accounts: syncAccounts, list_accounts: listAccounts, sync_governance: syncGovernance, ...more }, { reportBug: (error) => bugs.push(error), ...(writes ? { writes } : {}) });
  const call = async (task: string, request: Record<string, unknown>, principal: Principal = PRINCIPAL) => {
    const given = await calls.dispatch({ task, request, principal });
    expect(officialIssues(task, given)).toEqual([]);
    const { document, isError } = given;
    return { document: document as Record<string, unknown>, isError, code: (document['adcp_error'] as { code?: string } | undefined)?.code };
  };
  return { desk, call, bugs };
}
const key = () => `key-${randomUUID()}`;

test('refuses a text that is no Unicode where it stands, known member or not, before anything is done', async () => {
  const { call, bugs } = seller();
  const refused = await call('sync_accounts', { idempotency_key: key(), accounts: [ENTRY], ext: { note: ['\ud800'] } });
  expect(refused).toMatchObject({ code: 'INVALID_REQUEST', document: { adcp_error: { field: 'ext.note[0]' } } });
  expect((await call('list_accounts', {})).document).toMatchObject({ accounts: [] });
  expect(bugs).toEqual([]);
});

test('refuses a credential among the arguments before anything else, repeats nothing of it, and keeps nothing', async () => {
  const { call, bugs } = seller();
  const secret = 'sk-live-0123456789abcdef';
  const idempotency_key = key();
  const refused = await call('sync_accounts', { idempotency_key, adcp_version: '99.0', accounts: [ENTRY], ext: { access_token: secret }, context: { trace: 1 } });
  expect(refused).toMatchObject({ code: 'CREDENTIAL_IN_ARGS', document: { adcp_error: { recovery: 'terminal', field: 'ext.access_token' }, context: { trace: 1 } } });
  const echoing = await call('sync_accounts', { idempotency_key, accounts: [ENTRY], context: { authorization: `Bearer ${secret}` } });
  expect(echoing.document).toMatchObject({ adcp_error: { code: 'CREDENTIAL_IN_ARGS', field: 'context.authorization' } });
  expect(echoing.document).not.toHaveProperty('context');
  expect(JSON.stringify([refused, echoing])).not.toContain(secret);
  expect(await call('sync_accounts', { idempotency_key, accounts: [ENTRY] })).toMatchObject({ document: { status: 'completed' } });
  expect(bugs).toEqual([]);
});

test('refuses an address for webhooks that would never be called, where it stands', async () => {
  const { call } = seller();
  const refused = await call('sync_accounts', { idempotency_key: key(), accounts: [ENTRY], push_notification_config: { url: 'http://buyer.example/hook' } });
  expect(refused).toMatchObject({ code: 'INVALID_REQUEST', document: { adcp_error: { field: 'push_notification_config.url' } } });
});

describe('idempotency', () => {
  test('answers a repeated call from memory, with the new context, and does nothing again', async () => {
    const { call } = seller();
    const request = { idempotency_key: key(), accounts: [ENTRY] };
    const first = await call('sync_accounts', { ...request, context: { n: 1 } });
    const again = await call('sync_accounts', { ...request, context: { n: 2 } });
    expect(first.document).not.toHaveProperty('replayed');
    expect(again.document).toEqual({ ...first.document, replayed: true, context: { n: 2 } });
    expect((await call('sync_accounts', request)).document).not.toHaveProperty('context');
  });

  test.each([
    [{ accounts: [{ ...ENTRY, payment_terms: 'net_60' }] }], [{ accounts: [ENTRY], ext: { a: 1 } }],
    [{ accounts: [ENTRY], push_notification_config: { url: 'https://a.example/other' } }],
  ])('refuses IDEMPOTENCY_CONFLICT when the key returns with another payload: %j', async (other) => {
    const { call } = seller();
    const idempotency_key = key();
    await call('sync_accounts', { idempotency_key, accounts: [ENTRY], push_notification_config: { url: 'https://a.example/hook' } });
    const conflict = await call('sync_accounts', { idempotency_key, ...other });
    expect(conflict.code).toBe('IDEMPOTENCY_CONFLICT');
    expect(Object.keys(conflict.document['adcp_error'] as object)).toEqual(['code', 'message', 'recovery']);
    expect(JSON.stringify(conflict.document)).not.toContain('trailandtent');
  });

  test('takes the same key with another task for a conflict, and another principal\'s key for a new one', async () => {
    const { call } = seller();
    const idempotency_key = key();
    await call('sync_accounts', { idempotency_key, accounts: [ENTRY] });
    expect((await call('sync_governance', { idempotency_key, accounts: [{ account: { account_id: 'x' }, governance_agents: [{ url: 'https://gov.example', authentication: { schemes: ['Bearer'], credentials: 'x'.repeat(32) } }] }] })).code).toBe('IDEMPOTENCY_CONFLICT');
    expect((await call('sync_accounts', { idempotency_key, accounts: [ENTRY] }, { principal_id: 'other', mode: 'live' })).document).not.toHaveProperty('replayed');
  });

  test('remembers nothing of a failure: the key can be used again, for anything', async () => {
    const { call } = seller();
    const idempotency_key = key();
    expect((await call('sync_accounts', { idempotency_key, accounts: [{ brand: {} }] })).code).toBe('INVALID_REQUEST');
    expect((await call('sync_accounts', { idempotency_key, accounts: [ENTRY] })).isError).toBe(false);
  });

  test('lets one of two simultaneous calls execute, and gives both the same answer', async () => {
    const { call, desk } = seller();
    const request = { idempotency_key: key(), accounts: [ENTRY] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('sync_accounts', request)));
    expect(new Set(answers.map(({ document }) => (document['accounts'] as { account_id: string }[])[0]!.account_id)).size).toBe(1);
    expect(answers.filter(({ document }) => document['replayed'] !== true)).toHaveLength(1);
    expect((await desk.store.accounts('buyer', {}, { limit: 10 })).total).toBe(1);
  });

  test('tells a second call to come back when the first does not end, and whether its payload fits', async () => {
    const desk = testDesk();
    let finish = (): void => {};
    const running = new Promise<void>((resolve) => { finish = resolve; });
    const { call } = seller({ log_event: async () => { await running; return answer({ events_received: 1, events_processed: 1 }); } }, desk);
    const request = { idempotency_key: key(), event_source_id: 's', events: [{ event_id: 'e', event_type: 'purchase', event_time: '2026-11-20T12:00:00Z', user_match: { click_id: 'c' } }] };
    const first = call('log_event', request);
    await desk.clock.sleep(0);
    expect((await call('log_event', { ...request, event_source_id: 't' })).code).toBe('IDEMPOTENCY_CONFLICT');
    const patient = desk.clock.sleep;
    desk.clock.sleep = async (ms) => { desk.clock.at = new Date(desk.clock.now().getTime() + Math.max(ms, 1000)).toISOString(); await patient(0); };
    const second = await call('log_event', request);
    expect([second.code, (second.document['adcp_error'] as { retry_after: number }).retry_after]).toEqual(['IDEMPOTENCY_IN_FLIGHT', 1]);
    finish();
    expect((await first).isError).toBe(false);
    expect((await call('log_event', request)).document['replayed']).toBe(true);
  });

  test('refuses IDEMPOTENCY_EXPIRED past the replay window and takes the key for new when it is forgotten', async () => {
    const { call, desk } = seller();
    const request = { idempotency_key: key(), accounts: [ENTRY] };
    await call('sync_accounts', request);
    desk.clock.at = '2026-11-21T12:00:30.000Z';
    expect((await call('sync_accounts', request)).document['replayed']).toBe(true);
    desk.clock.at = '2026-11-21T12:02:00.000Z';
    expect((await call('sync_accounts', request)).code).toBe('IDEMPOTENCY_EXPIRED');
    desk.clock.at = '2026-12-01T12:00:00.000Z';
    expect((await call('sync_accounts', request)).isError).toBe(false);
  });

  test('refuses RATE_LIMITED when new keys come too fast, remembers nothing of it, and replays all the same', async () => {
    const { call, desk } = seller({}, testDesk(), { per_second: 1, burst: 2 });
    const requests = [1, 2, 3].map(() => ({ idempotency_key: key(), accounts: [ENTRY] }));
    const answers = [];
    for (const request of requests) answers.push(await call('sync_accounts', request));
    expect(answers.map(({ code }) => code)).toEqual([undefined, undefined, 'RATE_LIMITED']);
    expect((answers[2]!.document['adcp_error'] as { retry_after: number }).retry_after).toBe(1);
    expect((await call('sync_accounts', requests[0]!)).document['replayed']).toBe(true);
    desk.clock.at = '2026-11-20T12:00:01.000Z';
    expect((await call('sync_accounts', requests[2]!)).document).not.toHaveProperty('replayed');
  });

  test('hashes what a replay may not change, and nothing else', () => {
    const base = { a: 1, push_notification_config: { url: 'https://a.example', authentication: { schemes: ['Bearer'], credentials: 'one' } } };
    const same = fingerprint('t', base);
    expect(fingerprint('t', { ...base, context: { x: 1 }, idempotency_key: 'k', governance_context: 'g' })).toBe(same);
    expect(fingerprint('t', { a: 1, push_notification_config: { authentication: { credentials: 'two', schemes: ['Bearer'] }, url: 'https://a.example' } })).toBe(same);
    for (const other of [{ ...base, a: 2 }, { ...base, ext: {} }, { ...base, b: null }, { ...base, adcp_version: '3.1' }]) expect(fingerprint('t', other)).not.toBe(same);
    expect(fingerprint('u', base)).not.toBe(same);
  });
});

describe('the order of steps', () => {
  test('version comes before shape, shape before the account, and each refusal echoes the context', async () => {
    const { call } = seller();
    const context = { correlation_id: 'c' };
    const all = await call('sync_accounts', { adcp_major_version: 99, accounts: 'x', context });
    expect([all.code, all.document['context']]).toEqual(['VERSION_UNSUPPORTED', context]);
    const shape = await call('sync_accounts', { accounts: 'x', context });
    expect([shape.code, (shape.document['adcp_error'] as { field: string }).field, shape.document['context']]).toEqual(['INVALID_REQUEST', 'idempotency_key', context]);
  });

  test('an account that is not the caller\'s is answered like one that does not exist', async () => {
    const { call } = seller({ get_media_buys: async () => answer({ media_buys: [] }) });
    const { document } = await call('sync_accounts', { idempotency_key: key(), accounts: [ENTRY] });
    const { account_id } = (document['accounts'] as { account_id: string }[])[0]!;
    expect((await call('get_media_buys', { account: { account_id } })).isError).toBe(false);
    const foreign = await call('get_media_buys', { account: { account_id } }, { principal_id: 'other', mode: 'live' });
    const absent = await call('get_media_buys', { account: { account_id: 'acct_none' } }, { principal_id: 'other', mode: 'live' });
    expect(foreign.code).toBe('ACCOUNT_NOT_FOUND');
    expect(foreign.document).toEqual(absent.document);
  });

  test('a row that changes between load and commit makes the call decide again', async () => {
    const desk = testDesk();
    const { call } = seller({}, desk);
    await call('sync_accounts', { idempotency_key: key(), accounts: [ENTRY] });
    const terms = ['net_30', 'net_60', 'net_30', 'net_60'];
    const answers = await Promise.all(terms.map((payment_terms) => call('sync_accounts', { idempotency_key: key(), accounts: [{ ...ENTRY, payment_terms }] })));
    expect(answers.map(({ isError }) => isError)).toEqual([false, false, false, false]);
    const [account] = (await desk.store.accounts('buyer', {}, { limit: 10 })).items;
    expect(account!.row_version).toBeGreaterThan(1);
  });

  test('a bug is logged whole and answered SERVICE_UNAVAILABLE with its correlation id, and the key is free again', async () => {
    let broken = true;
    const { call, bugs } = seller({ sync_accounts: async (...args) => { if (broken) throw new Error('secret detail'); return syncAccounts(...args); } });
    const request = { idempotency_key: key(), accounts: [ENTRY], context: { a: 1 } };
    const failure = await call('sync_accounts', request);
    expect([failure.code, failure.document['context']]).toEqual(['SERVICE_UNAVAILABLE', { a: 1 }]);
    expect(JSON.stringify(failure.document)).not.toContain('secret detail');
    expect((failure.document['adcp_error'] as { details: unknown }).details).toEqual({ correlation_id: expect.stringMatching(/^cor_/) as string });
    expect(bugs).toHaveLength(1);
    broken = false;
    expect((await call('sync_accounts', request)).isError).toBe(false);
  });
});
