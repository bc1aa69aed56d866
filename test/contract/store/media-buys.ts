import { describe, expect, test } from 'vitest';
import type { MediaBuyRecord } from '../../../src/domain/media-buy.ts';
import { testBuy, testPackage } from '../../support/running-buys.ts';
import { commit, freshStore, given, OWN, WIDE, type OpenStore } from './opening.ts';

const buy = (media_buy_id: string, more: Partial<MediaBuyRecord> = {}, creatives: readonly string[] = []) =>
  testBuy([testPackage(`${media_buy_id}_pkg`, { creative_assignments: creatives.map((creative_id) => ({ creative_id })) })], {
    media_buy_id,
    ...more,
  });
const put = (record: MediaBuyRecord) => ({ kind: 'put_media_buy', buy: record }) as const;
const idsOf = (buys: readonly MediaBuyRecord[]) => buys.map(({ media_buy_id }) => media_buy_id);

export function mediaBuys(open: OpenStore): void {
  describe('media buys', () => {
    test('reads a buy back as it was put, one version on', async () => {
      const store = await freshStore(open);
      const record = buy('a', { context: { order: 7 } });
      await given(store, put(record));
      expect(await store.mediaBuy(OWN, 'a')).toEqual({ ...record, row_version: 1 });
    });

    test('knows whether the clock has moved a buy since it was stored: at its start, at its end, and never one that rests', async () => {
      const store = await freshStore(open);
      const flight = { start_time: '2026-11-10T00:00:00+02:00', end_time: '2026-11-12T00:00:00Z' };
      await given(store, put(buy('a', { status: 'pending_start', ...flight })), put(buy('b', { status: 'completed', ...flight })), put(buy('c', { status: 'pending_creatives', ...flight })));
      const due = (now: string) => store.anyDue('buyer', now);
      expect([await due('2026-11-09T21:59:59.999Z'), await due('2026-11-09T22:00:00.000Z'), await store.anyDue('stranger', '2099-01-01T00:00:00.000Z')]).toEqual([false, true, false]);
      await given(store, put({ ...(await store.mediaBuy(OWN, 'a'))!, status: 'active' }));
      expect([await due('2026-11-11T23:59:59.999Z'), await due('2026-11-12T00:00:00.000Z')]).toEqual([false, true]);
      await given(store, put({ ...(await store.mediaBuy(OWN, 'a'))!, status: 'completed' }));
      expect(await due('2099-01-01T00:00:00.000Z')).toBe(false);
    });

    test('shows a buy of another library only to a wide reach, and of another principal to none', async () => {
      const store = await freshStore(open);
      await given(store, put(buy('a', { library: 'acct_other' })), put(buy('b', { principal_id: 'stranger', library: 'acct_stranger' })));
      expect(await store.mediaBuy(OWN, 'a')).toBeUndefined();
      expect(await store.mediaBuy(WIDE, 'a')).toBeDefined();
      expect(await store.mediaBuy({ principal_id: 'buyer', wide: false }, 'a')).toBeDefined();
      expect(await store.mediaBuy(WIDE, 'b')).toBeUndefined();
    });

    test('is stale when the buy was changed since it was read, or exists already', async () => {
      const store = await freshStore(open);
      await given(store, put(buy('a')));
      const read = (await store.mediaBuy(OWN, 'a'))!;
      expect(await commit(store, put({ ...read, status: 'paused' }))).toBe('committed');
      expect(await commit(store, put({ ...read, status: 'canceled' }))).toBe('stale');
      expect(await commit(store, put(buy('a')))).toBe('stale');
    });

    test('lists by ids and statuses, in pages, in the order of creation', async () => {
      const store = await freshStore(open);
      await given(store, put(buy('c')), put(buy('a', { status: 'paused' })), put(buy('b')));
      const list = async (filter: object, page = { limit: 10 }) => store.mediaBuys(OWN, filter, page);
      expect(idsOf((await list({})).items)).toEqual(['c', 'a', 'b']);
      expect(idsOf((await list({ statuses: ['paused'] })).items)).toEqual(['a']);
      expect(idsOf((await list({ media_buy_ids: ['b', 'unknown', 'c'] })).items)).toEqual(['c', 'b']);
      const first = await list({}, { limit: 2 });
      expect([first.total, idsOf((await store.mediaBuys(OWN, {}, { limit: 2, after: first.last! })).items)]).toEqual([3, ['b']]);
    });

    test('finds the buys that hold packages, once each', async () => {
      const store = await freshStore(open);
      const two = testBuy([testPackage('x'), testPackage('y')], { media_buy_id: 'two' });
      await given(store, put(two), put(buy('one')), put(buy('elsewhere', { library: 'acct_other' })));
      expect(idsOf(await store.mediaBuysOfPackages(OWN, ['x', 'y', 'one_pkg', 'elsewhere_pkg', 'unknown']))).toEqual(['two', 'one']);
    });

    test('finds the buys that wait for creatives, and no more once they have ended', async () => {
      const store = await freshStore(open);
      await given(
        store,
        put(buy('a', {}, ['hero'])),
        put(buy('b', {}, ['hero', 'side'])),
        put(buy('c', {}, ['other'])),
        put(buy('d', { status: 'canceled' }, ['hero'])),
      );
      expect(idsOf(await store.mediaBuysAwaiting(OWN, ['hero', 'side']))).toEqual(['a', 'b']);
      const read = (await store.mediaBuy(OWN, 'a'))!;
      await given(store, put({ ...read, status: 'completed' }));
      expect(idsOf(await store.mediaBuysAwaiting(OWN, ['hero']))).toEqual(['b']);
    });
  });

  describe('creative assignments', () => {
    const rows = async (store: Awaited<ReturnType<typeof freshStore>>, ...creatives: string[]) =>
      (await store.creativeAssignments(OWN, creatives)).map(
        (row) => `${row.creative_id}@${row.package_id} ${row.assigned_date.slice(0, 10)}`,
      );

    test('keep their date while they last, and begin anew when they come back', async () => {
      const store = await freshStore(open);
      await given(store, put(buy('a', {}, ['hero'])));
      const step = async (updated_at: string, creatives: string[]) => {
        const read = (await store.mediaBuy(OWN, 'a'))!;
        await given(store, put({ ...buy('a', { updated_at }, creatives), row_version: read.row_version }));
      };
      await step('2026-11-02T00:00:00.000Z', ['hero', 'side']);
      expect(await rows(store, 'hero', 'side')).toEqual(['hero@a_pkg 2026-11-01', 'side@a_pkg 2026-11-02']);
      await step('2026-11-03T00:00:00.000Z', ['side']);
      expect(await rows(store, 'hero', 'side')).toEqual(['side@a_pkg 2026-11-02']);
      await step('2026-11-04T00:00:00.000Z', ['hero', 'side']);
      expect(await rows(store, 'hero')).toEqual(['hero@a_pkg 2026-11-04']);
    });

    test('are released by a buy that ends and by a package that is canceled', async () => {
      const store = await freshStore(open);
      const halved = testBuy([
        testPackage('live', { creative_assignments: [{ creative_id: 'hero' }] }),
        testPackage('gone', { canceled: true, creative_assignments: [{ creative_id: 'hero' }] }),
      ]);
      await given(store, put(halved), put(buy('ended', { status: 'completed' }, ['hero'])));
      expect(await rows(store, 'hero')).toEqual(['hero@live 2026-11-01']);
    });

    test('tell the library of their buy', async () => {
      const store = await freshStore(open);
      await given(store, put(buy('a', { library: 'acct_other' }, ['hero'])));
      expect(await store.creativeAssignments(OWN, ['hero'])).toEqual([]);
      expect((await store.creativeAssignments(WIDE, ['hero']))[0]).toMatchObject({ library: 'acct_other', media_buy_id: 'a' });
    });
  });
}
