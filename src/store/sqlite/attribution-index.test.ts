import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changeSet } from '../../../test/contract/store/opening.ts';
import { eventBatch, purchase } from '../../../test/support/library-records.ts';
import { testBuy, testPackage } from '../../../test/support/running-buys.ts';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import { rebuildIndexes } from './rebuild.ts';
import { openSqliteStore } from './store.ts';

const SOURCES = ['pixel', 'server', 'app'];
const INDEX = `SELECT buy, package_id, creative_id, day, attributed_conversions conversions, attributed_value_micros value
  FROM delivery ORDER BY 1, 2, 3, 4`;
const HOURS = `SELECT buy, hour, package_id, creative_id, attributed_conversions conversions, attributed_value_micros value
  FROM delivery_hours WHERE attributed_conversions <> 0 OR attributed_value_micros <> 0 ORDER BY 1, 2, 3, 4`;
const RECOUNTED_HOURS = `SELECT buy, hour, package_id, creative_id, count(*) conversions, sum(value_micros) value
  FROM attributions WHERE hour <> '' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
const RECOUNT = `SELECT buy, package_id, creative_id, day, count(*) conversions, sum(value_micros) value
  FROM attributions GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

/** A package that aims at some sources, with as many creatives. */
const aimed = (id: string, sources: readonly string[], value_factor: number, hourly: boolean) =>
  testPackage(id, {
    optimization_goals: sources.map((event_source_id) => ({
      kind: 'event' as const,
      event_sources: [{ event_source_id, event_type: 'purchase' as const, value_field: 'value', value_factor }],
    })),
    creative_assignments: sources.map((creative_id) => ({ creative_id })),
  }, { reporting: { windowed_pull_granularities: hourly ? ['hourly'] : ['daily'] } });

const sources = fc.subarray(SOURCES);
const step = fc.oneof(
  fc.record({
    kind: fc.constant('log' as const),
    source: fc.constantFrom(...SOURCES),
    id: fc.constantFrom('a', 'b', 'c'),
    day: fc.integer({ min: 1, max: 28 }),
    value: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({ kind: fc.constant('aim' as const), p: sources, q: sources, factor: fc.integer({ min: -2, max: 2 }), hourly: fc.boolean() }),
);

const SOUND = ['delivery', 'delivery_hours', 'packages', 'goals', 'creative_assignments', 'media_buys'].map((index) => [index, 0]);

test('indexes are at all times what a recount of the facts gives: a rebuild finds nothing wrong', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'adwright-index-'));
      const file = join(folder, 'adwright.sqlite');
      const store = openSqliteStore({ file, attribution: withinWindow(true) });
      let row_version = 0;
      for (const each of steps) {
        const change =
          each.kind === 'aim'
            ? { kind: 'put_media_buy' as const, buy: testBuy([aimed('p', each.p, each.factor, each.hourly), aimed('q', each.q, each.factor, each.hourly)], { row_version: row_version++ }) }
            : {
                kind: 'record_events' as const,
                batch: eventBatch(each.source, [
                  purchase(each.id, {
                    event_time: `2026-11-${String(each.day).padStart(2, '0')}T00:00:00Z`,
                    custom_data: { value: each.value },
                  }),
                ]),
              };
        expect(await store.commit(changeSet([change]))).toBe('committed');
      }
      await store.close();
      const sql = new Database(file, { readonly: true });
      expect(sql.prepare(INDEX).all()).toEqual(sql.prepare(RECOUNT).all());
      expect(sql.prepare(HOURS).all()).toEqual(sql.prepare(RECOUNTED_HOURS).all());
      sql.close();
      expect(rebuildIndexes(file, withinWindow(true)).map(({ index, wrong }) => [index, wrong])).toEqual(SOUND);
      rmSync(folder, { recursive: true });
    }),
    { numRuns: 40 },
  );
});

test('a rebuild mends what is wrong, and says how much was', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-index-'));
  const file = join(folder, 'adwright.sqlite');
  const store = openSqliteStore({ file, attribution: withinWindow(true) });
  await store.commit(changeSet([{ kind: 'put_media_buy', buy: testBuy([aimed('p', ['pixel'], 1, true)]) }]));
  await store.commit(changeSet([{ kind: 'record_events', batch: eventBatch('pixel', [purchase('a', { event_time: '2026-11-03T09:00:00Z' })]) }]));
  const fact = { principal_id: 'buyer', media_buy_id: 'mb_1', day: '2026-11-03', increments: [{ package_id: 'p', impressions: 5 }], gauges: {} };
  await store.commit(changeSet([{ kind: 'record_delivery', fact }]));
  const whole = await store.delivery('buyer', ['mb_1']);
  await store.close();
  const sql = new Database(file);
  sql.exec("UPDATE delivery SET attributed_conversions = 7; UPDATE delivery_hours SET attributed_conversions = 0; DELETE FROM goals; UPDATE media_buys SET due_at = NULL");
  sql.close();
  expect(rebuildIndexes(file, withinWindow(true)).map(({ index, wrong }) => [index, wrong])).toEqual([
    ['delivery', 2], ['delivery_hours', 1], ['packages', 0], ['goals', 1], ['creative_assignments', 0], ['media_buys', 1],
  ]);
  const again = openSqliteStore({ file, attribution: withinWindow(true) });
  expect(await again.delivery('buyer', ['mb_1'])).toEqual(whole);
  await again.close();
  rmSync(folder, { recursive: true });
});
