import { describe, expect, it } from 'vitest';
import { bought, buyer, END, START, type Change } from '../../test/support/buying.ts';
import { record } from '../../test/support/desk.ts';
import { audienceRecord } from '../../test/support/library-records.ts';

type Changes = Omit<Change, 'media_buy_id'>;

const DURING = '2026-12-20T00:00:00.000Z';

describe('update_media_buy is refused', () => {
  it.each<[string, Changes, string, string]>([
    ['for a package that is not there', { packages: [{ package_id: 'nope' }] }, 'PACKAGE_NOT_FOUND', 'packages[0].package_id'],
    ['against a revision that has passed', { revision: 7, paused: true }, 'CONFLICT', 'revision'],
    ['when it would end before it starts', { end_time: '2026-12-01T00:00:00Z' }, 'INVALID_REQUEST', 'end_time'],
    ['when it would have ended', { start_time: 'asap', end_time: '2026-11-19T00:00:00Z' }, 'INVALID_REQUEST', 'end_time'],
    ['when its start has passed', { start_time: '2026-11-19T00:00:00Z' }, 'INVALID_REQUEST', 'start_time'],
    [
      'for a new package of an unknown product',
      { new_packages: [{ product_id: 'nope', pricing_option_id: 'x', budget: 1 }] },
      'PRODUCT_NOT_FOUND',
      'new_packages[0].product_id',
    ],
    [
      'for a new package at an unknown price',
      { new_packages: [{ product_id: 'display_auction', pricing_option_id: 'x', budget: 1 }] },
      'INVALID_REQUEST',
      'new_packages[0].pricing_option_id',
    ],
    [
      'for a new package in another currency',
      { new_packages: [{ product_id: 'video_euro', pricing_option_id: 'eur', budget: 1 }] },
      'INVALID_REQUEST',
      'new_packages[0].pricing_option_id',
    ],
  ])('%s', async (_what, changes, code, field) => {
    const { refusal } = await bought();
    expect(await refusal(changes)).toMatchObject({ code, field });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['for a bid below the floor', { bid_price: 1 }, 'INVALID_REQUEST', 'packages[0].bid_price'],
    ['for a flight outside the buy', { end_time: '2027-06-01T00:00:00Z' }, 'INVALID_REQUEST', 'packages[0].end_time'],
    ['for a start of a package that has passed', { start_time: '2026-11-01T00:00:00Z' }, 'INVALID_REQUEST', 'packages[0].start_time'],
    ['for an end of a package that has passed', { end_time: '2026-11-01T00:00:00Z' }, 'INVALID_REQUEST', 'packages[0].end_time'],
    [
      'for an audience that is not registered',
      { targeting_overlay: { audience_include: ['phantom'] } },
      'INVALID_REQUEST',
      'packages[0].targeting_overlay.audience_include[0]',
    ],
    [
      'for a goal on an unregistered source',
      { optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'phantom', event_type: 'purchase' }] }] },
      'INVALID_REQUEST',
      'packages[0].optimization_goals[0].event_sources[0].event_source_id',
    ],
    [
      'for two catalogues of one type',
      { catalogs: [{ type: 'product' }, { type: 'product' }] },
      'INVALID_REQUEST',
      'packages[0].catalogs[1]',
    ],
    [
      'for a keyword that is added twice',
      {
        keyword_targets_add: [
          { keyword: 'a', match_type: 'broad' },
          { keyword: 'a', match_type: 'broad' },
        ],
      },
      'INVALID_REQUEST',
      'packages[0].keyword_targets_add[1]',
    ],
    [
      'for keywords that are replaced and added to',
      {
        targeting_overlay: { negative_keywords: [{ keyword: 'a', match_type: 'broad' }] },
        negative_keywords_add: [{ keyword: 'b', match_type: 'broad' }],
      },
      'INVALID_REQUEST',
      'packages[0].negative_keywords_add',
    ],
  ])('%s', async (_what, changes, code, field) => {
    const { refusal, pkg } = await bought();
    expect(await refusal({ packages: [{ package_id: pkg, ...changes }] })).toMatchObject({ code, field });
  });

  it('for a buy that is not there', async () => {
    expect(await (await buyer()).refusedUpdate({ media_buy_id: 'nope' })).toMatchObject([
      { code: 'MEDIA_BUY_NOT_FOUND', field: 'media_buy_id' },
    ]);
  });
  it('for a buy of another account, as if it were not there', async () => {
    const { desk, media_buy_id, caller } = await bought();
    const other = await buyer(
      { store: desk.store, clock: desk.clock },
      { account_id: 'acct_other', library: 'acct_other', brand: { domain: 'other.example' } },
    );
    expect(caller.reach.library).not.toBe(other.caller.reach.library);
    expect(await other.refusedUpdate({ media_buy_id, paused: true })).toMatchObject([
      { code: 'MEDIA_BUY_NOT_FOUND', field: 'media_buy_id' },
    ]);
  });
  it('once it was canceled: NOT_CANCELLABLE for another cancellation, INVALID_STATE for anything else, before unknown packages', async () => {
    const { change, refusal } = await bought();
    await change({ canceled: true });
    expect(await refusal({ canceled: true })).toMatchObject({ code: 'NOT_CANCELLABLE' });
    expect(await refusal({ paused: true })).toMatchObject({ code: 'INVALID_STATE' });
    expect(await refusal({ packages: [{ package_id: 'nope' }] })).toMatchObject({ code: 'INVALID_STATE' });
  });
  it('once its flight has ended, though nobody has looked since', async () => {
    const { refusal, desk } = await bought();
    desk.clock.at = '2027-01-11T00:00:00.000Z';
    expect(await refusal({ paused: true })).toMatchObject({ code: 'INVALID_STATE' });
  });
  it('with both versions when the revision is stale', async () => {
    const { refusal, media_buy_id } = await bought();
    expect((await refusal({ revision: 9, paused: true })).details).toEqual({
      resource_id: media_buy_id,
      expected_version: 9,
      current_version: 1,
    });
  });
  it('for a start that has been', async () => {
    const { refusal } = await bought({ start_time: 'asap' });
    expect(await refusal({ start_time: '2026-12-25T00:00:00Z' })).toMatchObject({ code: 'INVALID_REQUEST', field: 'start_time' });
  });
  it('for an end that has passed on a running buy', async () => {
    const { refusal, desk } = await bought();
    desk.clock.at = DURING;
    expect(await refusal({ end_time: '2026-12-19T00:00:00Z' })).toMatchObject({ code: 'INVALID_REQUEST', field: 'end_time' });
  });
  it.each(['start_time', 'end_time'] as const)('for a %s of a package that has passed while the buy runs', async (member) => {
    const { refusal, change, desk, pkg } = await bought();
    desk.clock.at = DURING;
    expect(await refusal({ packages: [{ package_id: pkg, [member]: '2026-12-16T00:00:00Z' }] })).toMatchObject({
      code: 'INVALID_REQUEST',
      field: `packages[0].${member}`,
    });
    expect((await change({ packages: [{ package_id: pkg, start_time: START }] })).revision).toBe(2);
  });
  it('for an end that would cut off a package', async () => {
    const { refusal } = await bought({ packages: [{ end_time: END }] });
    expect(await refusal({ end_time: '2026-12-20T00:00:00Z' })).toMatchObject({ code: 'INVALID_REQUEST', field: 'end_time' });
  });
  it('for a start that would cut off a package', async () => {
    const { refusal } = await bought({ packages: [{ start_time: START }] });
    expect(await refusal({ start_time: '2026-12-12T00:00:00Z' })).toMatchObject({ code: 'INVALID_REQUEST', field: 'start_time' });
  });
  it('for an end that would cut off a package of which something else changes', async () => {
    const { refusal, pkg } = await bought({ packages: [{ end_time: END }] });
    expect(await refusal({ end_time: '2026-12-20T00:00:00Z', packages: [{ package_id: pkg, budget: 5 }] })).toMatchObject({
      code: 'INVALID_REQUEST',
      field: 'end_time',
    });
  });
  it('not for an end that the packages move to, too, or that only a canceled one lies behind', async () => {
    const {
      change,
      ids: [a, b],
    } = await bought({ packages: [{ end_time: END }, { end_time: END }] });
    await change({ packages: [{ package_id: b!, canceled: true }] });
    expect(
      (await change({ end_time: '2026-12-20T00:00:00Z', packages: [{ package_id: a!, end_time: '2026-12-20T00:00:00Z' }] })).revision,
    ).toBe(3);
  });
  it('for a package that is named twice', async () => {
    const { refusal, pkg } = await bought();
    expect(
      await refusal({
        packages: [
          { package_id: pkg, budget: 1 },
          { package_id: pkg, budget: 2 },
        ],
      }),
    ).toMatchObject({ code: 'INVALID_REQUEST', field: 'packages[1].package_id' });
  });
  it('for a package that was canceled', async () => {
    const { change, refusal, pkg } = await bought({ packages: [{}, {}] });
    await change({ packages: [{ package_id: pkg, canceled: true }] });
    expect(await refusal({ packages: [{ package_id: pkg, budget: 1 }] })).toMatchObject({
      code: 'INVALID_STATE',
      field: 'packages[0].package_id',
    });
    expect(await refusal({ packages: [{ package_id: pkg, canceled: true }] })).toMatchObject({
      code: 'NOT_CANCELLABLE',
      field: 'packages[0].package_id',
    });
  });
  it('for a budget below the least spend of what was agreed', async () => {
    const { refusal, pkg } = await bought({ packages: [{ product_id: 'display_fixed', pricing_option_id: 'fixed' }] });
    expect(await refusal({ packages: [{ package_id: pkg, budget: 99 }] })).toMatchObject({
      code: 'BUDGET_TOO_LOW',
      field: 'packages[0].budget',
      details: { minimum_budget: 100, currency: 'USD' },
    });
  });
  it('for a budget below what was spent', async () => {
    const { refusal, change, pkg, desk, media_buy_id } = await bought({ start_time: 'asap' });
    await record(desk, [
      {
        kind: 'record_delivery',
        fact: {
          principal_id: 'buyer',
          media_buy_id,
          day: '2026-11-20',
          gauges: {},
          increments: [
            { package_id: pkg, spend_micros: 300_500_000 },
            { package_id: pkg, creative_id: 'banner', spend_micros: 100_000_000 },
          ],
        },
      },
    ]);
    expect(await refusal({ packages: [{ package_id: pkg, budget: 400 }] })).toMatchObject({
      code: 'BUDGET_TOO_LOW',
      details: { minimum_budget: 400.5 },
    });
    expect((await change({ packages: [{ package_id: pkg, budget: 400.5 }] })).total_budget).toBe(400.5);
  });
  it('when it would spend more on an account that owes money, but not when it only moves money', async () => {
    const { caller, desk, ...rest } = await bought({ packages: [{}, {}] });
    const account = { ...caller.account, status: 'payment_required' as const };
    await record(desk, [{ kind: 'put_account', account }]);
    Object.assign(caller, { account });
    const [a, b] = rest.ids;
    expect(await rest.refusal({ packages: [{ package_id: a!, budget: 1001 }] })).toMatchObject({
      code: 'ACCOUNT_PAYMENT_REQUIRED',
      field: 'account',
    });
    expect(
      await rest.refusal({ new_packages: [{ product_id: 'display_auction', pricing_option_id: 'auction', budget: 1 }] }),
    ).toMatchObject({ code: 'ACCOUNT_PAYMENT_REQUIRED' });
    expect(
      (
        await rest.change({
          packages: [
            { package_id: a!, budget: 1500 },
            { package_id: b!, budget: 500 },
          ],
        })
      ).total_budget,
    ).toBe(2000);
    expect((await rest.change({ paused: true })).revision).toBe(3);
  });
  it('whole, when one package is refused', async () => {
    const { refusedUpdate, media_buy_id, ids, stored } = await bought({ packages: [{}, {}] });
    await refusedUpdate({
      media_buy_id,
      packages: [
        { package_id: ids[0]!, budget: 5000 },
        { package_id: ids[1]!, bid_price: 0.5 },
      ],
    });
    expect(await stored()).toMatchObject({ revision: 1, packages: [{ package: { budget: 1000 } }, {}] });
  });
  it('not for an audience that has gone since, when something else changes', async () => {
    const { create, update, desk } = await buyer();
    await record(desk, [{ kind: 'put_audience', audience: audienceRecord('vip'), add: [], remove: [] }]);
    const {
      media_buy_id,
      packages: [sold],
    } = await create({ packages: [{ targeting_overlay: { audience_include: ['vip'] } }] });
    const [vip] = await desk.store.audiences({ principal_id: 'buyer', wide: true });
    await record(desk, [{ kind: 'delete_audience', audience: vip! }]);
    expect((await update({ media_buy_id, packages: [{ package_id: sold!.package_id, budget: 10 }] })).total_budget).toBe(10);
  });
});
