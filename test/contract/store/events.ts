import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventRecord } from '../../../src/domain/conversion-event.ts';
import type { MediaBuyRecord } from '../../../src/domain/media-buy.ts';
import { withinWindow } from '../../../src/domain/ports/attribution-policy.ts';
import type { Change, Store } from '../../../src/domain/ports/store.ts';
import { eventBatch, purchase } from '../../support/library-records.ts';
import { testBuy, testPackage } from '../../support/running-buys.ts';
import { freshStore, given, OWN, type OpenStore } from './opening.ts';

const source = (event_source_id: string) => ({ event_source_id, event_type: 'purchase', value_field: 'value' }) as const;
const aimed = (package_id: string, ...sources: string[]) =>
  testPackage(package_id, {
    optimization_goals: [{ kind: 'event', event_sources: sources.map(source) }],
    creative_assignments: [{ creative_id: 'x' }, { creative_id: 'y' }],
  });
const put = (buy: MediaBuyRecord): Change => ({ kind: 'put_media_buy', buy });
const logged = (event_source_id: string, ...some: EventRecord[]): Change => ({
  kind: 'record_events',
  batch: eventBatch(event_source_id, some),
});

/** What events have added to a buy: conversions, their value in micros, and on which days. */
async function counted(store: Store, media_buy_id = 'mb_1') {
  const { rows } = (await store.delivery('buyer', [media_buy_id]))[0]!;
  return {
    conversions: rows.reduce((sum, row) => sum + row.attributed.conversions, 0),
    value: rows.reduce((sum, row) => sum + row.attributed.conversion_value_micros, 0),
    days: [...new Set(rows.map((row) => row.day))].sort(),
  };
}

