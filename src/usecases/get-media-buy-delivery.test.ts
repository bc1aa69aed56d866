import { expect, test } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { eventBatch, purchase, sourceRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { deliveryFact, type DeliveryReport } from '../domain/delivery-split.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Desk } from './desk.ts';
import type { GetMediaBuyDeliveryRequest } from '../protocol/wire/get-media-buy-delivery.ts';
import { getMediaBuyDelivery } from './get-media-buy-delivery.ts';

async function setting(buys: readonly MediaBuyRecord[] = [testBuy([testPackage('p')])], more: Partial<Omit<Desk, 'clock'>> = {}) {
  const desk = testDesk(more);
  const caller = await callerWithAccount(desk);
  await record(
    desk,
    buys.map((buy) => ({ kind: 'put_media_buy', buy }) as const),
  );
  const decide = (request: GetMediaBuyDeliveryRequest = {}) => getMediaBuyDelivery(request, caller, desk);
  const read = async (request: GetMediaBuyDeliveryRequest = {}) => {
    const body = await record(desk, await decide(request));
    expectOfficial('get_media_buy_delivery', body);
    return body;
  };
  const deliver = (day: string, report: DeliveryReport, buy = buys[0]!) =>
    record(desk, [{ kind: 'record_delivery', fact: deliveryFact(buy, report, day) }]);
  return { desk, caller, decide, read, deliver };
}

const impressions = (count: number): DeliveryReport => ({ counters: { impressions: count, spend_micros: count * 10_000 } });
const idsOf = (deliveries: readonly { media_buy_id: string }[]) => deliveries.map(({ media_buy_id }) => media_buy_id);

test('reports a buy that delivered nothing with a spend of 0', async () => {
  const { read } = await setting();
  const {
    media_buy_deliveries: [delivery],
    ...rest
  } = await read({ media_buy_ids: ['mb_1'] });
  expect(delivery).toMatchObject({
    media_buy_id: 'mb_1',
    status: 'active',
    totals: { impressions: 0, spend: 0 },
    by_package: [{ package_id: 'p', spend: 0, pricing_model: 'cpm', rate: 2, currency: 'USD' }],
  });
  expect(rest).toEqual({
    reporting_period: { start: '2026-11-01T00:00:00Z', end: '2026-11-20T12:00:00Z' },
    currency: 'USD',
    aggregated_totals: { impressions: 0, spend: 0, media_buy_count: 1 },
  });
});

test('adds up what was reported, over the whole life or over days without the last', async () => {
  const { read, deliver } = await setting();
  await deliver('2026-11-02', impressions(100));
  await deliver('2026-11-03', impressions(20));
  await deliver('2026-11-03', impressions(3));
  const shown = async (request: GetMediaBuyDeliveryRequest) => (await read(request)).media_buy_deliveries[0]!.totals.impressions;
  expect([
    await shown({}),
    await shown({ start_date: '2026-11-03' }),
    await shown({ end_date: '2026-11-03' }),
    await shown({ start_date: '2026-11-02', end_date: '2026-11-04' }),
    await shown({ start_date: '2026-11-04', end_date: '2026-11-05' }),
  ]).toEqual([123, 23, 100, 123, 0]);
});

test('breaks down by day only when asked', async () => {
  const { read, deliver } = await setting();
  await deliver('2026-11-02', impressions(100));
  await deliver('2026-11-03', impressions(20));
  const [plain] = (await read()).media_buy_deliveries;
  const [daily] = (await read({ include_package_daily_breakdown: true })).media_buy_deliveries;
  expect([plain!.daily_breakdown, plain!.by_package[0]!.daily_breakdown]).toEqual([undefined, undefined]);
  const days = [
    { date: '2026-11-02', impressions: 100, spend: 1 },
    { date: '2026-11-03', impressions: 20, spend: 0.2 },
  ];
  expect([daily!.daily_breakdown, daily!.by_package[0]!.daily_breakdown]).toEqual([days, days]);
});

test('answers in the order of the ids, leaves out unknown ones, and sums up', async () => {
  const { read, deliver } = await setting([
    testBuy([testPackage('p')]),
    testBuy([testPackage('q')], { media_buy_id: 'mb_2', status: 'paused' }),
    testBuy([testPackage('r')], { media_buy_id: 'mb_3', library: 'acct_other' }),
  ]);
  await deliver('2026-11-02', impressions(10));
  const named = await read({ media_buy_ids: ['mb_2', 'phantom', 'mb_3', 'mb_1'] });
  expect(idsOf(named.media_buy_deliveries)).toEqual(['mb_2', 'mb_1']);
  expect(named.aggregated_totals).toEqual({ impressions: 10, spend: 0.1, media_buy_count: 2 });
  expect(idsOf((await read()).media_buy_deliveries)).toEqual(['mb_1', 'mb_2']);
  expect(idsOf((await read({ status_filter: 'paused' })).media_buy_deliveries)).toEqual(['mb_2']);
  expect(idsOf((await read({ status_filter: ['active', 'paused'] })).media_buy_deliveries)).toEqual(['mb_1', 'mb_2']);
  expect(await read({ media_buy_ids: ['phantom'] })).toMatchObject({
    currency: 'USD',
    media_buy_deliveries: [],
    aggregated_totals: { media_buy_count: 0 },
  });
});

test('gives no sums over several currencies', async () => {
  const { read } = await setting([testBuy([testPackage('p')]), testBuy([testPackage('q')], { media_buy_id: 'mb_2', currency: 'EUR' })]);
  expect(await read()).not.toHaveProperty('aggregated_totals');
});

test('shows a buy as the clock leaves it, and stores that', async () => {
  const { desk, caller, read } = await setting([
    testBuy([testPackage('p')], { status: 'pending_start' }),
    testBuy([testPackage('q')], { media_buy_id: 'mb_2', end_time: '2026-11-19T00:00:00Z' }),
  ]);
  expect((await read()).media_buy_deliveries.map(({ status }) => status)).toEqual(['active', 'completed']);
  expect((await desk.store.mediaBuy(caller.reach, 'mb_1'))?.status).toBe('active');
  expect(idsOf((await read({ status_filter: 'completed' })).media_buy_deliveries)).toEqual(['mb_2']);
});

test.each<[GetMediaBuyDeliveryRequest, string]>([
  [{ start_date: '2026-11-31' }, 'start_date'],
  [{ start_date: '2026-11-02', end_date: '2026-11-02' }, 'end_date'],
])('refuses the days %j', async (request, field) => {
  const { decide } = await setting();
  expect(refusalOf(await decide(request))).toMatchObject({ code: 'INVALID_REQUEST', field });
});

test('refuses days of a product that is reported only over its whole life', async () => {
  const { decide, read } = await setting([testBuy([testPackage('p', {}, { reporting: { date_range_support: 'lifetime_only' } })])]);
  expect(refusalOf(await decide({ start_date: '2026-11-02', end_date: '2026-11-03' }))).toMatchObject({
    code: 'INVALID_REQUEST',
    field: 'start_date',
  });
  expect(refusalOf(await decide({ end_date: '2026-11-03' }))).toMatchObject({ field: 'end_date' });
  expect((await read()).media_buy_deliveries).toHaveLength(1);
});

const windowed = testPackage('p', {}, { reporting: { windowed_pull_granularities: ['daily', 'monthly'] } });

test('reports in parts that follow one another and add up', async () => {
  const { read, deliver } = await setting([testBuy([windowed])]);
  await deliver('2026-11-02', impressions(100));
  await deliver('2026-11-04', impressions(20));
  const { windows } = (
    await read({ start_date: '2026-11-02', end_date: '2026-11-05', time_granularity: 'daily', include_window_breakdown: true })
  ).media_buy_deliveries[0]!;
  expect(
    windows!.map(({ window_start, window_end, totals, by_package }) => [
      window_start,
      window_end,
      totals.impressions,
      by_package![0]!.impressions,
    ]),
  ).toEqual([
    ['2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z', 100, 100],
    ['2026-11-03T00:00:00Z', '2026-11-04T00:00:00Z', 0, 0],
    ['2026-11-04T00:00:00Z', '2026-11-05T00:00:00Z', 20, 20],
  ]);
  expect((await read({ time_granularity: 'monthly' })).media_buy_deliveries[0]).not.toHaveProperty('windows');
});

test('refuses a granularity that a product does not report', async () => {
  const plain = testBuy([testPackage('q')], { media_buy_id: 'mb_2' });
  const { decide } = await setting([testBuy([windowed]), plain]);
  expect(refusalOf(await decide({ time_granularity: 'daily' }))).toMatchObject({
    code: 'UNSUPPORTED_GRANULARITY',
    field: 'time_granularity',
    details: { supported_granularities: [] },
  });
  expect((await decide({ media_buy_ids: ['mb_1'], time_granularity: 'daily' })).kind).toBe('answer');
  expect(refusalOf(await decide({ media_buy_ids: ['mb_1'], time_granularity: 'hourly' }))).toMatchObject({
    code: 'UNSUPPORTED_GRANULARITY',
    details: { supported_granularities: ['daily', 'monthly'] },
  });
});

test('refuses more windows than anybody reads', async () => {
  const { decide } = await setting([testBuy([windowed])]);
  expect(refusalOf(await decide({ start_date: '2000-01-01', time_granularity: 'daily', include_window_breakdown: true }))).toMatchObject({
    code: 'INVALID_REQUEST',
    field: 'time_granularity',
  });
});

const aiming = (interval?: number) =>
  testPackage('p', {
    optimization_goals: [
      {
        kind: 'event',
        event_sources: [{ event_source_id: 'site', event_type: 'purchase', value_field: 'value' }],
        ...(interval ? { attribution_window: { post_click: { interval, unit: 'days' } } } : {}),
      },
    ],
  });

test('tells the window in which events count, and what of another one is not granted', async () => {
  const { read } = await setting([testBuy([aiming()])]);
  const applied = { post_click: { interval: 7, unit: 'days' } } as const;
  expect(await read()).toMatchObject({ attribution_window: applied });
  expect(await read({ attribution_window: applied })).not.toHaveProperty('errors');
  expect(
    await read({
      attribution_window: { post_click: { interval: 30, unit: 'days' }, post_view: { interval: 1, unit: 'days' }, model: 'linear' },
    }),
  ).toMatchObject({
    attribution_window: applied,
    media_buy_deliveries: [{ media_buy_id: 'mb_1' }],
    errors: ['post_click', 'post_view', 'model'].map((member) => ({ code: 'UNSUPPORTED_FEATURE', field: `attribution_window.${member}` })),
  });
});

test('tells no window for buys of several', async () => {
  const { read } = await setting([testBuy([aiming()]), testBuy([aiming(30)], { media_buy_id: 'mb_2' })]);
  expect(await read()).not.toHaveProperty('attribution_window');
});

test('refuses an attribution window where conversions are not tracked', async () => {
  const { conversion_tracking: _off, ...features } = ALL_FEATURES;
  const { decide } = await setting(undefined, { features });
  expect(refusalOf(await decide({ attribution_window: {} }))).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'attribution_window' });
});

