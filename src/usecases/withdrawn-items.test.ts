import { describe, expect, it } from 'vitest';
import { buyer } from '../../test/support/buying.ts';
import { record } from '../../test/support/desk.ts';
import { catalogRecord, itemRecord } from '../../test/support/library-records.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { background } from '../pipeline/background.ts';
import type { Catalog } from '../protocol/wire/core/catalog.ts';
import type { ItemRuling } from '../domain/catalog/item-ruling.ts';

/** A buyer whose account has a catalogue `menu` of three dishes, and what the seller rules of them. */
async function setting() {
  const { desk, create, one, update } = await buyer({ platform: testPlatform });
  const dish = (item_id: string, ...tags: string[]) => itemRecord(item_id, { content_id: `sku-${item_id}`, item: { item_id, sku: `sku-${item_id}`, tags } });
  await record(desk, [{ kind: 'put_catalog', catalog: catalogRecord('menu', { counts: { approved: 3, pending: 0, rejected: 0, warning: 0, withdrawn: 0 } }), items: [dish('soup', 'hot'), dish('fish', 'hot'), dish('salad', 'cold')] }]);
  const rule = async (item_id: string, ruling: ItemRuling) => {
    const payload = { library: 'acct_test', catalog_id: 'menu', item_id, ruling };
    expect(await background(desk, {}).ruleOnItem({ kind: 'rule_on_item', job_id: 'j', principal_id: 'buyer', lane: 'l', run_at: desk.clock.at, payload })).toEqual({ kind: 'done' });
  };
  const bought = async (...packages: Catalog[][]) => create({ start_time: 'asap', packages: packages.map((catalogs) => ({ catalogs })) });
  const lost = async (media_buy_id: string) => {
    const { health, impairments = [] } = await one(media_buy_id);
    expect(health).toBe(impairments.length > 0 ? 'impaired' : 'ok');
    return impairments.map(({ resource_type, resource_id, package_ids, transition, reason_code }) => ({ resource_type, resource_id, package_ids: package_ids.length, ...transition, reason_code }));
  };
  return { desk, rule, bought, lost, update };
}
const menu = { type: 'product', catalog_id: 'menu' } as const;
const gone = (resource_id: string, package_ids = 1) => ({ resource_type: 'catalog_item', resource_id, package_ids, from: 'approved', to: 'withdrawn', reason_code: 'seller_removed' });

describe('an item that the seller withdraws', () => {
  it('impairs every buy that promotes it, package by package, until it is published again', async () => {
    const { rule, bought, lost, desk } = await setting();
    const { media_buy_id } = await bought([menu], [{ ...menu, ids: ['salad'] }], [{ ...menu, tags: ['hot'] }]);
    expect(await lost(media_buy_id)).toEqual([]);
    await rule('fish', { status: 'withdrawn' });
    expect(await lost(media_buy_id)).toEqual([gone('fish', 2)]);
    desk.clock.at = '2026-11-20T12:30:00.000Z';
    await rule('salad', { status: 'withdrawn' });
    expect(await lost(media_buy_id)).toEqual([gone('fish', 2), gone('salad', 2)]);
    await rule('fish', { status: 'approved' });
    expect(await lost(media_buy_id)).toEqual([gone('salad', 2)]);
  });

  it('impairs a buy that promotes whatever there is of its type, and none that promotes items of its own', async () => {
    const { rule, bought, lost } = await setting();
    const all = await bought([{ type: 'product' }]);
    const own = await bought([{ type: 'product', items: [{ item_id: 'fish', title: 'Fish' }] }]);
    await rule('fish', { status: 'withdrawn' });
    expect(await lost(all.media_buy_id)).toEqual([gone('fish')]);
    expect(await lost(own.media_buy_id)).toEqual([]);
  });

  it('impairs no buy any more once it promotes something else, or is over', async () => {
    const { rule, bought, lost, update } = await setting();
    const { media_buy_id, packages } = await bought([menu]);
    await rule('soup', { status: 'withdrawn' });
    expect(await lost(media_buy_id)).toHaveLength(1);
    await update({ media_buy_id, packages: [{ package_id: packages[0]!.package_id, catalogs: [{ ...menu, ids: ['sku-salad'] }] }] });
    expect(await lost(media_buy_id)).toEqual([]);
    await rule('salad', { status: 'withdrawn' });
    expect(await lost(media_buy_id)).toHaveLength(1);
    await update({ media_buy_id, canceled: true });
    expect(await lost(media_buy_id)).toEqual([]);
  });

  it('is taken from the platform', async () => {
    const { rule, desk } = await setting();
    await rule('fish', { status: 'withdrawn' });
    const [call] = (await pushed(desk.store)).flatMap(({ calls }) => calls);
    expect((call!.body['items'] as { item_id: string }[]).map(({ item_id }) => item_id)).toEqual(['soup', 'salad']);
  });
});
