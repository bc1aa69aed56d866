import { expect, test } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { catalogRecord, itemRecord, sourceRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { ConversionEvent } from '../protocol/wire/core/conversion-event.ts';
import type { EventSource } from '../protocol/wire/core/event-source.ts';
import type { LogEventRequest } from '../protocol/wire/log-event.ts';
import { logEvent } from './log-event.ts';

const EMAIL = 'a'.repeat(64);
const event = (event_id: string, more: Partial<ConversionEvent> = {}): ConversionEvent => ({
  event_id,
  event_type: 'purchase',
  event_time: '2026-11-20T10:00:00+02:00',
  user_match: { hashed_email: EMAIL },
  custom_data: { value: 10, currency: 'USD' },
  ...more,
});

/** An account with one source and a buy that aims at its purchases. */
async function setting(source: Partial<EventSource> = {}) {
  const desk = testDesk({ platform: testPlatform });
  const caller = await callerWithAccount(desk);
  const buy = testBuy([
    testPackage('p', {
      optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'site', event_type: 'purchase', value_field: 'value' }] }],
    }),
  ]);
  await record(desk, [
    { kind: 'put_event_source', source: sourceRecord('site', {}, source) },
    { kind: 'put_media_buy', buy },
  ]);
  const decide = (events: ConversionEvent[], more: Partial<LogEventRequest> = {}) =>
    logEvent({ idempotency_key: 'key-key-key-key-1', event_source_id: 'site', events, ...more }, caller, desk);
  const log = async (events: ConversionEvent[], more: Partial<LogEventRequest> = {}) => {
    const body = await record(desk, await decide(events, more));
    expectOfficial('log_event', body);
    return body;
  };
  const conversions = async () =>
    (await desk.store.delivery('buyer', ['mb_1']))[0]!.rows.reduce((sum, { attributed }) => sum + attributed.conversions, 0);
  return { desk, caller, decide, log, conversions };
}

test('records events, says how well they can be matched, and complains of nothing', async () => {
  const { log, conversions } = await setting();
  expect(await log([event('a'), event('b', { event_time: '2099-01-01T00:00:00Z' })])).toEqual({
    events_received: 2,
    events_processed: 2,
    match_quality: 1,
  });
  expect(await conversions()).toBe(1);
});

test('takes the same event again, and counts it once', async () => {
  const { log, conversions } = await setting();
  expect(await log([event('a'), event('a')])).toMatchObject({ events_received: 2, events_processed: 2 });
  expect(await log([event('a')])).toMatchObject({ events_processed: 1 });
  expect(await conversions()).toBe(1);
});

test('passes on what it recorded, a thousand events at a time, in one lane of the source', async () => {
  const { desk, log } = await setting();
  await log(Array.from({ length: 2001 }, (_, at) => event(`e${at}`)));
  const pushes = await pushed(desk.store);
  expect(pushes.map(({ lane, calls }) => [lane, calls.length, (calls[0]!.body['events'] as unknown[]).length])).toEqual(
    [1000, 1000, 1].map((events) => ['event_source:acct_test/site', 1, events]),
  );
  expect(pushes[2]?.calls[0]?.body).toEqual({ account_id: 'acct_test', events: [event('e2000')] });
});

test('has nothing to pass on without a platform', async () => {
  const { desk, caller } = await setting();
  const { platform: _none, ...alone } = desk;
  await record(
    desk,
    await logEvent({ idempotency_key: 'key-key-key-key-2', event_source_id: 'site', events: [event('a')] }, caller, alone),
  );
  expect(await pushed(desk.store)).toEqual([]);
});

test('refuses a source that is not registered', async () => {
  const { decide } = await setting();
  expect(refusalOf(await decide([event('a')], { event_source_id: 'phantom' }))).toMatchObject({
    code: 'INVALID_REQUEST',
    field: 'event_source_id',
  });
});

test('refuses a source that several accounts have, unless the account is named', async () => {
  const { desk, decide, caller } = await setting();
  await record(desk, [{ kind: 'put_event_source', source: sourceRecord('site', { library: 'acct_other' }) }]);
  const anywhere = { principal: caller.principal, reach: { principal_id: 'buyer', wide: false } };
  const request = { idempotency_key: 'key-key-key-key-3', event_source_id: 'site', events: [event('a')] };
  expect(refusalOf(await logEvent(request, anywhere, desk))).toMatchObject({ code: 'ACCOUNT_AMBIGUOUS', field: 'event_source_id' });
  expect((await decide([event('a')])).kind).toBe('answer');
});

