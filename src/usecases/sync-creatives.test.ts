import { describe, expect, test } from 'vitest';
import { callerWithAccount, catalogueOf, PRODUCTS, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { creativeRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Catalogue } from '../domain/ports/catalogue.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { SyncCreativesRequest } from '../protocol/wire/sync-creatives.ts';
import { syncCreatives } from './sync-creatives.ts';

const OWN = 'https://seller.example/mcp';
const banner = (creative_id: string, more: Partial<CreativeAsset> = {}): CreativeAsset => ({
  creative_id, name: `Banner ${creative_id}`, format_id: { agent_url: OWN, id: 'display_300x250' },
  assets: { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 } } as CreativeAsset['assets'], ...more,
});
const wrong = (creative_id: string) => banner(creative_id, { assets: { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 728, height: 90 } } as CreativeAsset['assets'] });

async function setting(catalogue: Partial<Catalogue> = {}) {
  const desk = testDesk({ platform: testPlatform, catalogue: { ...catalogueOf(PRODUCTS), ...catalogue } });
  const caller = await callerWithAccount(desk);
  const decide = (creatives: CreativeAsset[], more: Partial<SyncCreativesRequest> = {}) =>
    syncCreatives({ idempotency_key: 'key-key-key-key-1', account: { account_id: 'acct_test' }, creatives, ...more }, caller, desk);
  const sync = async (creatives: CreativeAsset[], more: Partial<SyncCreativesRequest> = {}) => {
    const body = await record(desk, await decide(creatives, more));
    expectOfficial('sync_creatives', body);
    return body.creatives;
  };
  const put = (...buys: MediaBuyRecord[]) => record(desk, buys.map((buy) => ({ kind: 'put_media_buy', buy }) as const));
  const library = async () => (await desk.store.listCreatives(caller.reach, {}, { by: 'created_date', direction: 'asc' }, { limit: 99 })).items.map(({ creative_id, status }) => `${creative_id} ${status}`);
  const buy = async (id = 'mb_1') => (await desk.store.mediaBuy(caller.reach, id))!;
  return { desk, caller, decide, sync, put, library, buy };
}

const short = (creatives: readonly { creative_id: string; action: string; status?: string }[]) => creatives.map(({ creative_id, action, status }) => [creative_id, action, ...(status ? [status] : [])].join(' '));

describe('the library', () => {
  test('takes new creatives, leaves known ones alone, and names what changed', async () => {
    const { sync, library } = await setting();
    expect(short(await sync([banner('a'), banner('b')]))).toEqual(['a created approved', 'b created approved']);
    const [a, b] = await sync([banner('a'), banner('b', { name: 'New' })]);
    expect([a, b]).toEqual([{ creative_id: 'a', action: 'unchanged', status: 'approved' }, { creative_id: 'b', action: 'updated', status: 'approved', changes: ['name'] }]);
    expect(await library()).toEqual(['a approved', 'b approved']);
  });

  test('tells a rejected creative that is sent again as under review, and shows it approved to the next reader', async () => {
    const { desk, sync, library } = await setting();
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('a', { status: 'rejected', rejection_reason: 'too loud' }) }]);
    expect(short(await sync([banner('a')]))).toEqual(['a updated pending_review']);
    expect(await library()).toEqual(['a approved']);
  });

  test('stays as it is in a dry run that tells what would happen', async () => {
    const { decide, library, put, buy } = await setting();
    await put(testBuy([testPackage('p')]));
    const decision = await decide([banner('a')], { dry_run: true, assignments: [{ creative_id: 'a', package_id: 'p' }] });
    expect(decision).toMatchObject({ body: { dry_run: true, creatives: [{ creative_id: 'a', action: 'created', assigned_to: ['p'] }] }, changes: [] });
    expect([await library(), (await buy()).revision]).toEqual([[], 1]);
  });

  test('is changed only for the ids that the call limits itself to', async () => {
    const { sync, library } = await setting();
    expect(short(await sync([banner('a'), banner('b')], { creative_ids: ['b', 'unknown'] }))).toEqual(['b created approved']);
    expect(await library()).toEqual(['b approved']);
  });

  test('loses what a complete list leaves out: approved creatives are archived, others deleted, archived ones stay', async () => {
    const { desk, sync, library } = await setting();
    await sync([banner('a'), banner('b')]);
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('c', { status: 'rejected' }) }, { kind: 'put_creative', creative: creativeRecord('d', { status: 'archived' }) }]);
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('theirs', { library: 'acct_other' }) }]);
    expect(short(await sync([banner('a')], { delete_missing: true }))).toEqual(['a unchanged approved', 'b updated archived', 'c deleted']);
    expect(await library()).toEqual(['a approved', 'b archived', 'd archived']);
    expect(short(await sync([banner('b')]))).toEqual(['b updated approved']);
    expect(await desk.store.creatives({ principal_id: 'buyer', library: 'acct_other', wide: false }, ['theirs'])).toHaveLength(1);
  });

  test('refuses delete_missing together with creative_ids', async () => {
    const { decide } = await setting();
    expect(refusalOf(await decide([banner('a')], { delete_missing: true, creative_ids: ['a'] }))).toMatchObject({ code: 'INVALID_REQUEST', field: 'delete_missing' });
  });

  test('is that of the account, even for a caller that reaches further', async () => {
    const { desk, caller, library } = await setting();
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('a', { library: 'acct_other' }) }]);
    const wide = { ...caller, reach: { ...caller.reach, wide: true } };
    const decision = await syncCreatives({ idempotency_key: 'key-key-key-key-2', account: { account_id: 'acct_test' }, creatives: [banner('a')], delete_missing: true }, wide, desk);
    expect(short((await record(desk, decision)).creatives)).toEqual(['a created approved']);
    expect(await library()).toEqual(['a approved']);
  });
});