test('counts logged events on their own days, once for two sources, and beside what the platform reports', async () => {
  const both = testPackage('p', {
    optimization_goals: [
      {
        kind: 'event',
        event_sources: ['site', 'server'].map((event_source_id) => ({ event_source_id, event_type: 'purchase', value_field: 'value' })),
      },
    ],
  });
  const { desk, read, deliver } = await setting([testBuy([both])]);
  await record(
    desk,
    ['site', 'server'].map((id) => ({ kind: 'put_event_source', source: sourceRecord(id) }) as const),
  );
  const events = [purchase('a', { event_time: '2026-11-03T10:00:00Z' }), purchase('b', { event_time: '2026-11-04T10:00:00Z' })];
  await record(desk, [
    { kind: 'record_events', batch: eventBatch('site', events) },
    { kind: 'record_events', batch: eventBatch('server', events) },
  ]);
  const totals = async (request: GetMediaBuyDeliveryRequest = {}) => (await read(request)).media_buy_deliveries[0]!.totals;
  expect(await totals()).toMatchObject({ conversions: 2, conversion_value: 20 });
  expect(await totals({ start_date: '2026-11-04', end_date: '2026-11-05' })).toMatchObject({ conversions: 1, conversion_value: 10 });
  await deliver('2026-11-20', { counters: { conversions: 1, spend_micros: 5_000_000 } });
  expect(await totals()).toMatchObject({ conversions: 1, conversion_value: 20, cost_per_acquisition: 5, roas: 4 });
});

