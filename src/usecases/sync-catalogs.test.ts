import { describe, expect, it } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { MOST_CATALOGS, MOST_ITEMS } from '../domain/catalog/catalog.ts';
import type { SyncCatalogsRequest, SyncCatalogsSuccess, SyncedCatalog } from '../protocol/wire/sync-catalogs.ts';
import type { Desk } from './desk.ts';
import { syncCatalogs } from './sync-catalogs.ts';

async function setting(more: Partial<Omit<Desk, 'clock'>> = {}) {
  const desk = testDesk({ platform: testPlatform, ...more });
  const caller = await callerWithAccount(desk);
  const decide = (request: Partial<SyncCatalogsRequest>) =>
    syncCatalogs({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, ...request }, caller, desk);
  const sync = async (request: Partial<SyncCatalogsRequest>) => {
    const body = (await record(desk, await decide(request))) as SyncCatalogsSuccess;
    expectOfficial('sync_catalogs', body);
    return body;
  };
  const one = async (catalog: NonNullable<SyncCatalogsRequest['catalogs']>[number], request: Partial<SyncCatalogsRequest> = {}) =>
    (await sync({ catalogs: [catalog], ...request })).catalogs[0]!;
  const told = async () => (await sync({})).catalogs;
  return { desk, caller, decide, sync, one, told };
}

const ribeye = { item_id: 'ribeye', title: 'Ribeye', url: 'https://menu.example/r', image_url: 'https://cdn.example/r.jpg', price: { amount: 89, currency: 'USD' } };
const tower = { ...ribeye, item_id: 'tower', title: 'Seafood tower' };
const menu = (...items: Record<string, unknown>[]) => ({ catalog_id: 'menu', type: 'product' as const, name: 'Menu', items });
const codes = ({ errors = [] }: SyncedCatalog) => errors.map(({ code, field }) => [code, field]);

describe('sync_catalogs', () => {
  it('takes items in, tells what became of them, and tells the same without a list', async () => {
    const { one, told } = await setting();
    const created = await one(menu(ribeye, tower));
    expect(created).toEqual({
      catalog_id: 'menu', action: 'created', item_count: 2, items_approved: 2, items_pending: 0, items_rejected: 0, last_synced_at: '2026-11-20T12:00:00.000Z',
    });
    expect(await told()).toEqual([{ ...created, action: 'unchanged' }]);
  });

  it('says which items cannot be shown and why, and which would do better', async () => {
    const { one } = await setting();
    const { image_url: _none, ...plain } = tower;
    const synced = await one(menu(ribeye, { ...ribeye, title: 'again' }, { title: 'nameless' }, plain, { ...ribeye, item_id: 'js', url: 'javascript:alert(1)' }, { ...ribeye, item_id: 'free', price: { amount: -1, currency: 'USD' } }));
    expect(synced).toMatchObject({ item_count: 6, items_approved: 2, items_rejected: 4 });
    expect(synced.item_issues).toEqual([
      { item_id: 'items[1]', status: 'rejected', reasons: ['its id stands earlier in the list already'], code: 'ITEM_VALIDATION_FAILED' },
      { item_id: 'items[2]', status: 'rejected', reasons: ['it has no id'], code: 'ITEM_VALIDATION_FAILED' },
      { item_id: 'tower', status: 'warning', reasons: ['it has no image_url'] },
      { item_id: 'js', status: 'rejected', reasons: ['url is not an address of the web'], code: 'ITEM_VALIDATION_FAILED' },
      { item_id: 'free', status: 'rejected', reasons: [expect.stringContaining('price.amount')], code: 'ITEM_VALIDATION_FAILED' },
    ]);
  });

  it('holds items of a kind to the shape of their kind', async () => {
    const { one } = await setting();
    const synced = await one({ catalog_id: 'jobs', type: 'job', items: [
      { job_id: 'chef', title: 'Chef', company_name: 'Steakhouse', description: 'Cooks.' }, { job_id: 'waiter', title: 'Waiter', salary: { currency: 'usd', period: 'year' } },
    ] });
    expect(synced).toMatchObject({ items_approved: 1, items_rejected: 1, item_issues: [{ item_id: 'waiter' }] });
    expect(synced.item_issues![0]!.reasons!.join()).toMatch(/company_name.*description/);
  });

  it('tells an item that comes back corrected as pending, and as what it is from then on', async () => {
    const { one, told } = await setting();
    await one(menu({ ...ribeye, url: 'ftp://menu.example' }));
    expect(await one(menu(ribeye))).toMatchObject({
      action: 'updated', changes: ['items'], items_pending: 1, items_approved: 0, item_issues: [{ item_id: 'ribeye', status: 'pending' }],
    });
    expect(await told()).toMatchObject([{ items_pending: 0, items_approved: 1 }]);
    expect((await told())[0]).not.toHaveProperty('item_issues');
  });

  it('says what has changed, and what has not', async () => {
    const { one } = await setting();
    await one(menu(ribeye));
    expect(await one(menu(ribeye))).toMatchObject({ action: 'unchanged', item_count: 1 });
    expect(await one({ ...menu(ribeye), name: 'Dinner', content_id_type: 'sku' })).toMatchObject({ action: 'updated', changes: ['name', 'content_id_type'] });
    expect(await one({ catalog_id: 'menu', type: 'product', name: 'Dinner', content_id_type: 'sku' })).toMatchObject({ action: 'unchanged', item_count: 1 });
    expect(await one(menu(tower))).toMatchObject({ action: 'updated', item_count: 1 });
  });

  it('keeps items as they come, whatever is in them', async () => {
    const { one, desk, caller } = await setting();
    const hostile = { ...ribeye, sku: '00013&cmd=drop', title: 'vacancy-{DEVICE_ID}\r\nHost: evil \u202E', note: '<script>alert(1)</script>' };
    await one(menu(hostile));
    const [catalog] = await desk.store.catalogs(caller.reach, ['menu']);
    expect((await desk.store.catalogItems(catalog!))[0]!.item).toEqual(hostile);
  });

  it('warns of a catalogue without items', async () => {
    const { one } = await setting();
    expect(await one({ catalog_id: 'empty', type: 'product' })).toMatchObject({ action: 'created', item_count: 0, warnings: [expect.stringContaining('no items')] });
  });
});