describe('a creative that does not fit', () => {
  test('fails with all that is wrong, at literal paths', async () => {
    const { sync, library } = await setting();
    const [failed] = await sync([wrong('a')]);
    expect(failed).toMatchObject({ creative_id: 'a', action: 'failed', errors: [{ code: 'INVALID_REQUEST', field: 'creatives[0].assets.image.width' }, { field: 'creatives[0].assets.image.height' }] });
    expect(failed).not.toHaveProperty('status');
    expect(await library()).toEqual([]);
  });

  test('keeps the others out in strict mode, assignments and deletions included', async () => {
    const { sync, library, put, buy } = await setting();
    await sync([banner('old')]);
    await put(testBuy([testPackage('p')]));
    const creatives = await sync([banner('a'), wrong('b')], { assignments: [{ creative_id: 'a', package_id: 'p' }], delete_missing: true });
    expect(short(creatives)).toEqual(['a failed', 'b failed']);
    expect(creatives[0]?.errors?.[0]).toMatchObject({ field: 'creatives[1]', message: expect.stringContaining('lenient') as string });
    expect([await library(), (await buy()).revision]).toEqual([['old approved'], 1]);
  });

  test('keeps nothing else out in lenient mode', async () => {
    const { sync, library, put, buy } = await setting();
    await put(testBuy([testPackage('p')]));
    const assignments = ['a', 'b'].map((creative_id) => ({ creative_id, package_id: 'p' }));
    expect(short(await sync([banner('a'), wrong('b')], { validation_mode: 'lenient', assignments }))).toEqual(['a created approved', 'b failed']);
    expect(await library()).toEqual(['a approved']);
    expect((await buy()).packages[0]?.package.creative_assignments).toEqual([{ creative_id: 'a' }]);
  });

  test('is taken with a warning where the catalogue only advises on formats', async () => {
    const { sync } = await setting({ format_fit: 'advisory' });
    expect(await sync([wrong('a')])).toMatchObject([{ action: 'created', status: 'approved', warnings: [expect.stringContaining('width is 728') as string, expect.any(String) as string] }]);
  });

  test('may name a format that is ours and that nothing takes', async () => {
    const { sync } = await setting();
    expect((await sync([banner('a', { format_id: { agent_url: OWN, id: 'display_970x250' } })]))[0]).toMatchObject({ action: 'failed', errors: [{ field: 'creatives[0].format_id' }] });
  });

  test('is judged by the description of the catalogue before that of the name', async () => {
    const format_id = { agent_url: 'https://formats.example', id: 'poster' };
    const poster = { format_id, name: 'Poster', assets: [{ item_type: 'individual' as const, asset_id: 'sheet', asset_type: 'image' as const, required: true }] };
    const { sync } = await setting({ formats: async () => [poster] });
    expect((await sync([banner('a', { format_id })]))[0]).toMatchObject({ action: 'failed', errors: [{ field: 'creatives[0].assets.sheet' }] });
  });

  test('cannot be told of a format that another agent defines, which is taken with a warning', async () => {
    const { sync } = await setting();
    const format_id = { agent_url: 'https://formats.example/', id: 'video_30s' };
    expect((await sync([banner('a', { format_id })]))[0]).toMatchObject({ action: 'created', warnings: [expect.stringContaining('https://formats.example/') as string] });
  });

  test('cannot be told of a canonical kind', async () => {
    const { sync } = await setting();
    const { format_id: _none, ...rest } = banner('a');
    expect(await sync([{ ...rest, format_kind: 'image' }])).toEqual([{ creative_id: 'a', action: 'created', status: 'approved' }]);
  });

  test('is one that stands in the list twice, the second time', async () => {
    const { sync } = await setting();
    expect(await sync([banner('a'), banner('a')], { validation_mode: 'lenient' })).toMatchObject([{ action: 'created' }, { action: 'failed', errors: [{ field: 'creatives[1].creative_id' }] }]);
  });
});

