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
import { openSqliteStore } from './store.ts';

const SOURCES = ['pixel', 'server', 'app'];
const INDEX = `SELECT buy, package_id, creative_id, day, attributed_conversions conversions, attributed_value_micros value
  FROM delivery ORDER BY 1, 2, 3, 4`;
const RECOUNT = `SELECT buy, package_id, creative_id, day, count(*) conversions, sum(value_micros) value
  FROM attributions GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;

/** A package that aims at some sources, with as many creatives. */
const aimed = (id: string, sources: readonly string[]) =>
  testPackage(id, {
    optimization_goals: sources.map((event_source_id) => ({
      kind: 'event' as const,
      event_sources: [{ event_source_id, event_type: 'purchase' as const, value_field: 'value' }],
    })),
    creative_assignments: sources.map((creative_id) => ({ creative_id })),
  });

const sources = fc.subarray(SOURCES);
const step = fc.oneof(
  fc.record({
    kind: fc.constant('log' as const),
    source: fc.constantFrom(...SOURCES),
    id: fc.constantFrom('a', 'b', 'c'),
    day: fc.integer({ min: 1, max: 28 }),
    value: fc.integer({ min: -9, max: 9 }),
  }),
  fc.record({ kind: fc.constant('aim' as const), p: sources, q: sources }),
);

test('counters of conversions are at all times what a recount of the attributed events gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 15 }), async (steps) => {
      const folder = mkdtempSync(join(tmpdir(), 'adwright-index-'));
      const file = join(folder, 'adwright.sqlite');
      const store = openSqliteStore({ file, attribution: withinWindow(true) });
      let row_version = 0;
      for (const each of steps) {
        const change =
          each.kind === 'aim'
            ? { kind: 'put_media_buy' as const, buy: testBuy([aimed('p', each.p), aimed('q', each.q)], { row_version: row_version++ }) }
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
      sql.close();
      rmSync(folder, { recursive: true });
    }),
    { numRuns: 40 },
  );
});