describe('sync_catalogs changes nothing', () => {
  it('in a dry run, which tells what it would do', async () => {
    const { one, sync, told } = await setting();
    await one(menu(ribeye));
    const dry = await sync({ catalogs: [menu(tower), { catalog_id: 'new', type: 'product', items: [ribeye] }], delete_missing: true, dry_run: true });
    expect(dry).toMatchObject({ dry_run: true, catalogs: [{ action: 'updated', changes: ['items'] }, { action: 'created' }] });
    expect(await told()).toMatchObject([{ catalog_id: 'menu', item_count: 1 }]);
  });

  it('when one of several has errors, unless the call is lenient', async () => {
    const { sync, told } = await setting();
    const catalogs = [menu(ribeye), { ...menu(tower), url: 'https://feeds.example/a' }, { catalog_id: 'other', type: 'product' as const, items: [tower] }];
    const strict = await sync({ catalogs: catalogs.map((each, at) => ({ ...each, catalog_id: `c${at}` })) });
    expect(strict.catalogs.map(codes)).toEqual([
      [['INVALID_REQUEST', 'catalogs[1]']], [['INVALID_REQUEST', 'catalogs[1].url']], [['INVALID_REQUEST', 'catalogs[1]']],
    ]);
    expect(await told()).toEqual([]);
    const lenient = await sync({ catalogs, validation_mode: 'lenient' });
    expect(lenient.catalogs.map(({ action }) => action)).toEqual(['created', 'failed', 'created']);
    expect(codes(lenient.catalogs[1]!)).toEqual([['INVALID_REQUEST', 'catalogs[1].catalog_id']]);
  });

  it('to catalogues that catalog_ids leaves out', async () => {
    const { sync, told } = await setting();
    const catalogs = [menu(ribeye), { catalog_id: 'other', type: 'product' as const, items: [tower] }];
    expect((await sync({ catalogs, catalog_ids: ['other'] })).catalogs).toMatchObject([{ catalog_id: 'other', action: 'created' }]);
    expect(await told()).toHaveLength(1);
  });
});

describe('sync_catalogs refuses', () => {
  it('a catalogue without an id, and to delete what only a part of the list is about', async () => {
    const { decide } = await setting();
    expect(refusalOf(await decide({ catalogs: [{ type: 'product' }] }))).toMatchObject({ code: 'INVALID_REQUEST', field: 'catalogs[0].catalog_id' });
    expect(refusalOf(await decide({ catalogs: [menu(ribeye)], catalog_ids: ['menu'], delete_missing: true }))).toMatchObject({ field: 'delete_missing' });
  });

  it('more items than a catalogue may have, and more catalogues than an account', async () => {
    const { one, sync } = await setting();
    const many = Array.from({ length: MOST_ITEMS + 1 }, (_, at) => ({ ...ribeye, item_id: `i${at}` }));
    expect(codes(await one(menu(...many)))).toEqual([['CATALOG_LIMIT_EXCEEDED', 'catalogs[0].items']]);
    for (let from = 0; from < MOST_CATALOGS; from += 50)
      await sync({ catalogs: Array.from({ length: 50 }, (_, at) => ({ catalog_id: `c${from + at}`, type: 'product' as const, items: [ribeye] })) });
    expect(codes(await one(menu(ribeye)))).toEqual([['CATALOG_LIMIT_EXCEEDED', 'catalogs[0]']]);
    expect(await one({ catalog_id: 'c7', type: 'product', items: [tower] })).toMatchObject({ action: 'updated' });
  });
});

