import { describe, expect, test } from 'vitest';
import type { DeliveryFact } from '../../../src/domain/delivery-facts.ts';
import { testBuy, testPackage } from '../../support/running-buys.ts';
import { freshStore, given, type OpenStore } from './opening.ts';

const fact = (day: string, more: Partial<DeliveryFact>) =>
  ({ kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id: 'mb_1', day, increments: [], gauges: {}, ...more } }) as const;
const mobile = (impressions: number) => ({ package_id: 'p', dimension: 'device_type', about: { device_type: 'mobile' }, impressions }) as const;
const RANGE = { start: '2026-11-02', end: '2026-11-03' };

export function deliveryDetails(open: OpenStore): void {
  describe('delivery by the hour, by part, and what is counted besides', () => {
    const withBuy = async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_media_buy', buy: testBuy([testPackage('p')]) });
      return store;
    };

    test('adds other metrics up by package, creative and day, and reads those of a range', async () => {
      const store = await withBuy();
      const saves = (day: string, amount: number) => fact(day, { increments: [{ package_id: 'p', creative_id: 'c', impressions: 1, more: { saves: amount } }] });
      await given(store, saves('2026-11-02', 3), saves('2026-11-02', 4), saves('2026-11-03', 5));
      const more = async (range?: typeof RANGE) => (await store.delivery('buyer', ['mb_1'], range))[0]!.more?.map(({ day, amount }) => [day, amount]);
      expect([await more(), await more(RANGE)]).toEqual([[['2026-11-02', 7], ['2026-11-03', 5]], [['2026-11-02', 7]]]);
    });

    test('has nothing besides where nothing was counted', async () => {
      const store = await withBuy();
      await given(store, fact('2026-11-02', { increments: [{ package_id: 'p', impressions: 1 }] }));
      expect((await store.delivery('buyer', ['mb_1']))[0]).not.toHaveProperty('more');
    });

    test('sums parts over the days of a range, of the dimensions that are asked for', async () => {
      const store = await withBuy();
      const increments = [{ package_id: 'p', impressions: 1 }];
      await given(store, fact('2026-11-02', { increments, parts: [mobile(3)] }), fact('2026-11-02', { increments, parts: [mobile(4)] }), fact('2026-11-03', { increments, parts: [mobile(5)] }));
      const parts = async (...asked: Parameters<typeof store.delivery>) => (await store.delivery(...asked))[0]!.parts?.map(({ about, impressions }) => [about, impressions]);
      const about = { device_type: 'mobile' };
      expect(await parts('buyer', ['mb_1'], undefined, ['device_type'])).toEqual([[about, 12]]);
      expect(await parts('buyer', ['mb_1'], RANGE, ['device_type', 'geo'])).toEqual([[about, 7]]);
      expect([await parts('buyer', ['mb_1'], RANGE, ['geo']), await parts('buyer', ['mb_1'])]).toEqual([[], undefined]);
    });

    test('keeps what is reported by the hour at its hour, and a whole day at its first', async () => {
      const store = await withBuy();
      const shown = (impressions: number) => ({ increments: [{ package_id: 'p', impressions }] });
      await given(store, fact('2026-11-02', { ...shown(3), hour: 9 }), fact('2026-11-02', { ...shown(4), hour: 9 }), fact('2026-11-02', { ...shown(5), hour: 23 }), fact('2026-11-03', shown(6)));
      const hours = async (start: string, end: string) => (await store.delivery('buyer', ['mb_1'], { start, end, by: 'hour' }))[0]!.rows.map(({ day, counters }) => [day, counters.impressions]);
      expect(await hours('2026-11-02T09', '2026-11-03T01')).toEqual([['2026-11-02T09', 7], ['2026-11-02T23', 5], ['2026-11-03T00', 6]]);
      expect(await hours('2026-11-02T10', '2026-11-02T23')).toEqual([]);
      expect((await store.delivery('buyer', ['mb_1']))[0]!.rows.map(({ day, counters }) => [day, counters.impressions])).toEqual([['2026-11-02', 12], ['2026-11-03', 6]]);
    });
  });
}