test('cuts days into hours where a product is read by the hour; conversions stand at the hour in which they happened', async () => {
  const goal = { optimization_goals: [{ kind: 'event' as const, event_sources: [{ event_source_id: 'shop', event_type: 'purchase' as const, value_field: 'value' }] }] };
  const buy = testBuy([testPackage('p', goal, { reporting: { windowed_pull_granularities: ['hourly', 'daily'] } })]);
  const { read, desk } = await setting([buy]);
  for (const [hour, count] of [[9, 100], [10, 200], [23, 300]] as const)
    await record(desk, [{ kind: 'record_delivery', fact: deliveryFact(buy, impressions(count), '2026-11-02', hour) }]);
  await record(desk, [{ kind: 'record_events', batch: eventBatch('shop', [purchase('a', { event_time: '2026-11-02T10:59:59Z' }), purchase('b', { event_time: '2026-11-02T11:00:00Z' })]) }]);
  const asked = { start_date: '2026-11-02', end_date: '2026-11-03', time_granularity: 'hourly', include_window_breakdown: true } as const;
  const [{ totals, windows = [] } = {} as never] = (await read({ ...asked, include_package_daily_breakdown: true })).media_buy_deliveries;
  expect([windows.length, windows[0]!.window_start, windows[23]!.window_end]).toEqual([24, '2026-11-02T00:00:00Z', '2026-11-03T00:00:00Z']);
  const told = (at: number) => [windows[at]!.totals.impressions, windows[at]!.totals.conversions, windows[at]!.totals.conversion_value];
  expect([told(9), told(10), told(11), told(23), told(0)]).toEqual([[100, 0, 0], [200, 1, 10], [0, 1, 10], [300, 0, 0], [0, 0, 0]]);
  const sum = (of: (each: (typeof windows)[number]) => number | undefined) => windows.reduce((all, each) => all + of(each)!, 0);
  expect([sum((each) => each.totals.impressions), sum((each) => each.totals.spend)]).toEqual([totals.impressions, totals.spend]);
});