it('deletes what is not named when it is asked to, and only of this account', async () => {
  const { one, sync, told, desk } = await setting();
  const other = await callerWithAccount(desk, { account_id: 'acct_other', library: 'acct_other' });
  const theirs = { idempotency_key: 'key-key-key-key-2', account: { account_id: 'acct_other' } };
  await record(desk, await syncCatalogs({ ...theirs, catalogs: [menu(ribeye)] }, other, desk));
  await one(menu(ribeye));
  expect((await sync({ catalogs: [{ catalog_id: 'new', type: 'product', items: [tower] }], delete_missing: true })).catalogs).toMatchObject([
    { catalog_id: 'new', action: 'created' }, { catalog_id: 'menu', action: 'deleted' },
  ]);
  expect((await told()).map(({ catalog_id }) => catalog_id)).toEqual(['new']);
  expect(await record(desk, await syncCatalogs(theirs, other, desk))).toMatchObject({ catalogs: [{ catalog_id: 'menu' }] });
});

it('tells the platform which items may be shown, in parts it can take, and when a catalogue is gone', async () => {
  const { one, sync, desk } = await setting();
  await one(menu(ribeye, { ...tower, url: 'nowhere' }));
  await sync({ catalogs: [{ catalog_id: 'many', type: 'product', items: Array.from({ length: 1_500 }, (_, at) => ({ ...ribeye, item_id: `i${at}` })) }], delete_missing: true });
  const calls = (await pushed(desk.store)).flatMap((each) => each.calls.map(({ body }) => body));
  expect(calls.find(({ catalog_id, items }) => catalog_id === 'menu' && items)).toMatchObject({ account_id: 'acct_test', type: 'product', name: 'Menu', part: { number: 1, of: 1 }, items: [{ item_id: 'ribeye', item: ribeye }] });
  expect(calls.filter(({ catalog_id }) => catalog_id === 'many').map(({ part, items }) => [part, (items as unknown[]).length])).toEqual([[{ number: 1, of: 2 }, 1000], [{ number: 2, of: 2 }, 500]]);
  expect(calls).toContainEqual({ account_id: 'acct_test', catalog_id: 'menu', delete: true });
});

describe('items that a person looks at', () => {
  const review = { buys: 'none', briefs: false, catalog_items: true } as const;

  it('wait, and stay what they are once somebody has decided', async () => {
    const { one, desk, caller } = await setting({ review });
    expect(await one(menu(ribeye, tower))).toMatchObject({ items_pending: 2, items_approved: 0 });
    const [catalog] = await desk.store.catalogs(caller.reach, ['menu']);
    const [first, second] = await desk.store.catalogItems(catalog!);
    const decision = { at: '2026-11-20T12:00:00.000Z' };
    await record(desk, [{ kind: 'put_catalog', catalog: { ...catalog!, counts: { ...catalog!.counts, pending: 0, approved: 1, rejected: 1 } }, decided: [
      { ...first!, status: 'approved', decision }, { ...second!, status: 'rejected', reasons: ['no pictures of fish'], decision },
    ] }]);
    expect(await one(menu({ ...ribeye, title: 'Bigger ribeye' }, tower))).toMatchObject({ items_approved: 1, items_rejected: 1, item_issues: [{ item_id: 'tower', status: 'rejected', reasons: ['no pictures of fish'] }] });
    expect(await one(menu(ribeye, { ...tower, title: 'Tower' }))).toMatchObject({ items_approved: 1, items_pending: 1 });
  });

  it('are never brought back by their buyer when the seller has withdrawn them, not even by leaving them out in between', async () => {
    const { one, desk, caller } = await setting();
    await one(menu(ribeye, tower));
    const [catalog] = await desk.store.catalogs(caller.reach, ['menu']);
    const [first] = await desk.store.catalogItems(catalog!);
    await record(desk, [{ kind: 'put_catalog', catalog: { ...catalog!, counts: { ...catalog!.counts, approved: 1, withdrawn: 1 } }, decided: [{ ...first!, status: 'withdrawn', reasons: ['recalled'], decision: { at: '2026-11-20T12:00:00.000Z', reason_code: 'seller_removed' } }] }]);
    expect(await one(menu({ ...ribeye, title: 'x' }, tower))).toMatchObject({ item_count: 2, items_approved: 1, item_issues: [{ item_id: 'ribeye', status: 'withdrawn' }] });
    expect(await one(menu(tower))).toMatchObject({ item_count: 1, items_approved: 1 });
    expect(await one(menu(ribeye, tower))).toMatchObject({ item_count: 2, items_approved: 1, item_issues: [{ item_id: 'ribeye', status: 'withdrawn', reasons: ['recalled'] }] });
  });
});
