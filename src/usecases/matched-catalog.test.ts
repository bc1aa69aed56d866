import { describe, expect, it } from 'vitest';
import { callerWithAccount, catalogueOf, record, testDesk, testProduct } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { ANYBODY, type Caller } from '../domain/caller.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Catalog } from '../protocol/wire/core/catalog.ts';
import type { GetProductsRequest } from '../protocol/wire/get-products.ts';
import { getProducts } from './get-products.ts';
import { syncCatalogs } from './sync-catalogs.ts';

const PRODUCTS = [testProduct('plain'), testProduct('shelf', { catalog_types: ['product', 'store'] }), testProduct('jobs', { catalog_types: ['job'] })];
const bowl = (item_id: string, more: object = {}) => ({ item_id, title: item_id, url: 'https://menu.example/', image_url: 'https://menu.example/a.jpg', ...more });

async function setting(features = ALL_FEATURES) {
  const desk = testDesk({ catalogue: catalogueOf(PRODUCTS), features });
  const caller = await callerWithAccount(desk);
  const sync = async (catalog: Catalog) => record(desk, await syncCatalogs({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, catalogs: [catalog] }, caller, desk));
  const found = async (catalog: Catalog, more: Partial<GetProductsRequest> = {}, who: Caller = caller) => {
    const decision = await getProducts({ brief: 'bowls', brand: { domain: 'a.example' }, catalog, ...more }, who, desk);
    if (decision.kind === 'refused') throw new Error(decision.errors[0].message);
    expectOfficial('get_products', decision.body);
    const { products, catalog_applied, wholesale_feed_version } = decision.body;
    return { applied: catalog_applied, version: wholesale_feed_version, matches: Object.fromEntries(products!.map(({ product_id, catalog_match }) => [product_id, catalog_match])) };
  };
  return { sync, found };
}

describe('a catalogue in a search', () => {
  it('leaves products that show such catalogues, with the items that may be shown', async () => {
    const { found } = await setting();
    const { applied, matches } = await found({ type: 'product', items: [bowl('soup', { sku: 's-1' }), bowl('salad'), { title: 'nameless' }] });
    expect([applied, matches]).toEqual([true, { shelf: { submitted_count: 3, matched_count: 2, matched_ids: expect.any(Array) as string[] } }]);
    expect(matches['shelf']!.matched_ids).toHaveLength(2);
  });

  it('may be one that was synced, of which the selectors leave a part', async () => {
    const { sync, found } = await setting();
    await sync({ catalog_id: 'menu', type: 'product', items: [bowl('soup', { tags: ['hot'] }), bowl('salad'), bowl('tea', { tags: ['hot'] })] });
    expect((await found({ type: 'product', catalog_id: 'menu' })).matches['shelf']).toMatchObject({ submitted_count: 3, matched_count: 3 });
    expect((await found({ type: 'product', catalog_id: 'menu', tags: ['hot'] })).matches['shelf']).toEqual({ submitted_count: 2, matched_count: 2, matched_ids: ['soup', 'tea'] });
  });

  it('finds nothing where nothing of it may be shown', async () => {
    const { found } = await setting();
    expect(await found({ type: 'product', items: [{ title: 'nameless' }] })).toMatchObject({ applied: true, matches: {} });
  });

  it('tells long lists by their count alone', async () => {
    const { found } = await setting();
    const items = Array.from({ length: 501 }, (_, at) => bowl(`bowl-${at}`));
    expect((await found({ type: 'product', items })).matches['shelf']).toEqual({ submitted_count: 501, matched_count: 501 });
  });

  it('makes another feed, as what is answered changes with it', async () => {
    const { found } = await setting();
    const versions = await Promise.all([['a'], ['b'], ['a']].map(async ([id]) => (await found({ type: 'product', items: [bowl(id!)] })).version));
    expect(versions[0]).toBe(versions[2]);
    expect(versions[0]).not.toBe(versions[1]);
  });

  it.each<[string, Catalog]>([
    ['nobody here knows', { type: 'product', catalog_id: 'none' }],
    ['has no items', { type: 'product' }],
    ['lies behind a URL', { type: 'product', url: 'https://feeds.example/menu.json' }],
  ])('that %s is not applied, and the answer says so', async (_what, catalog) => {
    const { found } = await setting();
    const { applied, matches } = await found(catalog);
    expect([applied, Object.keys(matches).toSorted()]).toEqual([false, ['jobs', 'plain', 'shelf']]);
  });

  it('is not applied for another type than it was synced as, without catalogues, nor for nobody in particular', async () => {
    const { sync, found } = await setting();
    await sync({ catalog_id: 'menu', type: 'product', items: [bowl('soup')] });
    expect((await found({ type: 'store', catalog_id: 'menu' })).applied).toBe(false);
    expect((await found({ type: 'product', items: [bowl('soup')] }, {}, ANYBODY)).applied).toBe(false);
    expect((await (await setting({ ...ALL_FEATURES, catalogs: false })).found({ type: 'product', items: [bowl('soup')] })).applied).toBe(false);
  });
});
