import { describe, expect, test } from 'vitest';
import type { DeliveryFact } from '../../../src/domain/delivery-facts.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import { testBuy, testPackage } from '../../support/running-buys.ts';
import { commit, freshStore, given, type OpenStore } from './opening.ts';

const fact = (day: string, increments: DeliveryFact['increments'], gauges: DeliveryFact['gauges'] = {}) =>
  ({ kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id: 'mb_1', day, increments, gauges } }) as const;

async function withBuy(open: OpenStore): Promise<Store> {
  const store = await freshStore(open);
  await given(store, { kind: 'put_media_buy', buy: testBuy([testPackage('p')]) });
  return store;
}

const ledger = async (store: Store, range?: { start: string; end: string }) => (await store.delivery('buyer', ['mb_1'], range))[0]!;

export function delivery(open: OpenStore): void {
  describe('delivery', () => {
    test('adds counters up by package, creative and day', async () => {
      const store = await withBuy(open);
      await given(
        store,
        fact('2026-11-02', [
          { package_id: 'p', impressions: 10, spend_micros: 5 },
          { package_id: 'p', creative_id: 'c', clicks: 1 },
        ]),
      );
      await given(
        store,
        fact('2026-11-02', [{ package_id: 'p', impressions: 3, conversions: 2 }]),
        fact('2026-11-01', [{ package_id: 'p', views: 4 }]),
      );
      const none = { impressions: 0, clicks: 0, views: 0, completed_views: 0, spend_micros: 0, conversions: 0, conversion_value_micros: 0 };
      const row = { media_buy_id: 'mb_1', package_id: 'p', attributed: { conversions: 0, conversion_value_micros: 0 } };
      expect((await ledger(store)).rows).toEqual([
        { ...row, day: '2026-11-01', counters: { ...none, views: 4 } },
        { ...row, day: '2026-11-02', counters: { ...none, impressions: 13, spend_micros: 5, conversions: 2 } },
        { ...row, day: '2026-11-02', creative_id: 'c', counters: { ...none, clicks: 1 } },
      ]);
    });

    test('keeps the latest of each gauge', async () => {
      const store = await withBuy(open);
      await given(store, fact('2026-11-02', [], { reach: 100, frequency: 2 }));
      await given(store, fact('2026-11-03', [], { reach: 150, is_final: true }));
      expect((await ledger(store)).gauges).toEqual({ reach: 150, frequency: 2, is_final: true });
    });

    test('reads a range of days without its end, and tells the span of all', async () => {
      const store = await withBuy(open);
      await given(
        store,
        ...['2026-11-01', '2026-11-02', '2026-11-03', '2099-01-01'].map((day) => fact(day, [{ package_id: 'p', impressions: 1 }])),
      );
      const { rows, span } = await ledger(store, { start: '2026-11-02', end: '2026-11-03' });
      expect(rows.map(({ day }) => day)).toEqual(['2026-11-02']);
      expect(span).toEqual({ first: '2026-11-01', last: '2099-01-01' });
    });

    test('has an empty ledger for a buy that delivered nothing, and none for an unknown one', async () => {
      const store = await withBuy(open);
      expect(await store.delivery('buyer', ['unknown', 'mb_1'])).toEqual([{ media_buy_id: 'mb_1', rows: [], gauges: {} }]);
      expect(await store.delivery('stranger', ['mb_1'])).toEqual([]);
    });

    test('answers in the order of the ids', async () => {
      const store = await withBuy(open);
      await given(store, { kind: 'put_media_buy', buy: testBuy([testPackage('q')], { media_buy_id: 'mb_2' }) });
      expect((await store.delivery('buyer', ['mb_2', 'mb_1'])).map(({ media_buy_id }) => media_buy_id)).toEqual(['mb_2', 'mb_1']);
    });

    test('is stale for a buy that does not exist', async () => {
      const store = await withBuy(open);
      const unknown = fact('2026-11-02', []);
      expect(await commit(store, { ...unknown, fact: { ...unknown.fact, media_buy_id: 'unknown' } })).toBe('stale');
    });
  });
}
