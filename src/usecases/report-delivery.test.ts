import { expect, test } from 'vitest';
import { buyer, END, START, type Order } from '../../test/support/buying.ts';
import { testProduct } from '../../test/support/desk.ts';
import { hasOfficial, officialSchemas } from '../../test/support/official-schemas.ts';
import { deliveryFact } from '../domain/delivery-split.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import { queuedWindow } from '../domain/window-notice.ts';
import { background } from '../pipeline/background.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import type { GetMediaBuyDeliverySuccess } from '../protocol/wire/get-media-buy-delivery.ts';

const official = hasOfficial('that reports satisfy AdCP\'s own schemas');
const HOOK = { url: 'https://buyer.example/reports', authentication: { schemes: ['Bearer' as const], credentials: 'a-secret-of-thirty-two-characters' }, reporting_frequency: 'daily' as const };

interface Report {
  readonly idempotency_key: string;
  readonly result: GetMediaBuyDeliverySuccess;
}

async function reported(order: Order = {}, products?: readonly Product[]) {
  const own = await buyer(products ? { products } : {});
  const { desk } = own;
  const { media_buy_id } = await own.create({ start_time: START, end_time: '2026-12-14T00:00:00Z', reporting_webhook: HOOK, ...order });
  const due = async () => {
    const jobs = await desk.store.leaseJobs('2100-01-01T00:00:00.000Z', '2100-01-01T01:00:00.000Z', 10);
    for (const { job } of jobs) if (job.kind !== 'report_delivery') await desk.store.finishJob(job.job_id, { kind: 'done' });
    return jobs.map(({ job }) => job).find((job): job is JobOf<'report_delivery'> => job.kind === 'report_delivery');
  };
  const posted = async (): Promise<Report[]> =>
    (await desk.store.webhooks({ about: `media_buy:${media_buy_id}` }, 50)).map(({ webhook }) => JSON.parse(webhook.body) as Report).toReversed();
  /** Makes every report until there is none left. */
  const all = async () => {
    for (let job = await due(); job; job = await due()) {
      desk.clock.at = job.run_at;
      expect(await background(desk, {}).reportDelivery(job)).toEqual({ kind: 'done' });
      await desk.store.finishJob(job.job_id, { kind: 'done' });
    }
    return posted();
  };
  return { ...own, media_buy_id, due, posted, all };
}

test('a report for each day of the flight, an hour after it, until the final one', async () => {
  const { all } = await reported();
  const reports = await all();
  expect(reports.map(({ result }) => [result.notification_type, result.sequence_number, result.reporting_period, result.next_expected_at])).toEqual([
    ['scheduled', 1, { start: '2026-12-11T00:00:00Z', end: '2026-12-12T00:00:00Z' }, '2026-12-13T01:00:00.000Z'],
    ['scheduled', 2, { start: '2026-12-12T00:00:00Z', end: '2026-12-13T00:00:00Z' }, '2026-12-14T01:00:00.000Z'],
    ['final', 3, { start: '2026-12-13T00:00:00Z', end: '2026-12-14T00:00:00Z' }, undefined],
  ]);
  expect(new Set(reports.map(({ idempotency_key }) => idempotency_key)).size).toBe(3);
});

test.runIf(official)('reports satisfy AdCP\'s schemas', async () => {
  for (const report of await (await reported()).all()) {
    expect(officialSchemas().validate('core/mcp-webhook-payload.json', report)).toEqual([]);
    expect(officialSchemas().validate('media-buy/media-buy-delivery-webhook-result.json', report.result)).toEqual([]);
  }
});

test('a report tells what the day delivered, and only the metrics that are wanted', async () => {
  const { desk, due, media_buy_id, posted } = await reported({ reporting_webhook: { ...HOOK, requested_metrics: ['clicks'] } });
  const job = (await due())!;
  const buy = (await desk.store.mediaBuy({ principal_id: 'buyer', wide: true }, media_buy_id))!;
  const counters = { impressions: 500, clicks: 7, spend_micros: 1_000_000 };
  const facts = ['2026-12-11', '2026-12-12'].map((day) => ({ kind: 'record_delivery' as const, fact: deliveryFact(buy, { counters }, day) }));
  await desk.store.commit({ changes: facts, audit: { at: job.run_at, principal_id: 'buyer', task: 't', subjects: [] } });
  desk.clock.at = job.run_at;
  await background(desk, {}).reportDelivery(job);
  const [{ totals, by_package }] = (await posted())[0]!.result.media_buy_deliveries as [GetMediaBuyDeliverySuccess['media_buy_deliveries'][number]];
  expect(totals).toMatchObject({ spend: 1, clicks: 7 });
  expect(totals).not.toHaveProperty('impressions');
  expect(by_package[0]).toMatchObject({ clicks: 7, rate: expect.any(Number) });
});

test('a job that is done again after a crash makes no second event', async () => {
  const { desk, due, posted } = await reported();
  const job = (await due())!;
  desk.clock.at = job.run_at;
  await background(desk, {}).reportDelivery(job);
  expect(await background(desk, {}).reportDelivery(job)).toEqual({ kind: 'done' });
  expect(await posted()).toHaveLength(1);
});

test('a canceled buy is reported for the day of its end, and no more', async () => {
  const { desk, update, media_buy_id, all } = await reported();
  desk.clock.at = '2026-12-11T15:00:00.000Z';
  await update({ media_buy_id, canceled: true });
  expect((await all()).map(({ result }) => [result.notification_type, result.media_buy_deliveries[0]!.status])).toEqual([['final', 'canceled']]);
});

