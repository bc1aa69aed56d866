import { describe, expect, test } from 'vitest';
import type { CreativeFilter, CreativeSort } from '../../../src/domain/ports/store-queries.ts';
import type { Store } from '../../../src/domain/ports/store.ts';
import { creativeRecord } from '../../support/library-records.ts';
import { testBuy, testPackage } from '../../support/running-buys.ts';
import { freshStore, given, OWN, WIDE, type OpenStore } from './opening.ts';

const BY_DATE: CreativeSort = { by: 'created_date', direction: 'asc' };
const day = (of: number): string => `2026-11-${String(of).padStart(2, '0')}T00:00:00.000Z`;
const FORMAT = { agent_url: 'https://formats.example/', id: 'video_30s', width: 1920, height: 1080 };

/** Four creatives; `banner` and `clip` are assigned, `clip` has served. */
async function library(open: OpenStore): Promise<Store> {
  const store = await freshStore(open);
  await given(
    store,
    ...[
      creativeRecord('banner', { created_date: day(1), updated_date: day(9) }, { name: 'Spring banner', tags: ['spring', 'display'] }),
      creativeRecord(
        'clip',
        { created_date: day(2), updated_date: day(8), status: 'rejected' },
        { name: 'spring CLIP', tags: ['spring', 'video'], format_id: FORMAT },
      ),
      creativeRecord('native', { created_date: day(3), updated_date: day(7) }, {
        name: 'Native',
        variables: [{ variable_id: 'v' }],
      } as object),
      creativeRecord('audio', { created_date: day(4), updated_date: day(6), status: 'archived' }, {
        name: 'Audio',
        concept_id: 'tune',
      } as object),
      creativeRecord('banner', { library: 'acct_other' }),
    ].map((creative) => ({ kind: 'put_creative', creative }) as const),
  );
  const buy = testBuy([
    testPackage('p1', { creative_assignments: [{ creative_id: 'banner' }, { creative_id: 'clip' }] }),
    testPackage('p2', { creative_assignments: [{ creative_id: 'clip' }] }),
  ]);
  const increments = [
    { package_id: 'p1', creative_id: 'clip', impressions: 7 },
    { package_id: 'p2', creative_id: 'clip', impressions: 5 },
    { package_id: 'p1', creative_id: 'banner', clicks: 1 },
  ];
  await given(
    store,
    { kind: 'put_media_buy', buy },
    { kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id: 'mb_1', day: '2026-11-20', increments, gauges: {} } },
  );
  return store;
}

