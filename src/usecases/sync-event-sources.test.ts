import { Ajv } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { expect, test } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { sourceRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import type { EventSource } from '../protocol/wire/core/event-source.ts';
import { LogEventRequest } from '../protocol/wire/log-event.ts';
import type { SyncEventSourcesRequest } from '../protocol/wire/sync-event-sources.ts';
import { syncEventSources } from './sync-event-sources.ts';

async function setting() {
  const desk = testDesk();
  const caller = await callerWithAccount(desk);
  const decide = (more: Partial<SyncEventSourcesRequest>) =>
    syncEventSources({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, ...more }, caller, desk);
  const sync = async (more: Partial<SyncEventSourcesRequest>) => {
    const body = await record(desk, await decide(more));
    expectOfficial('sync_event_sources', body);
    return body.event_sources;
  };
  return { desk, caller, decide, sync, stored: () => desk.store.eventSources(caller.reach) };
}

const SITE: EventSource = {
  event_source_id: 'site',
  name: 'Shop',
  event_types: ['lead', 'purchase'],
  action_source: 'website',
  allowed_domains: ['shop.example'],
};
const actions = (sources: readonly { event_source_id: string; action: string }[]) =>
  sources.map(({ event_source_id, action }) => `${event_source_id} ${action}`);

test('creates, leaves alone and updates sources on their id, in the order of the request', async () => {
  const { sync, stored } = await setting();
  expect(actions(await sync({ event_sources: [SITE, { event_source_id: 'app' }] }))).toEqual(['site created', 'app created']);
  expect(actions(await sync({ event_sources: [{ event_source_id: 'app', name: 'App' }, SITE] }))).toEqual([
    'app updated',
    'site unchanged',
  ]);
  expect((await stored()).map(({ source, row_version }) => [source.name, row_version])).toEqual([
    ['Shop', 1],
    ['App', 2],
  ]);
});

test('shows what was registered, managed by the buyer, without judging its health', async () => {
  const { sync } = await setting();
  const [shown] = await sync({ event_sources: [{ ...SITE, surface: { category: 'website' } }] });
  expect(shown).toMatchObject({
    name: 'Shop',
    event_types: ['lead', 'purchase'],
    action_source: 'website',
    surface: { category: 'website' },
    managed_by: 'buyer',
  });
  expect(shown).not.toHaveProperty('health');
});

test('replaces a registration as a whole', async () => {
  const { sync, stored } = await setting();
  await sync({ event_sources: [SITE] });
  await sync({ event_sources: [{ event_source_id: 'site', name: 'Shop' }] });
  expect((await stored())[0]?.source).toEqual({ event_source_id: 'site', name: 'Shop' });
});

test.each<[string, EventSource]>([
  ['a website', SITE],
  ['any type', { event_source_id: 'any' }],
  ['milestones', { event_source_id: 'video', event_types: ['watch_milestone'] }],
  ['custom events', { event_source_id: 'quiz', event_types: ['custom'] }],
])('hands out a call that log_event takes once it is filled in: %s', async (_name, source) => {
  const { sync } = await setting();
  const [shown] = await sync({ event_sources: [source] });
  const filled = shown!
    .setup!.snippet!.replace(/"<[^"]*fresh[^"]*>"/, '"0123456789abcdef"')
    .replace(/"<when[^"]*>"/, '"2026-11-20T12:00:00Z"')
    .replace(/"<SHA-256[^"]*>"/, `"${'a'.repeat(64)}"`);
  const call = JSON.parse(filled) as { name: string; arguments: Record<string, unknown> };
  const ajv = new Ajv({ strict: false });
  (addFormatsModule as unknown as (each: Ajv) => void)(ajv);
  const takes = ajv.compile(LogEventRequest);
  expect([call.name, takes(call.arguments), takes.errors]).toEqual(['log_event', true, null]);
  expect(call.arguments).toMatchObject({
    event_source_id: source.event_source_id,
    events: [{ event_type: source.event_types?.[0] ?? 'purchase' }],
  });
  expect(shown!.setup).toMatchObject({
    snippet_type: 'server_only',
    instructions: expect.stringContaining('https://seller.example/mcp') as string,
  });
});

test('lists the registered sources of the account when none are sent, and changes nothing', async () => {
  const { sync, decide, desk } = await setting();
  await sync({ event_sources: [SITE] });
  await record(desk, [{ kind: 'put_event_source', source: sourceRecord('theirs', { library: 'acct_other' }) }]);
  expect(actions(await sync({}))).toEqual(['site unchanged']);
  expect(await decide({})).toMatchObject({ changes: [] });
});

test('deletes what a complete list leaves out, in this account only, even for a caller that reaches further', async () => {
  const { sync, desk, caller } = await setting();
  await sync({ event_sources: [SITE, { event_source_id: 'app' }] });
  await record(desk, [{ kind: 'put_event_source', source: sourceRecord('theirs', { library: 'acct_other' }) }]);
  const wide = { ...caller, reach: { ...caller.reach, wide: true } };
  const decision = await syncEventSources(
    { idempotency_key: 'key-key-key-key-2', account: { account_id: 'acct_test' }, event_sources: [SITE], delete_missing: true },
    wide,
    desk,
  );
  expect(actions((await record(desk, decision)).event_sources)).toEqual(['site unchanged', 'app deleted']);
  expect((await desk.store.eventSources(wide.reach)).map((each) => each.event_source_id)).toEqual(['site', 'theirs']);
});

test('does not take a source of another account for its own', async () => {
  const { sync, desk, caller } = await setting();
  await record(desk, [{ kind: 'put_event_source', source: sourceRecord('site', { library: 'acct_other' }) }]);
  const wide = { ...caller, reach: { ...caller.reach, wide: true } };
  const decision = await syncEventSources(
    { idempotency_key: 'key-key-key-key-3', account: { account_id: 'acct_test' }, event_sources: [SITE] },
    wide,
    desk,
  );
  expect(actions((await record(desk, decision)).event_sources)).toEqual(['site created']);
  expect(actions(await sync({}))).toEqual(['site unchanged']);
});

test('refuses delete_missing without a list', async () => {
  const { decide } = await setting();
  expect(refusalOf(await decide({ delete_missing: true }))).toMatchObject({ code: 'INVALID_REQUEST', field: 'delete_missing' });
});

test.each<[EventSource[], string]>([
  [[SITE, { ...SITE, name: 'Again' }], 'event_sources[1].event_source_id'],
  [
    [{ event_source_id: 'app' }, { ...SITE, allowed_domains: ['shop.example', 'https://shop.example/'] }],
    'event_sources[1].allowed_domains[1]',
  ],
])('fails one source alone, at its literal path', async (event_sources, field) => {
  const { sync, stored } = await setting();
  const shown = await sync({ event_sources });
  expect(shown[1]).toMatchObject({ action: 'failed', errors: [{ code: 'INVALID_REQUEST', field }] });
  expect(await stored()).toHaveLength(1);
});

test('keeps an account that is new in this very call', async () => {
  const { desk, caller } = await setting();
  const account = { ...caller.account, account_id: 'acct_new', library: 'acct_new', row_version: 0 };
  const decision = await syncEventSources(
    { idempotency_key: 'key-key-key-key-4', account: { account_id: 'acct_new' }, event_sources: [SITE] },
    { ...caller, account, reach: { ...caller.reach, library: 'acct_new' } },
    desk,
  );
  await record(desk, decision);
  expect(await desk.store.eventSources({ principal_id: 'buyer', library: 'acct_new', wide: false })).toHaveLength(1);
});