test('reports may be asked for later, and start then; asking again starts no second row of them', async () => {
  const { desk, update, media_buy_id, all } = await reported({ reporting_webhook: undefined as never });
  desk.clock.at = '2026-12-12T10:00:00.000Z';
  await update({ media_buy_id, reporting_webhook: HOOK });
  await update({ media_buy_id, reporting_webhook: { ...HOOK, url: 'https://buyer.example/moved' } });
  expect((await all()).map(({ result }) => result.reporting_period.start)).toEqual(['2026-12-12T00:00:00Z', '2026-12-13T00:00:00Z']);
  expect((await desk.store.webhooks({}, 10)).map(({ webhook }) => webhook.url)).toEqual(['https://buyer.example/moved', 'https://buyer.example/moved']);
});

test('a frequency that not every product is reported at is refused', async () => {
  const hourly = testProduct('hourly', { reporting_capabilities: { ...testProduct('x').reporting_capabilities, available_reporting_frequencies: ['hourly', 'daily'] } });
  const own = await buyer({ products: [hourly, testProduct('display_auction')] });
  const order = (...product_ids: string[]): Order => ({
    start_time: START, end_time: END, reporting_webhook: { ...HOOK, reporting_frequency: 'hourly' }, packages: product_ids.map((product_id) => ({ product_id })),
  });
  expect(await own.refusedCreate(order('hourly', 'display_auction'))).toMatchObject([{ code: 'INVALID_REQUEST', field: 'reporting_webhook.reporting_frequency' }]);
  const { media_buy_id } = await own.create(order('hourly'));
  expect(await own.refusedUpdate({ media_buy_id, reporting_webhook: { ...HOOK, reporting_frequency: 'monthly' } })).toMatchObject([{ field: 'reporting_webhook.reporting_frequency' }]);
});

test('a report by the hour tells its hour alone', async () => {
  const reporting_capabilities = { ...testProduct('x').reporting_capabilities, available_reporting_frequencies: ['hourly', 'daily'] as ('hourly' | 'daily')[] };
  const hourly = { reporting_webhook: { ...HOOK, reporting_frequency: 'hourly' as const }, end_time: '2026-12-11T11:00:00Z' };
  const { desk, due, media_buy_id, posted } = await reported(hourly, [testProduct('display_auction', { reporting_capabilities })]);
  const buy = (await desk.store.mediaBuy({ principal_id: 'buyer', wide: true }, media_buy_id))!;
  const facts = [9, 10].map((hour) => ({ kind: 'record_delivery' as const, fact: deliveryFact(buy, { counters: { impressions: hour * 100, spend_micros: hour * 1_000_000 } }, '2026-12-11', hour) }));
  await desk.store.commit({ changes: facts, audit: { at: desk.clock.at, principal_id: 'buyer', task: 't', subjects: [] } });
  for (let job = await due(); job; job = await due()) {
    desk.clock.at = job.run_at;
    await background(desk, {}).reportDelivery(job);
    await desk.store.finishJob(job.job_id, { kind: 'done' });
  }
  const told = (await posted()).map(({ result }) => [result.reporting_period.start, result.media_buy_deliveries[0]!.totals.impressions]);
  expect(told.filter(([, impressions]) => impressions !== 0)).toEqual([['2026-12-11T09:00:00Z', 900], ['2026-12-11T10:00:00Z', 1000]]);
});

test('figures of another measurement window are told at once: which window, and which it takes the place of', async () => {
  const { desk, media_buy_id, posted } = await reported();
  const buy = (await desk.store.mediaBuy({ principal_id: 'buyer', wide: true }, media_buy_id))!;
  const measure = async (before: object, gauges: object) => {
    const news = queuedWindow(buy, before, gauges, desk.ids, desk.clock.at);
    const fact = deliveryFact(buy, { counters: { impressions: 1000 }, gauges }, '2026-12-11');
    await desk.store.commit({ changes: [{ kind: 'record_delivery', fact }, ...news], audit: { at: desk.clock.at, principal_id: 'buyer', task: 't', subjects: [] } });
    for (const { job } of await desk.store.leaseJobs('2100-01-01T00:00:00.000Z', '2100-01-01T01:00:00.000Z', 10)) {
      if (job.kind === 'report_window') await background(desk, {}).reportWindow(job);
      if (job.kind === 'report_window') await desk.store.finishJob(job.job_id, { kind: 'done' });
    }
    return news.length;
  };
  expect(await measure({}, { is_final: false })).toBe(0);
  expect(await measure({}, { measurement_window: 'c3', is_final: false })).toBe(1);
  expect(await measure({ measurement_window: 'c3', is_final: false }, { measurement_window: 'c3', is_final: false })).toBe(0);
  expect(await measure({ measurement_window: 'c3', is_final: false }, { measurement_window: 'c7', is_final: true, finalized_at: '2026-12-20T00:00:00Z' })).toBe(1);
  const told = (await posted()).map(({ result }) => result);
  expect(told.map(({ notification_type, media_buy_deliveries: [delivery] }) => [notification_type, delivery!.by_package[0]])).toMatchObject([
    ['window_update', { measurement_window: 'c3', is_final: false }],
    ['window_update', { measurement_window: 'c7', supersedes_window: 'c3', is_final: true }],
  ]);
  const issues = told.flatMap((result) => (official ? officialSchemas().validate('media-buy/media-buy-delivery-webhook-result.json', result) : []));
  expect(issues).toEqual([]);
});