describe('an assignment', () => {
  test('puts creatives onto packages with weights and placements, counts a revision and is pushed', async () => {
    const { desk, sync, put, buy } = await setting();
    await put(testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a', weight: 1 }] }), testPackage('q')]));
    const creatives = await sync([banner('a'), banner('b')], { assignments: [
      { creative_id: 'a', package_id: 'p', weight: 70 }, { creative_id: 'a', package_id: 'q' }, { creative_id: 'b', package_id: 'p', weight: 30, placement_ids: ['top'] },
    ] });
    expect(creatives.map(({ assigned_to }) => assigned_to)).toEqual([['p', 'q'], ['p']]);
    const { packages, revision, history } = await buy();
    expect(packages.map((each) => each.package.creative_assignments)).toEqual([[{ creative_id: 'a', weight: 70 }, { creative_id: 'b', weight: 30, placement_ids: ['top'] }], [{ creative_id: 'a' }]]);
    expect([revision, history.map(({ event, revision: at }) => `${event} ${at}`)]).toEqual([2, ['creatives_synced 2']]);
    expect((await pushed(desk.store)).map(({ lane, calls }) => [lane, calls[0]?.url, calls[0]?.body['media_buy_id']])).toEqual([['mb_1', 'https://ads.example/buys/updated', 'mb_1']]);
  });

  test('that stands already changes nothing', async () => {
    const { desk, sync, put, buy } = await setting();
    await put(testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a', weight: 70 }] })]));
    expect(await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p', weight: 70 }] })).toMatchObject([{ assigned_to: ['p'] }]);
    expect([(await buy()).revision, await pushed(desk.store)]).toEqual([1, []]);
  });

  test('takes a creative of the library that is not sent', async () => {
    const { sync, put, buy } = await setting();
    await sync([banner('old')]);
    await put(testBuy([testPackage('p')]));
    expect(await sync([banner('a')], { assignments: [{ creative_id: 'old', package_id: 'p' }] })).toEqual(
      [{ creative_id: 'a', action: 'created', status: 'approved' }, { creative_id: 'old', action: 'unchanged', status: 'approved', assigned_to: ['p'] }]);
    expect((await buy()).packages[0]?.package.creative_assignments).toEqual([{ creative_id: 'old' }]);
  });

  test('of a creative that nobody has fails as an item of its own', async () => {
    const { sync, put } = await setting();
    await put(testBuy([testPackage('p')]));
    expect((await sync([banner('a')], { assignments: [{ creative_id: 'phantom', package_id: 'p' }] }))[1]).toMatchObject({ creative_id: 'phantom', action: 'failed', errors: [{ code: 'INVALID_REQUEST', field: 'assignments' }] });
  });

  test.each<[string, MediaBuyRecord, RegExp]>([
    ['that is unknown', testBuy([testPackage('other')]), /no package "p"/],
    ['of another account', testBuy([testPackage('p')], { library: 'acct_other' }), /no package "p"/],
    ['of a buy that has ended', testBuy([testPackage('p')], { status: 'canceled' }), /has ended/],
    ['of a buy whose flight has just passed', testBuy([testPackage('p')], { end_time: '2026-11-20T11:59:59Z' }), /has ended/],
    ['that was canceled', testBuy([testPackage('p', { canceled: true })]), /was canceled/],
  ])('to a package %s is told on the creative, which is taken all the same', async (_name, held, message) => {
    const { sync, put } = await setting();
    await put(held);
    expect(await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p' }] })).toMatchObject(
      [{ action: 'created', assigned_to: [], assignment_errors: { p: expect.stringMatching(message) as string }, warnings: [expect.stringMatching(message) as string] }]);
  });

  test('goes to the running buy when a package id stands in an ended one as well', async () => {
    const { sync, put, buy } = await setting();
    await put(testBuy([testPackage('p')], { media_buy_id: 'ended', status: 'completed' }), testBuy([testPackage('p')]));
    await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p' }] });
    expect((await buy()).packages[0]?.package.creative_assignments).toEqual([{ creative_id: 'a' }]);
  });
});

describe('a buy that waits for creatives', () => {
  const waiting = (more: Partial<MediaBuyRecord> = {}) => testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a' }] }), testPackage('q')], { status: 'pending_creatives', ...more });

  test('starts when one that it names comes into the library, and is pushed', async () => {
    const { desk, sync, put, buy } = await setting();
    await put(waiting());
    await sync([banner('unrelated')]);
    expect((await buy()).status).toBe('pending_creatives');
    await sync([banner('a')]);
    expect([(await buy()).status, (await buy()).revision]).toEqual(['active', 1]);
    expect((await pushed(desk.store)).map(({ lane }) => lane)).toEqual(['mb_1']);
  });

  test('starts when one is assigned to it, waits for its date, and keeps the pause that it was made with', async () => {
    const { sync, put, buy } = await setting();
    const open = { packages: [testPackage('p2')], status: 'pending_creatives' } as const;
    await put(testBuy([], { ...open, media_buy_id: 'later', start_time: '2026-11-25T00:00:00Z', packages: [testPackage('p1')] }), testBuy([], { ...open, media_buy_id: 'held', hold: true }));
    await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p1' }, { creative_id: 'a', package_id: 'p2' }] });
    expect([(await buy('later')).status, (await buy('held')).status]).toEqual(['pending_start', 'paused']);
  });

  test('is not moved by creatives that fail', async () => {
    const { sync, put, buy } = await setting();
    await put(waiting());
    await sync([wrong('a')]);
    expect((await buy()).status).toBe('pending_creatives');
  });
});
