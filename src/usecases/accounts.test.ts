import { describe, expect, test } from 'vitest';
import { callerWithAccount, PRINCIPAL, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import type { Caller } from '../domain/caller.ts';
import { provisioned } from '../domain/provisioning.ts';
import type { SyncAccountsEntry, SyncAccountsRequest } from '../protocol/wire/sync-accounts.ts';
import type { Desk } from './desk.ts';
import { listAccounts } from './list-accounts.ts';
import { syncAccounts } from './sync-accounts.ts';
import { syncGovernance } from './sync-governance.ts';

const CALLER: Caller = { principal: PRINCIPAL, reach: { principal_id: PRINCIPAL.principal_id, wide: false } };
const BRAND = { domain: 'trailandtent.example' };
const ENTRY = { brand: BRAND, operator: 'northlight-media.example', billing: 'operator' } as const;
const SECRET = 'a webhook secret that is long enough';
const SUBSCRIBER = {
  subscriber_id: 'ops', url: 'https://buyer.example/hook', event_types: ['creative.status_changed', 'creative.purged'], active: false,
  authentication: { schemes: ['Bearer'], credentials: SECRET },
} as never;

async function sync(desk: Desk, entries: readonly object[], more: Partial<SyncAccountsRequest> = {}, caller = CALLER) {
  const body = await record(desk, await syncAccounts({ idempotency_key: 'k'.repeat(16), accounts: entries as SyncAccountsEntry[], ...more }, caller, desk));
  return body.accounts;
}

describe('sync_accounts', () => {
  test('provisions on the natural key, then leaves alone or updates, in the order asked', async () => {
    const desk = testDesk();
    const [first, second] = await sync(desk, [ENTRY, { ...ENTRY, operator: 'other-media.example' }]);
    expect(first).toMatchObject({ action: 'created', status: 'active', billing: 'operator', brand: BRAND, operator: ENTRY.operator, account_scope: 'operator_brand' });
    expect(second!.account_id).not.toBe(first!.account_id);
    expect(await sync(desk, [ENTRY])).toMatchObject([{ action: 'unchanged', account_id: first!.account_id }]);
    expect(await sync(desk, [{ ...ENTRY, payment_terms: 'net_60' }])).toMatchObject([{ action: 'updated', account_id: first!.account_id, payment_terms: 'net_60' }]);
  });

  test('creates an account that stands twice in one call once', async () => {
    const accounts = await sync(testDesk(), [ENTRY, ENTRY]);
    expect(accounts.map(({ action }) => action)).toEqual(['created', 'unchanged']);
    expect(new Set(accounts.map(({ account_id }) => account_id)).size).toBe(1);
  });

  test('changes settings of a named account and fills in brand and operator', async () => {
    const desk = testDesk();
    const [{ account_id } = {}] = await sync(desk, [ENTRY]);
    expect(await sync(desk, [{ account: { account_id }, payment_terms: 'net_60' }])).toMatchObject([{ action: 'updated', account_id, brand: BRAND, operator: ENTRY.operator }]);
  });

  test.each([
    [{ ...ENTRY, billing: 'advertiser' }, 'BILLING_NOT_SUPPORTED', 'billing', { scope: 'capability', supported_billing: ['operator', 'agent'] }],
    [{ ...ENTRY, payment_terms: 'net_90' }, 'PAYMENT_TERMS_NOT_SUPPORTED', 'payment_terms', undefined],
    [{ ...ENTRY, sandbox: true }, 'UNSUPPORTED_FEATURE', 'sandbox', undefined],
    [{ account: { account_id: 'none' } }, 'ACCOUNT_NOT_FOUND', 'account', undefined],
    [{ ...ENTRY, notification_configs: [SUBSCRIBER, SUBSCRIBER] }, 'INVALID_REQUEST', 'notification_configs[1].subscriber_id', undefined],
    [{ ...ENTRY, notification_configs: [{ ...(SUBSCRIBER as object), event_types: ['creative.purged', 'scheduled'] }] }, 'INVALID_REQUEST', 'notification_configs[0].event_types[1]', undefined],
    [{ ...ENTRY, notification_configs: [{ ...(SUBSCRIBER as object), event_types: ['product.created'] }] }, 'INVALID_REQUEST', 'notification_configs[0].event_types[0]', undefined],
  ])('fails an entry alone: %j', async (entry, code, field, details) => {
    const desk = testDesk();
    const [failed, fine] = await sync(desk, [entry, { ...ENTRY, operator: 'fine.example' }]);
    expect(failed).toMatchObject({ action: 'failed', status: 'rejected', errors: [{ code, field, ...(details ? { details } : {}) }] });
    expect(failed!.errors![0]!.field).toBe(field);
    expect(fine!.action).toBe('created');
    expect((await desk.store.accounts('buyer', {}, { limit: 9 })).total).toBe(1);
  });

  test('tells a caller which billing it may use instead, and nothing else', async () => {
    const caller: Caller = { ...CALLER, principal: { ...PRINCIPAL, billing: ['operator'] } };
    const [failed] = await sync(testDesk(), [{ ...ENTRY, billing: 'agent' }], {}, caller);
    expect(failed!.errors).toMatchObject([{ code: 'BILLING_NOT_PERMITTED_FOR_AGENT' }]);
    expect(failed!.errors![0]!.details).toEqual({ rejected_billing: 'agent', suggested_billing: 'operator' });
  });

  test('replaces the set of subscribers, keeps it when none is sent, clears it when an empty one is', async () => {
    const desk = testDesk();
    const shown = [{ subscriber_id: 'ops', url: 'https://buyer.example/hook', event_types: ['creative.status_changed', 'creative.purged'], active: false, authentication: { schemes: ['Bearer'] } }];
    expect((await sync(desk, [{ ...ENTRY, notification_configs: [SUBSCRIBER] }]))[0]!.notification_configs).toEqual(shown);
    expect((await sync(desk, [ENTRY]))[0]).toMatchObject({ action: 'unchanged', notification_configs: shown });
    expect((await sync(desk, [{ ...ENTRY, notification_configs: [{ ...(SUBSCRIBER as object), url: 'https://buyer.example/new' }] }]))[0]).toMatchObject({ action: 'updated' });
    expect((await sync(desk, [{ ...ENTRY, notification_configs: [] }]))[0]).toMatchObject({ action: 'updated', notification_configs: [] });
    const listed = await record(desk, await listAccounts({}, CALLER, desk));
    expect(listed.accounts[0]!.notification_configs).toEqual([]);
  });

  test('stores a subscriber inactive until it has proven itself, says so, and keeps its secret sealed', async () => {
    const desk = testDesk();
    const [synced] = await sync(desk, [{ ...ENTRY, notification_configs: [{ ...(SUBSCRIBER as object), active: true }] }]);
    expect(synced).toMatchObject({ notification_configs: [{ active: false }], warnings: [expect.stringContaining('"ops"')] });
    const [stored] = (await desk.store.accounts('buyer', {}, { limit: 1 })).items;
    expect(JSON.stringify([stored, synced])).not.toContain(SECRET);
    expect(desk.vault.open(stored!.notification_configs![0]!.authentication!.credentials)).toBe(SECRET);
  });

  test('a dry run says what would happen and writes nothing', async () => {
    const desk = testDesk();
    expect(await sync(desk, [ENTRY], { dry_run: true })).toMatchObject([{ action: 'created' }]);
    expect((await desk.store.accounts('buyer', {}, { limit: 1 })).total).toBe(0);
  });

  test('delete_missing closes the accounts that a complete list leaves out', async () => {
    const desk = testDesk();
    await sync(desk, [ENTRY, { ...ENTRY, operator: 'old.example' }]);
    expect(await sync(desk, [ENTRY], { delete_missing: true, dry_run: true })).toMatchObject([{ action: 'unchanged' }, { operator: 'old.example', status: 'closed' }]);
    expect((await desk.store.accounts('buyer', { status: 'closed' }, { limit: 9 })).total).toBe(0);
    expect(await sync(desk, [ENTRY], { delete_missing: true })).toMatchObject([{ action: 'unchanged' }, { operator: 'old.example', action: 'updated', status: 'closed' }]);
    const { items } = await desk.store.accounts('buyer', {}, { limit: 9 });
    expect(items.map(({ operator, status }) => [operator, status])).toEqual([[ENTRY.operator, 'active'], ['old.example', 'closed']]);
  });
});

describe('delete_missing', () => {
  test('spares an account that the seller made unasked, until the caller syncs it', async () => {
    const desk = testDesk();
    const made = provisioned({ brand: { domain: 'waiting.example' }, operator: 'waiting.example' }, PRINCIPAL, desk.scope, { account_id: 'acct_waiting', now: '2026-11-20T00:00:00Z' }, desk.seller);
    await record(desk, [{ kind: 'put_account', account: made }]);
    expect(await sync(desk, [ENTRY], { delete_missing: true })).toMatchObject([{ action: 'created' }]);
    expect(await sync(desk, [{ brand: made.brand, operator: made.operator, billing: made.billing }])).toMatchObject([{ account_id: 'acct_waiting', action: 'unchanged' }]);
    expect(await sync(desk, [ENTRY], { delete_missing: true })).toMatchObject([{ action: 'unchanged' }, { account_id: 'acct_waiting', status: 'closed' }]);
  });

  test('rejects an account that waits for approval, which cannot be closed', async () => {
    const desk = testDesk();
    await sync(desk, [ENTRY, { ...ENTRY, operator: 'new.example' }]);
    const waiting = (await desk.store.accounts('buyer', { operator: 'new.example' }, { limit: 1 })).items[0]!;
    await record(desk, [{ kind: 'put_account', account: { ...waiting, status: 'pending_approval' } }]);
    expect(await sync(desk, [ENTRY], { delete_missing: true })).toMatchObject([{}, { operator: 'new.example', status: 'rejected' }]);
  });

  test('spares an account that is listed with settings that fail', async () => {
    const desk = testDesk();
    await sync(desk, [ENTRY]);
    expect(await sync(desk, [{ ...ENTRY, payment_terms: 'net_90' }], { delete_missing: true })).toMatchObject([{ action: 'failed' }]);
    const { items } = await desk.store.accounts('buyer', {}, { limit: 9 });
    expect(items.map(({ status }) => status)).toEqual(['active']);
  });
});

describe('sync_accounts and what is secret', () => {
  const subscribers = (credentials: string) => [{ ...(SUBSCRIBER as object), authentication: { schemes: ['Bearer'], credentials } }];
  const entity = (account_number: string) => ({ legal_name: 'Trail & Tent BV', bank: { account_holder: 'Trail & Tent', account_number } });

  test('takes a new secret of a subscriber, even when nothing else is new', async () => {
    const desk = testDesk();
    await sync(desk, [{ ...ENTRY, notification_configs: subscribers(SECRET) }]);
    expect(await sync(desk, [{ ...ENTRY, notification_configs: subscribers(SECRET) }])).toMatchObject([{ action: 'unchanged' }]);
    const rotated = `${SECRET}, the next one`;
    expect(await sync(desk, [{ ...ENTRY, notification_configs: subscribers(rotated) }])).toMatchObject([{ action: 'updated' }]);
    const [stored] = (await desk.store.accounts('buyer', {}, { limit: 1 })).items;
    expect(desk.vault.open(stored!.notification_configs![0]!.authentication!.credentials)).toBe(rotated);
  });

  test('keeps bank details sealed, shows none, and takes new ones', async () => {
    const desk = testDesk();
    const [synced] = await sync(desk, [{ ...ENTRY, billing_entity: entity('11112222') }]);
    expect(synced!.billing_entity).toEqual({ legal_name: 'Trail & Tent BV' });
    expect(await sync(desk, [{ ...ENTRY, billing_entity: entity('11112222') }])).toMatchObject([{ action: 'unchanged' }]);
    expect(await sync(desk, [{ ...ENTRY, billing_entity: entity('33334444') }])).toMatchObject([{ action: 'updated' }]);
    const [stored] = (await desk.store.accounts('buyer', {}, { limit: 1 })).items;
    expect(JSON.stringify(stored)).not.toMatch(/11112222|33334444/);
    expect(desk.vault.open(stored!.billing_entity!.bank!)).toContain('33334444');
  });
});

describe('list_accounts', () => {
  test('filters and pages; a cursor fits only the list that gave it', async () => {
    const desk = testDesk();
    await sync(desk, ['a', 'b', 'c'].map((name) => ({ ...ENTRY, operator: `${name}.example` })));
    const page = async (request: object) => record(desk, await listAccounts(request, CALLER, desk));
    const first = await page({ pagination: { max_results: 2 } });
    expect([first.accounts.length, first.pagination]).toEqual([2, { has_more: true, cursor: expect.any(String) as string, total_count: 3 }]);
    const rest = await page({ pagination: { max_results: 2, cursor: first.pagination!.cursor } });
    expect([rest.accounts.map(({ operator }) => operator), rest.pagination]).toEqual([['c.example'], { has_more: false, total_count: 3 }]);
    expect((await page({ account: { brand: BRAND, operator: 'b.example' } })).accounts).toHaveLength(1);
    expect((await page({ sandbox: true })).accounts).toHaveLength(0);
    expect(refusalOf(await listAccounts({ status: 'active', pagination: { cursor: first.pagination!.cursor } }, CALLER, desk))).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
  });
});

describe('sync_governance', () => {
  const agent = (host: string) => [{ url: `https://${host}`, authentication: { schemes: ['Bearer'] as ['Bearer'], credentials: SECRET } }];
  const entry = (account: object, host: string) => ({ account, governance_agents: agent(host) }) as never;

  test('registers one agent, replaces it by the next, fails an unknown account alone, and never shows a secret', async () => {
    const desk = testDesk();
    const { account } = await callerWithAccount(desk);
    const ref = { account_id: account.account_id };
    const body = await record(desk, await syncGovernance({ idempotency_key: 'k'.repeat(16), accounts: [entry(ref, 'one.example'), entry({ account_id: 'none' }, 'x.example'), entry(ref, 'two.example')] }, CALLER, desk));
    expect(body.accounts.map(({ status }) => status)).toEqual(['synced', 'failed', 'synced']);
    expect(body.accounts[1]!.errors).toMatchObject([{ code: 'ACCOUNT_NOT_FOUND' }]);
    const listed = await record(desk, await listAccounts({}, CALLER, desk));
    expect(listed.accounts[0]!.governance_agents).toEqual([{ url: 'https://two.example' }]);
    expect(JSON.stringify([body, listed, await desk.store.account('buyer', account.account_id)])).not.toContain(SECRET);
  });
});
