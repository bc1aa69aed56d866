import { describe, expect, test } from 'vitest';
import type { FeedbackRecord } from '../../../src/domain/performance-feedback.ts';
import type { UsageRecord } from '../../../src/domain/usage-record.ts';
import { testBuy, testPackage } from '../../support/running-buys.ts';
import { freshStore, given, opened, type OpenStore } from './opening.ts';

const feedback = (performance_index: number, more: Partial<FeedbackRecord> = {}): FeedbackRecord => ({
  principal_id: 'buyer', media_buy_id: 'mb_1', measurement_period: { start: '2026-11-01T00:00:00Z', end: '2026-11-08T00:00:00Z' },
  performance_index, metric_type: 'viewability', feedback_source: 'platform_analytics', received_at: '2026-11-20T12:00:00.000Z', ...more,
});
const usage = (vendor_cost: number, more: Partial<UsageRecord> = {}): UsageRecord => ({
  principal_id: 'buyer', account_id: 'acct_test', reporting_period: { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z' },
  received_at: '2026-11-20T12:00:00.000Z', entry: { vendor_cost, currency: 'USD' }, ...more,
});
const delivered = (media_buy_id: string, day: string, spend_micros: number) =>
  ({ kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id, day, increments: [{ package_id: 'p', spend_micros }], gauges: {} } }) as const;
const NOVEMBER = { start: '2026-11-01', end: '2026-12-01' };

export function books(open: OpenStore): void {
  describe('books', () => {
    test('keep feedback and usage in the order in which they came, apart by buy, account and caller', async () => {
      const { store, reopen } = await opened(open);
      await given(store, ...[feedback(1), feedback(0.5), feedback(2, { media_buy_id: 'mb_2' }), feedback(3, { principal_id: 'other' })]
        .map((each) => ({ kind: 'put_feedback', feedback: each }) as const));
      await given(store, ...[usage(1), usage(2), usage(3, { account_id: 'acct_2' }), usage(4, { principal_id: 'other' })]
        .map((each) => ({ kind: 'put_usage', usage: each }) as const));
      const again = await reopen();
      expect(await again.feedback('buyer', 'mb_1')).toEqual([feedback(1), feedback(0.5)]);
      expect(await again.usage('buyer', 'acct_test')).toEqual([usage(1), usage(2)]);
    });

    test('add up what the buys of an account spent, currency by currency, the one bought in last at the end', async () => {
      const store = await freshStore(open);
      const euros = { currency: 'EUR' } as const;
      await given(store,
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')]) },
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { media_buy_id: 'mb_2', ...euros }) },
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { media_buy_id: 'mb_3' }) },
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { media_buy_id: 'mb_4', account_id: 'acct_2' }) });
      await given(store, ...['mb_1', 'mb_2', 'mb_3', 'mb_4'].flatMap((id, at) => [delivered(id, '2026-11-01', at + 1), delivered(id, '2026-12-01', 100)]));
      expect(await store.spending('buyer', 'acct_test', NOVEMBER)).toEqual([
        { currency: 'EUR', spend_micros: 2, media_buy_count: 1 }, { currency: 'USD', spend_micros: 4, media_buy_count: 2 },
      ]);
      expect(await store.spending('stranger', 'acct_test', NOVEMBER)).toEqual([]);
    });

    test('count a buy that ran without spending, and none that never ran or ran at another time', async () => {
      const store = await freshStore(open);
      await given(store,
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { end_time: '2026-11-30T23:59:59Z' }) },
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { media_buy_id: 'mb_2', status: 'canceled' }) },
        { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { media_buy_id: 'mb_3', start_time: '2026-12-01T00:00:00Z', end_time: '2027-01-01T00:00:00Z' }) });
      expect(await store.spending('buyer', 'acct_test', NOVEMBER)).toEqual([{ currency: 'USD', spend_micros: 0, media_buy_count: 1 }]);
    });

    test('follow a buy that moves to another account', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_media_buy', buy: testBuy([testPackage('p')]) });
      await given(store, { kind: 'put_media_buy', buy: testBuy([testPackage('p')], { row_version: 1, account_id: 'acct_2' }) });
      expect([(await store.spending('buyer', 'acct_test', NOVEMBER)).length, (await store.spending('buyer', 'acct_2', NOVEMBER)).length]).toEqual([0, 1]);
    });
  });
}
