import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PRINCIPAL, testDesk } from '../../test/support/desk.ts';
import { accountRecord } from '../../test/support/library-records.ts';
import type { Grant } from '../domain/grant.ts';
import { TASKS, type TaskName } from '../protocol/tasks.ts';
import { pipeline } from './pipeline.ts';
import { toolboxFor } from './served-tasks.ts';

const UNLIMITED: Grant = {};

async function sellerWithAccounts(...account_ids: readonly string[]) {
  const bugs: unknown[] = [];
  const plain = testDesk();
  const toolbox = toolboxFor(plain.features);
  const desk = { ...plain, served: new Set(Object.keys(toolbox) as TaskName[]) };
  for (const account_id of account_ids)
    await desk.store.commit({
      changes: [{ kind: 'put_account', account: accountRecord(account_id, { principal_id: PRINCIPAL.principal_id, operator: `${account_id}.example` }) }],
      audit: { at: desk.clock.at, principal_id: PRINCIPAL.principal_id, task: 'test', subjects: [] },
    });
  const calls = pipeline(desk, toolbox, { reportBug: (error) => bugs.push(error) });
  const call = async (grant: Grant, task: string, request: Record<string, unknown> = {}) => {
    const { document } = await calls.dispatch({ task, request, principal: { ...PRINCIPAL, grant } });
    expect(bugs).toEqual([]);
    const body = document as Record<string, unknown>;
    return { body, error: body['adcp_error'] as { code: string; field?: string; details?: unknown; message: string } | undefined };
  };
  return { call, tasks: [...desk.served] };
}

test('a credential that only reads is refused every task that changes something, and no other', async () => {
  const { call, tasks } = await sellerWithAccounts();
  for (const task of tasks) {
    const { error } = await call({ read_only: true }, task);
    expect([task, error?.code === 'READ_ONLY_SCOPE']).toEqual([task, TASKS[task].mutating]);
  }
});

test('a credential for certain tasks is refused all others but the open ones, and learns where it reads what it may do', async () => {
  const { call, tasks } = await sellerWithAccounts();
  for (const task of tasks) {
    const { error } = await call({ tasks: ['list_creatives'] }, task);
    const barred = error?.code === 'SCOPE_INSUFFICIENT';
    expect([task, barred, barred ? error.details : undefined]).toEqual(
      task === 'list_creatives' || TASKS[task].open ? [task, false, undefined] : [task, true, { introspection_hint: { task: 'list_accounts' } }]);
  }
});

test('a search that would commit is a change too', async () => {
  const { call } = await sellerWithAccounts('own');
  const account = { account_id: 'own' };
  const drafted = await call(UNLIMITED, 'get_products', { buying_mode: 'brief', brief: 'display for hikers', account });
  const [proposal] = drafted.body['proposals'] as { proposal_id: string }[];
  const finalize = { buying_mode: 'refine', account, refine: [{ scope: 'proposal', proposal_id: proposal!.proposal_id, action: 'finalize' }] };
  expect((await call({ read_only: true }, 'get_products', { ...finalize, idempotency_key: `key-${randomUUID()}` })).error?.code).toBe('READ_ONLY_SCOPE');
  expect((await call(UNLIMITED, 'get_products', { ...finalize, idempotency_key: `key-${randomUUID()}` })).error).toBeUndefined();
});

test('for a credential for certain accounts every other account is one that does not exist, word for word', async () => {
  const { call } = await sellerWithAccounts('own', 'other');
  const grant: Grant = { account_ids: ['own'] };
  const naming = (account: object) => call(grant, 'list_creatives', { account });
  const nowhere = await naming({ account_id: 'nowhere' });
  expect(nowhere.error?.code).toBe('ACCOUNT_NOT_FOUND');
  expect((await naming({ account_id: 'other' })).body).toEqual(nowhere.body);
  expect((await naming({ brand: { domain: 'trailandtent.example' }, operator: 'other.example' })).body).toEqual(nowhere.body);
  expect((await naming({ account_id: 'own' })).error).toBeUndefined();
  const listed = (await call(grant, 'list_accounts')).body;
  expect(listed).toMatchObject({ accounts: [{ account_id: 'own' }], pagination: { has_more: false, total_count: 1 } });
  expect((await call(grant, 'list_accounts', { account: { account_id: 'other' } })).body['accounts']).toEqual([]);
});

test('a call that names no account is about the only one of its credential, and is refused where there are several', async () => {
  const { call } = await sellerWithAccounts('own', 'second', 'other');
  const register = (account_id: string) => call(UNLIMITED, 'sync_event_sources', {
    idempotency_key: `key-${randomUUID()}`, account: { account_id }, event_sources: [{ event_source_id: `pixel_of_${account_id}`, name: 'Pixel', event_types: ['purchase'] }],
  });
  for (const account_id of ['own', 'second', 'other']) expect((await register(account_id)).error).toBeUndefined();
  const log = (grant: Grant, event_source_id: string) => call(grant, 'log_event', {
    idempotency_key: `key-${randomUUID()}`, event_source_id, events: [{ event_id: 'e1', event_type: 'purchase', event_time: '2026-11-20T11:00:00Z' }],
  });
  expect((await log({ account_ids: ['own'] }, 'pixel_of_own')).error).toBeUndefined();
  expect((await log({ account_ids: ['own'] }, 'pixel_of_other')).error?.code).toBe((await log({ account_ids: ['own'] }, 'pixel_of_nobody')).error?.code);
  expect((await log({ account_ids: ['own'] }, 'pixel_of_other')).error).toBeDefined();
  expect((await log({ account_ids: ['own', 'second'] }, 'pixel_of_own')).error).toMatchObject({ code: 'INVALID_REQUEST', field: 'account' });
  expect((await call({ account_ids: ['own', 'second'] }, 'get_adcp_capabilities')).error).toBeUndefined();
});

test('a credential for certain accounts makes none, since those would be others', async () => {
  const { call } = await sellerWithAccounts('own');
  for (const task of ['sync_accounts', 'sync_governance']) expect((await call({ account_ids: ['own'] }, task)).error?.code).toBe('SCOPE_INSUFFICIENT');
});

test('list_accounts tells a limited credential what it may do, and an unlimited one nothing of it', async () => {
  const { call } = await sellerWithAccounts('own');
  const authorization = async (grant?: Grant) => ((await call(grant as Grant, 'list_accounts')).body['accounts'] as { authorization?: { allowed_tasks: string[]; read_only?: boolean } }[])[0]!.authorization;
  expect(await authorization()).toBeUndefined();
  expect(await authorization({ tasks: ['list_accounts', 'log_event'] })).toEqual({ allowed_tasks: expect.arrayContaining(['log_event', 'list_accounts', 'get_adcp_capabilities']) });
  const reader = (await authorization({ read_only: true }))!;
  expect(reader.read_only).toBe(true);
  expect(reader.allowed_tasks.filter((task) => TASKS[task as TaskName].mutating)).toEqual([]);
});
