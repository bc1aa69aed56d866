import { describe, expect, test } from 'vitest';
import { catalogRecord, itemRecord } from '../../support/library-records.ts';
import { commit, freshStore, given, OWN, WIDE, type OpenStore } from './opening.ts';

/** Catalogues of a library, and the items in them. */
export function catalogs(open: OpenStore): void {
  describe('catalogues', () => {
    test('read back as they were put, one version on, their items in their order', async () => {
      const store = await freshStore(open);
      const items = [itemRecord('b'), itemRecord('a', { status: 'rejected', reasons: ['why'], item: { item_id: 'a', 'név': 'ő\u202E"' } })];
      await given(store, { kind: 'put_catalog', catalog: catalogRecord('menu'), items });
      const [catalog] = await store.catalogs(OWN);
      expect(catalog).toEqual({ ...catalogRecord('menu'), row_version: 1 });
      expect(await store.catalogItems(catalog!)).toEqual(items);
    });

    test('narrow their items by id, by status and in number, and show those that are left out only when asked', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_catalog', catalog: catalogRecord('menu'), items: [
        itemRecord('a'), itemRecord('b', { status: 'withdrawn' }), itemRecord('c', { status: 'withdrawn', listed: false }), itemRecord('d'),
      ] });
      const [catalog] = await store.catalogs(OWN, ['menu']);
      const ids = async (filter: Parameters<typeof store.catalogItems>[1]) => (await store.catalogItems(catalog!, filter)).map(({ item_id }) => item_id);
      expect(await ids({})).toEqual(['a', 'b', 'd']);
      expect(await ids({ statuses: ['withdrawn'] })).toEqual(['b']);
      expect(await ids({ statuses: ['withdrawn'], unlisted: true })).toEqual(['b', 'c']);
      expect(await ids({ item_ids: ['d', 'a', 'x'] })).toEqual(['a', 'd']);
      expect(await ids({ limit: 2 })).toEqual(['a', 'b']);
    });

    test('take items whole or one by one, and keep them when none are put', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_catalog', catalog: catalogRecord('menu'), items: [itemRecord('a'), itemRecord('b')] });
      const now = async () => (await store.catalogs(OWN, ['menu']))[0]!;
      const statuses = async () => (await store.catalogItems(await now())).map(({ item_id, status }) => `${item_id} ${status}`);
      await given(store, { kind: 'put_catalog', catalog: await now(), decided: [itemRecord('b', { status: 'withdrawn' })] });
      expect(await statuses()).toEqual(['a approved', 'b withdrawn']);
      await given(store, { kind: 'put_catalog', catalog: await now() });
      expect(await statuses()).toEqual(['a approved', 'b withdrawn']);
      await given(store, { kind: 'put_catalog', catalog: await now(), items: [itemRecord('c')] });
      expect(await statuses()).toEqual(['c approved']);
    });

    test('are stale when they were changed since they were read, and take their items with them when they go', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_catalog', catalog: catalogRecord('menu'), items: [itemRecord('a')] });
      const [read] = await store.catalogs(OWN);
      await given(store, { kind: 'put_catalog', catalog: read! });
      expect(await commit(store, { kind: 'put_catalog', catalog: read!, items: [] })).toBe('stale');
      expect(await commit(store, { kind: 'delete_catalog', catalog: read! })).toBe('stale');
      const [now] = await store.catalogs(OWN);
      await given(store, { kind: 'delete_catalog', catalog: now! });
      await given(store, { kind: 'put_catalog', catalog: catalogRecord('menu') });
      expect(await store.catalogItems(catalogRecord('menu'))).toEqual([]);
    });

    test('are told apart by library and by principal', async () => {
      const store = await freshStore(open);
      await given(
        store,
        { kind: 'put_catalog', catalog: catalogRecord('menu', { name: 'own' } as object), items: [itemRecord('mine')] },
        { kind: 'put_catalog', catalog: catalogRecord('menu', { library: 'acct_other' }), items: [itemRecord('other')] },
        { kind: 'put_catalog', catalog: catalogRecord('menu', { principal_id: 'stranger', library: 'acct_stranger' }), items: [itemRecord('theirs')] },
      );
      expect(await store.catalogs(OWN)).toHaveLength(1);
      const [wide] = await store.catalogs(WIDE, ['menu']);
      expect((await store.catalogItems(wide!)).map(({ item_id }) => item_id)).toEqual(['mine']);
      expect(await store.knownContents('acct_test', ['mine', 'other', 'theirs'])).toEqual(new Set(['mine']));
    });

    test('know their items by what events call them, as long as they are listed', async () => {
      const store = await freshStore(open);
      await given(store, { kind: 'put_catalog', catalog: catalogRecord('menu'), items: [
        itemRecord('a', { content_id: 'sku-a' }), itemRecord('b', { content_id: 'sku-b', listed: false }),
      ] });
      expect(await store.knownContents('acct_test', ['a', 'sku-a', 'sku-b'])).toEqual(new Set(['sku-a']));
    });
  });
}
