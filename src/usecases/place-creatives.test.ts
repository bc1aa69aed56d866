import { describe, expect, test } from 'vitest';
import { banner, creativeSetting, wrong } from '../../test/support/creatives.ts';
import { pushed } from '../../test/support/platform.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';

describe('an assignment', () => {
  test('puts creatives onto packages with weights and placements, counts a revision and is pushed', async () => {
    const { desk, sync, put, buy } = await creativeSetting();
    await put(testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a', weight: 1 }] }), testPackage('q')]));
    const creatives = await sync([banner('a'), banner('b')], {
      assignments: [
        { creative_id: 'a', package_id: 'p', weight: 70 },
        { creative_id: 'a', package_id: 'q' },
        { creative_id: 'b', package_id: 'p', weight: 30, placement_ids: ['top'] },
      ],
    });
    expect(creatives.map(({ assigned_to }) => assigned_to)).toEqual([['p', 'q'], ['p']]);
    const { packages, revision, history } = await buy();
    expect(packages.map((each) => each.package.creative_assignments)).toEqual([
      [
        { creative_id: 'a', weight: 70 },
        { creative_id: 'b', weight: 30, placement_ids: ['top'] },
      ],
      [{ creative_id: 'a' }],
    ]);
    expect([revision, history.map(({ event, revision: at }) => `${event} ${at}`)]).toEqual([2, ['creatives_synced 2']]);
    expect((await pushed(desk.store)).map(({ lane, calls }) => [lane, calls[0]?.url, calls[0]?.body['media_buy_id']])).toEqual([
      ['media_buy:buyer/mb_1', 'https://ads.example/buys/updated', 'mb_1'],
    ]);
  });

  test('that stands already changes nothing', async () => {
    const { desk, sync, put, buy } = await creativeSetting();
    await put(testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a', weight: 70 }] })]));
    expect(await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p', weight: 70 }] })).toMatchObject([
      { assigned_to: ['p'] },
    ]);
    expect([(await buy()).revision, await pushed(desk.store)]).toEqual([1, []]);
  });

  test('takes a creative of the library that is not sent', async () => {
    const { sync, put, buy } = await creativeSetting();
    await sync([banner('old')]);
    await put(testBuy([testPackage('p')]));
    expect(await sync([banner('a')], { assignments: [{ creative_id: 'old', package_id: 'p' }] })).toEqual([
      { creative_id: 'a', action: 'created', status: 'approved' },
      { creative_id: 'old', action: 'unchanged', status: 'approved', assigned_to: ['p'] },
    ]);
    expect((await buy()).packages[0]?.package.creative_assignments).toEqual([{ creative_id: 'old' }]);
  });

  test('of a creative that nobody has fails as an item of its own', async () => {
    const { sync, put } = await creativeSetting();
    await put(testBuy([testPackage('p')]));
    expect((await sync([banner('a')], { assignments: [{ creative_id: 'phantom', package_id: 'p' }] }))[1]).toMatchObject({
      creative_id: 'phantom',
      action: 'failed',
      errors: [{ code: 'INVALID_REQUEST', field: 'assignments' }],
    });
  });

  test.each<[string, MediaBuyRecord, RegExp]>([
    ['that is unknown', testBuy([testPackage('other')]), /no package "p"/],
    ['of another account', testBuy([testPackage('p')], { library: 'acct_other' }), /no package "p"/],
    ['of a buy that has ended', testBuy([testPackage('p')], { status: 'canceled' }), /has ended/],
    ['of a buy whose flight has just passed', testBuy([testPackage('p')], { end_time: '2026-11-20T11:59:59Z' }), /has ended/],
    ['that was canceled', testBuy([testPackage('p', { canceled: true })]), /was canceled/],
  ])('to a package %s is told on the creative, which is taken all the same', async (_name, held, message) => {
    const { sync, put } = await creativeSetting();
    await put(held);
    expect(await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p' }] })).toMatchObject([
      {
        action: 'created',
        assigned_to: [],
        assignment_errors: { p: expect.stringMatching(message) as string },
        warnings: [expect.stringMatching(message) as string],
      },
    ]);
  });

  test('goes to the running buy when a package id stands in an ended one as well', async () => {
    const { sync, put, buy } = await creativeSetting();
    await put(testBuy([testPackage('p')], { media_buy_id: 'ended', status: 'completed' }), testBuy([testPackage('p')]));
    await sync([banner('a')], { assignments: [{ creative_id: 'a', package_id: 'p' }] });
    expect((await buy()).packages[0]?.package.creative_assignments).toEqual([{ creative_id: 'a' }]);
  });
});

describe('a buy that waits for creatives', () => {
  const waiting = (more: Partial<MediaBuyRecord> = {}) =>
    testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a' }] }), testPackage('q')], {
      status: 'pending_creatives',
      ...more,
    });

  test('starts when one that it names comes into the library, and is pushed', async () => {
    const { desk, sync, put, buy } = await creativeSetting();
    await put(waiting());
    await sync([banner('unrelated')]);
    expect((await buy()).status).toBe('pending_creatives');
    await sync([banner('a')]);
    expect([(await buy()).status, (await buy()).revision]).toEqual(['active', 1]);
    expect((await pushed(desk.store)).map(({ lane }) => lane)).toEqual(['media_buy:buyer/mb_1']);
  });

  test('starts when one is assigned to it, waits for its date, and keeps the pause that it was made with', async () => {
    const { sync, put, buy } = await creativeSetting();
    const open = { packages: [testPackage('p2')], status: 'pending_creatives' } as const;
    await put(
      testBuy([], { ...open, media_buy_id: 'later', start_time: '2026-11-25T00:00:00Z', packages: [testPackage('p1')] }),
      testBuy([], { ...open, media_buy_id: 'held', hold: true }),
    );
    await sync([banner('a')], {
      assignments: [
        { creative_id: 'a', package_id: 'p1' },
        { creative_id: 'a', package_id: 'p2' },
      ],
    });
    expect([(await buy('later')).status, (await buy('held')).status]).toEqual(['pending_start', 'paused']);
  });

  test('is not moved by creatives that fail', async () => {
    const { sync, put, buy } = await creativeSetting();
    await put(waiting());
    await sync([wrong('a')]);
    expect((await buy()).status).toBe('pending_creatives');
  });
});