export function creatives(open: OpenStore): void {
  describe('the list of creatives', () => {
    test.each<[string, CreativeFilter, string[]]>([
      ['nothing', {}, ['banner', 'clip', 'native', 'audio']],
      ['ids', { creative_ids: ['audio', 'unknown', 'clip'] }, ['clip', 'audio']],
      ['statuses', { statuses: ['rejected', 'archived'] }, ['clip', 'audio']],
      ['part of the name, in any case', { name_contains: 'SPRING' }, ['banner', 'clip']],
      ['all tags', { tags: ['spring', 'video'] }, ['clip']],
      ['any tag', { tags_any: ['display', 'video'] }, ['banner', 'clip']],
      ['packages', { package_ids: ['p2'] }, ['clip']],
      ['media buys', { media_buy_ids: ['mb_1'] }, ['banner', 'clip']],
      ['being assigned', { unassigned: false }, ['banner', 'clip']],
      ['being unassigned', { unassigned: true }, ['native', 'audio']],
      ['having served', { has_served: true }, ['clip']],
      ['never having served', { has_served: false }, ['banner', 'native', 'audio']],
      ['having variables', { has_variables: true }, ['native']],
      ['having none', { has_variables: false }, ['banner', 'clip', 'audio']],
      ['concepts', { concept_ids: ['tune'] }, ['audio']],
      ['a format', { format_ids: [{ agent_url: FORMAT.agent_url, id: FORMAT.id }] }, ['clip']],
      ['a format with parameters that fit', { format_ids: [FORMAT] }, ['clip']],
      ['a format with parameters that do not fit', { format_ids: [{ ...FORMAT, width: 640, height: 360 }] }, []],
      ['a format of another agent', { format_ids: [{ ...FORMAT, agent_url: 'https://formats.example' }] }, []],
      ['creation, after', { created_after: day(2) }, ['native', 'audio']],
      ['creation, before, in another zone', { created_before: '2026-11-02T01:00:00+02:00' }, ['banner']],
      ['change', { updated_after: day(6), updated_before: day(8) }, ['native']],
      ['libraries', { libraries: ['acct_other'] }, []],
      ['two things at once', { statuses: ['approved'], name_contains: 'banner' }, ['banner']],
    ])('is filtered by %s', async (_name, filter, expected) => {
      const page = await (await library(open)).listCreatives(OWN, filter, BY_DATE, { limit: 50 });
      expect(page.items.map(({ creative_id }) => creative_id)).toEqual(expected);
      expect(page.total).toBe(expected.length);
    });

    test.each<[CreativeSort, string[]]>([
      [{ by: 'created_date', direction: 'desc' }, ['audio', 'native', 'clip', 'banner']],
      [{ by: 'updated_date', direction: 'asc' }, ['audio', 'native', 'clip', 'banner']],
      [{ by: 'name', direction: 'asc' }, ['audio', 'native', 'banner', 'clip']],
      [{ by: 'status', direction: 'asc' }, ['banner', 'native', 'audio', 'clip']],
      [{ by: 'assignment_count', direction: 'desc' }, ['clip', 'banner', 'audio', 'native']],
    ])('is sorted by %j', async (sort, expected) => {
      const page = await (await library(open)).listCreatives(OWN, {}, sort, { limit: 50 });
      expect(page.items.map(({ creative_id }) => creative_id)).toEqual(expected);
    });

    test('comes in pages', async () => {
      const store = await library(open);
      const first = await store.listCreatives(OWN, {}, BY_DATE, { limit: 3 });
      const second = await store.listCreatives(OWN, {}, BY_DATE, { limit: 3, after: first.last! });
      expect([first.items.length, first.total, second.items.map((each) => each.creative_id), second.total, second.last]).toEqual([
        3,
        4,
        ['audio'],
        4,
        undefined,
      ]);
    });

    test('comes in pages that neither repeat nor hide a row when others come in between, or the last one moves', async () => {
      const store = await library(open);
      const sort: CreativeSort = { by: 'updated_date', direction: 'desc' };
      const first = await store.listCreatives(OWN, {}, sort, { limit: 2 });
      await given(
        store,
        { kind: 'put_creative', creative: creativeRecord('newer', { updated_date: day(20) }) },
        { kind: 'put_creative', creative: creativeRecord('older', { updated_date: day(5) }) },
        { kind: 'put_creative', creative: { ...first.items[1]!, updated_date: day(21) } },
      );
      const second = await store.listCreatives(OWN, {}, sort, { limit: 9, after: first.last! });
      expect([first, second].map(({ items }) => items.map((each) => each.creative_id))).toEqual([['banner', 'clip'], ['native', 'audio', 'older']]);
      expect(second.total).toBe(6);
    });

    test('reaches other libraries of the principal only when it is wide', async () => {
      const store = await library(open);
      expect((await store.listCreatives(WIDE, { libraries: ['acct_other'] }, BY_DATE, { limit: 9 })).total).toBe(1);
      expect((await store.listCreatives({ principal_id: 'stranger', wide: true }, {}, BY_DATE, { limit: 9 })).total).toBe(0);
    });

    test("does not take another library's assignment for its own", async () => {
      const store = await library(open);
      const everything = { principal_id: 'buyer', wide: false };
      const assigned = await store.listCreatives(everything, { creative_ids: ['banner'], unassigned: false }, BY_DATE, { limit: 9 });
      expect(assigned.items.map((each) => each.library)).toEqual(['acct_test']);
    });
  });

  describe('the delivery of creatives', () => {
    test('adds up the impressions of all packages and leaves out what never served', async () => {
      const store = await library(open);
      expect(await store.creativeDelivery(OWN, ['banner', 'clip', 'unknown'])).toEqual([
        { creative_id: 'clip', library: 'acct_test', impressions: 12, last_day: '2026-11-20' },
      ]);
    });

    test('is not told to others', async () => {
      const store = await library(open);
      expect(await store.creativeDelivery({ principal_id: 'buyer', library: 'acct_other', wide: false }, ['clip'])).toEqual([]);
      expect(await store.creativeDelivery({ principal_id: 'stranger', wide: true }, ['clip'])).toEqual([]);
    });
  });
}