test('finds the source by its id alone when the call names no account', async () => {
  const { desk, conversions } = await setting();
  const anywhere = { principal: { principal_id: 'buyer', mode: 'live' as const }, reach: { principal_id: 'buyer', wide: false } };
  await record(
    desk,
    await logEvent({ idempotency_key: 'key-key-key-key-4', event_source_id: 'site', events: [event('a')] }, anywhere, desk),
  );
  expect(await conversions()).toBe(1);
});

test.each<[string, Partial<EventSource>, Partial<ConversionEvent>, RegExp]>([
  ['a type that the source does not take', { event_types: ['lead', 'purchase'] }, { event_type: 'page_view' }, /takes lead, purchase/],
  [
    'a page of another site',
    { allowed_domains: ['shop.example'] },
    { event_source_url: 'https://notshop.example/x' },
    /domains registered for site: shop\.example/,
  ],
  [
    'a page that cannot exist',
    { allowed_domains: ['shop.example'] },
    { event_source_url: 'http://999.1.1.1/x' },
    /domains registered for site: shop\.example/,
  ],
])('fails an event with %s alone, and passes on only the others', async (_name, source, flaw, message) => {
  const { desk, log, conversions } = await setting(source);
  expect(await log([event('good'), event('bad', flaw)])).toEqual({
    events_received: 2,
    events_processed: 1,
    match_quality: 1,
    partial_failures: [{ event_id: 'bad', code: 'INVALID_REQUEST', message: expect.stringMatching(message) as string }],
  });
  expect(await conversions()).toBe(1);
  expect((await pushed(desk.store)).map(({ calls }) => calls[0]?.body['events'])).toMatchObject([[{ event_id: 'good' }]]);
});

test('records nothing and passes on nothing when no event is good', async () => {
  const { desk, log } = await setting({ event_types: ['lead'] });
  expect(await log([event('a')])).toMatchObject({ events_received: 1, events_processed: 0, match_quality: 0 });
  expect(await pushed(desk.store)).toEqual([]);
});

test('takes pages of registered domains and of their subdomains', async () => {
  const { log } = await setting({ allowed_domains: ['Shop.example'] });
  expect(
    await log(
      ['https://shop.example/', 'https://book.shop.example/a?b'].map((event_source_url, at) => event(`e${at}`, { event_source_url })),
    ),
  ).toMatchObject({ events_processed: 2 });
});

test('only checks test events', async () => {
  const { desk, log, conversions } = await setting({ event_types: ['purchase'] });
  const body = await log([event('a'), event('b', { event_type: 'lead' })], { test_event_code: 'T1' });
  expect(body).toMatchObject({
    events_received: 2,
    events_processed: 1,
    partial_failures: [{ event_id: 'b' }],
    warnings: [expect.stringContaining('neither recorded')],
  });
  expect([await conversions(), await pushed(desk.store)]).toEqual([0, []]);
});

test('tells the part of the events that name somebody, and what else makes them less useful', async () => {
  const { log } = await setting({ action_source: 'website' });
  const { user_match: _nobody, ...anonymous } = event('a', { custom_data: { value: 3 } });
  const { match_quality, warnings } = await log([anonymous, event('b', { event_type: 'custom' }), event('c', { action_source: 'app' })]);
  expect(match_quality).toBe(0.6667);
  expect(warnings?.map((line) => line.split(' ').slice(0, 6).join(' '))).toEqual([
    '1 of 3 events name nobody',
    '1 of 3 events have a',
    '1 of 3 events are custom',
    '2 of 3 events happened on',
  ]);
});

test('takes ten thousand events in about a second', async () => {
  const { log, conversions } = await setting();
  const events = Array.from({ length: 10_000 }, (_, at) => event(`e${at}`));
  const from = performance.now();
  await log(events);
  expect(performance.now() - from).toBeLessThan(3000);
  expect(await conversions()).toBe(10_000);
});

test('warns of events that name none of the items of an account with catalogues', async () => {
  const { desk, log } = await setting();
  const about = (event_id: string, ...content_ids: string[]) => event(event_id, { custom_data: { content_ids } });
  const warnings = async (...events: ConversionEvent[]) => (await log(events)).warnings;
  expect(await warnings(about('1', 'anything'))).toBeUndefined();
  await record(desk, [
    { kind: 'put_catalog', catalog: catalogRecord('menu'), items: [itemRecord('soup', { content_id: 'sku-soup' })] },
    { kind: 'put_catalog', catalog: catalogRecord('menu', { library: 'acct_other' }), items: [itemRecord('fish')] },
  ]);
  expect(await warnings(about('2', 'sku-soup', 'other'), event('3', { custom_data: { contents: [{ id: 'sku-soup' }] } }), event('4'))).toBeUndefined();
  expect(await warnings(about('5', 'soup'), about('6', 'fish'), event('7'))).toEqual(["2 of 3 events name in content_ids no item of the account's catalogues"]);
});