test('keeps hours from the time on at which reports by the hour are asked for, and of what counted before', async () => {
  const goal = { optimization_goals: [{ kind: 'event' as const, event_sources: [{ event_source_id: 'shop', event_type: 'purchase' as const }] }] };
  const buy = testBuy([testPackage('p', goal)]);
  const { desk } = await setting([buy]);
  await record(desk, [{ kind: 'record_events', batch: eventBatch('shop', [purchase('a', { event_time: '2026-11-02T10:00:00Z' })]) }]);
  const hours = async () => (await desk.store.delivery('buyer', ['mb_1'], { start: '2026-11-02T00', end: '2026-11-03T00', by: 'hour' }))[0]!.rows.map(({ day, attributed }) => [day, attributed.conversions]);
  expect(await hours()).toEqual([]);
  const reporting_webhook = { url: 'https://buyer.example/reports', reporting_frequency: 'hourly' } as never;
  await record(desk, [{ kind: 'put_media_buy', buy: { ...buy, row_version: 1, reporting_webhook } }]);
  await record(desk, [{ kind: 'record_events', batch: eventBatch('shop', [purchase('b', { event_time: '2026-11-02T12:00:00Z' })]) }]);
  expect(await hours()).toEqual([['2026-11-02T10', 1], ['2026-11-02T12', 1]]);
});