export function events(open: OpenStore): void {
  describe('events', () => {
    test('count once for a buy that aims at their source and type', async () => {
      const store = await freshStore(open);
      await given(
        store,
        put(testBuy([aimed('p', 'site')])),
        put(testBuy([aimed('q', 'site')], { media_buy_id: 'mb_2' })),
        put(testBuy([aimed('r', 'app')], { media_buy_id: 'mb_3' })),
      );
      await given(store, logged('site', purchase('a'), purchase('b', { event_type: 'lead' }), purchase('a')));
      await given(store, logged('site', purchase('a', { custom_data: { value: 99, currency: 'USD' } })));
      const once = { conversions: 1, value: 10_000_000, days: ['2026-11-20'] };
      expect([await counted(store), await counted(store, 'mb_2'), await counted(store, 'mb_3')]).toEqual([
        once,
        once,
        { conversions: 0, value: 0, days: [] },
      ]);
    });

    test('count once when they come through two sources of a goal, and the first named source tells their value', async () => {
      for (const order of [
        ['pixel', 'server'],
        ['server', 'pixel'],
      ]) {
        const store = await freshStore(open);
        await given(store, put(testBuy([aimed('p', 'pixel', 'server')])));
        const sent: Record<string, EventRecord> = {
          pixel: purchase('a', { event_time: '2026-11-20T00:00:00Z' }),
          server: purchase('a', { event_time: '2026-11-21T00:00:00Z', custom_data: { value: 7 } }),
        };
        for (const each of order) await given(store, logged(each, sent[each]!));
        expect(await counted(store)).toEqual({ conversions: 1, value: 10_000_000, days: ['2026-11-20'] });
      }
    });

    test('count for a buy that is made after they were logged', async () => {
      const store = await freshStore(open);
      await given(store, logged('site', purchase('a'), purchase('too early', { event_time: '2026-10-31T23:59:59Z' })));
      await given(store, put(testBuy([aimed('p', 'site')])));
      expect(await counted(store)).toMatchObject({ conversions: 1 });
    });

    test('count for a buy that begins to aim at their source, and not again at its next change', async () => {
      const store = await freshStore(open);
      await given(store, put(testBuy([aimed('p', 'app')])), logged('site', purchase('a')));
      for (const more of [{}, { status: 'paused' as const }]) {
        const read = (await store.mediaBuy(OWN, 'mb_1'))!;
        await given(store, put({ ...testBuy([aimed('p', 'site')], more), row_version: read.row_version }));
      }
      expect(await counted(store)).toMatchObject({ conversions: 1 });
    });

    test('count when they are logged after the buy has ended, if they happened in its window', async () => {
      const store = await freshStore(open);
      await given(store, put(testBuy([aimed('p', 'site')])));
      const read = (await store.mediaBuy(OWN, 'mb_1'))!;
      await given(store, put({ ...read, status: 'completed' }));
      await given(
        store,
        logged(
          'site',
          purchase('in the flight'),
          purchase('in the window', { event_time: '2026-12-07T00:00:00Z' }),
          purchase('too late', { event_time: '2026-12-09T00:00:00Z' }),
        ),
      );
      expect(await counted(store)).toMatchObject({ conversions: 2 });
    });

    test('stop counting for a canceled buy at the end of the window behind its cancellation', async () => {
      const store = await freshStore(open);
      const cancellation = { canceled_at: '2026-11-10T00:00:00.000Z', canceled_by: 'buyer' } as const;
      await given(store, put(testBuy([aimed('p', 'site')], { status: 'canceled', cancellation })));
      await given(
        store,
        logged('site', purchase('a', { event_time: '2026-11-16T00:00:00Z' }), purchase('b', { event_time: '2026-11-18T00:00:00Z' })),
      );
      expect(await counted(store)).toMatchObject({ conversions: 1 });
    });

    test('never count for a rejected buy', async () => {
      const store = await freshStore(open);
      await given(store, put(testBuy([aimed('p', 'site')], { status: 'rejected' })), logged('site', purchase('a')));
      expect(await counted(store)).toMatchObject({ conversions: 0 });
    });

    test('of another library do not count', async () => {
      const store = await freshStore(open);
      await given(store, put(testBuy([aimed('p', 'site')])), {
        kind: 'record_events',
        batch: eventBatch('site', [purchase('a')], { library: 'acct_other' }),
      });
      expect(await counted(store)).toMatchObject({ conversions: 0 });
    });

    test('count only through the first source of a goal when events of several sources are not matched', async () => {
      const store = await freshStore(open, withinWindow(false));
      await given(store, put(testBuy([aimed('p', 'pixel', 'server')])), logged('server', purchase('a')), logged('pixel', purchase('b')));
      expect(await counted(store)).toMatchObject({ conversions: 1 });
    });

    test('give the same delivery in whatever order they and their buys arrive, and however often', { timeout: 60_000 }, async () => {
      const step = fc.record({
        source: fc.constantFrom('pixel', 'server', 'app'),
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        day: fc.integer({ min: 1, max: 28 }),
        value: fc.integer({ min: 1, max: 99 }),
      });
      const steps = fc.uniqueArray(step, { selector: ({ source: through, id }) => `${through} ${id}`, minLength: 1, maxLength: 8 });
      const packages = [aimed('p', 'pixel', 'server'), aimed('q', 'server', 'app')];
      await fc.assert(
        fc.asyncProperty(
          steps.chain((some) => fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length }))),
          fc.nat(8),
          fc.nat(8),
          async (orders, buyAt, again) => {
            const reports = [];
            for (const [nth, order] of orders.entries()) {
              const store = await open(withinWindow(true));
              const changes = order.map(({ source: through, id, day, value }) =>
                logged(
                  through,
                  purchase(id, {
                    event_time: `2026-11-${String(day).padStart(2, '0')}T06:00:00Z`,
                    custom_data: { value, currency: 'USD' },
                  }),
                ),
              );
              if (nth === 1) changes.push(...changes.slice(0, again));
              changes.splice(nth === 0 ? 0 : buyAt, 0, put(testBuy(packages)));
              for (const change of changes) await given(store.store, change);
              reports.push((await store.store.delivery('buyer', ['mb_1']))[0]);
              await store.dispose();
            }
            expect(reports[1]).toEqual(reports[0]);
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}
