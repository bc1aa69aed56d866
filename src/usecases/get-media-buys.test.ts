import { describe, expect, it } from 'vitest';
import { assigned, bought, buyer, END, START } from '../../test/support/buying.ts';
import { record, refusalOf } from '../../test/support/desk.ts';
import { audienceRecord, creativeRecord } from '../../test/support/library-records.ts';
import { mediaBuy, packageRecord } from '../../test/support/media-buys.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import type { Desk } from './desk.ts';
import { getMediaBuys } from './get-media-buys.ts';

const DURING = '2026-12-20T00:00:00.000Z';

/** Changes a creative as its review would. */
async function reviewed(desk: Desk, creative_id: string, more: Partial<CreativeRecord>) {
  const [creative] = await desk.store.creatives({ principal_id: 'buyer', wide: true }, [creative_id]);
  await record(desk, [{ kind: 'put_creative', creative: { ...creative!, ...more } }]);
}

describe('get_media_buys', () => {
  it('shows a buy with everything that was agreed', async () => {
    const { one, media_buy_id, caller, desk } = await bought({
      context: { trace: 'create' },
      ext: { vendor: 1 },
      packages: [{ bid_price: 3, context: { buyer_ref: 'l1' } }],
    });
    expect(await one(media_buy_id)).toMatchObject({
      media_buy_id,
      status: 'pending_start',
      health: 'ok',
      currency: 'USD',
      total_budget: 1000,
      revision: 1,
      start_time: START,
      end_time: END,
      confirmed_at: desk.clock.at,
      created_at: desk.clock.at,
      updated_at: desk.clock.at,
      context: { trace: 'create' },
      ext: { vendor: 1 },
      account: { account_id: caller.account.account_id, name: 'Trail & Tent' },
      packages: [
        {
          product_id: 'display_auction',
          pricing_option_id: 'auction',
          budget: 1000,
          bid_price: 3,
          currency: 'USD',
          context: { buyer_ref: 'l1' },
          creative_assignments: [{ creative_id: 'banner' }],
          creative_approvals: [{ creative_id: 'banner', approval_status: 'approved' }],
        },
      ],
    });
  });
  it('shows nothing of how the buy is kept', async () => {
    const { one, media_buy_id } = await bought({ po_number: 'PO-1' });
    const shown = await one(media_buy_id);
    for (const member of ['principal_id', 'library', 'row_version', 'hold', 'references', 'account_id'])
      expect(shown).not.toHaveProperty(member);
    for (const member of ['terms', 'pricing', 'list_tokens']) expect(shown.packages[0]).not.toHaveProperty(member);
  });
  it('shows what may be done now', async () => {
    const { one, media_buy_id } = await bought();
    const { valid_actions, available_actions } = await one(media_buy_id);
    expect(valid_actions).toEqual(available_actions!.map(({ action }) => action));
    expect(valid_actions).toContain('cancel');
  });
  it('shows how and why a buy was canceled', async () => {
    const { change, one, media_buy_id, desk } = await bought();
    await change({ canceled: true, cancellation_reason: 'plans changed' });
    expect(await one(media_buy_id)).toMatchObject({
      status: 'canceled',
      cancellation: { canceled_at: desk.clock.at, canceled_by: 'buyer', reason: 'plans changed' },
    });
  });
  it('leaves out ids that it does not know', async () => {
    const { read, media_buy_id } = await bought();
    const body = await read({ media_buy_ids: ['nope', media_buy_id] });
    expect(body.media_buys).toHaveLength(1);
    expect(body).not.toHaveProperty('errors');
  });
  it('does not show buys of another account', async () => {
    const { desk } = await bought();
    const other = await buyer(
      { store: desk.store, clock: desk.clock },
      { account_id: 'acct_other', library: 'acct_other', brand: { domain: 'other.example' } },
    );
    expect((await other.read()).media_buys).toEqual([]);
  });
  it('pages in the order of creation', async () => {
    const { create, read } = await buyer();
    const ids = [(await create()).media_buy_id, (await create()).media_buy_id, (await create()).media_buy_id];
    const first = await read({ pagination: { max_results: 2 } });
    expect(first.media_buys.map(({ media_buy_id }) => media_buy_id)).toEqual(ids.slice(0, 2));
    expect(first.pagination).toMatchObject({ has_more: true, total_count: 3 });
    const second = await read({ pagination: { max_results: 2, cursor: first.pagination!.cursor! } });
    expect(second.media_buys.map(({ media_buy_id }) => media_buy_id)).toEqual(ids.slice(2));
    expect(second.pagination).toEqual({ has_more: false, total_count: 3 });
  });
  it('refuses a cursor of another list', async () => {
    const { create, read, caller, desk } = await buyer();
    await create();
    await create();
    const { pagination } = await read({ pagination: { max_results: 1 } });
    const other = await getMediaBuys({ status_filter: 'active', pagination: { cursor: pagination!.cursor! } }, caller, desk);
    expect(refusalOf(other)).toMatchObject({ code: 'INVALID_REQUEST', field: 'pagination.cursor' });
  });

  describe('by status', () => {
    it('finds one or several', async () => {
      const { create, update, read } = await bought();
      const canceled = (await create()).media_buy_id;
      await update({ media_buy_id: canceled, canceled: true });
      await create();
      const statuses = async (status_filter: Parameters<typeof read>[0]) =>
        (await read(status_filter)).media_buys.map(({ status }) => status);
      expect(await statuses({ status_filter: 'canceled' })).toEqual(['canceled']);
      expect(await statuses({ status_filter: ['pending_start', 'pending_creatives'] })).toEqual(['pending_start', 'pending_creatives']);
      expect(await statuses({})).toEqual(['pending_start', 'canceled', 'pending_creatives']);
    });
    it('finds what the clock has moved there, and not what it has moved away', async () => {
      const { read, desk, create, media_buy_id } = await bought();
      const later = (await create({ start_time: '2026-12-25T00:00:00Z', packages: [assigned('banner')] })).media_buy_id;
      desk.clock.at = DURING;
      const ids = async (status_filter: 'active' | 'pending_start' | 'completed') =>
        (await read({ status_filter })).media_buys.map((buy) => buy.media_buy_id);
      expect(await ids('active')).toEqual([media_buy_id]);
      expect(await ids('pending_start')).toEqual([later]);
      desk.clock.at = '2027-02-01T00:00:00.000Z';
      expect(await ids('completed')).toEqual([media_buy_id, later]);
    });
    it('pages on over what the clock moves meanwhile: nothing is shown twice, and nothing left out', async () => {
      const { create, read, desk, media_buy_id: begun } = await bought();
      const starts = ['2026-12-12', '2026-12-30', '2026-12-11', '2026-12-12'];
      const ids = [begun];
      for (const day of starts) ids.push((await create({ start_time: `${day}T00:00:00Z`, packages: [assigned('banner')] })).media_buy_id);
      const page = async (cursor?: string) => {
        const { media_buys, pagination } = await read({ status_filter: 'active', pagination: { max_results: 2, ...(cursor ? { cursor } : {}) } });
        return { shown: media_buys.map(({ media_buy_id }) => media_buy_id), total: pagination!.total_count, cursor: pagination!.cursor };
      };
      desk.clock.at = '2026-12-11T12:00:00.000Z';
      const early = await page();
      expect([early.shown, early.total, early.cursor]).toEqual([[ids[0], ids[3]], 2, undefined]);
      desk.clock.at = '2026-12-12T12:00:00.000Z';
      const first = await page();
      expect([first.shown, first.total]).toEqual([[ids[0], ids[1]], 4]);
      const second = await page(first.cursor);
      expect([second.shown, second.cursor]).toEqual([[ids[3], ids[4]], undefined]);
    });
    it('pages over what it found', async () => {
      const { create, read } = await buyer();
      for (let count = 0; count < 3; count += 1) await create();
      const first = await read({ status_filter: 'pending_creatives', pagination: { max_results: 2 } });
      expect(first.pagination).toMatchObject({ has_more: true, total_count: 3 });
      const second = await read({ status_filter: 'pending_creatives', pagination: { max_results: 2, cursor: first.pagination!.cursor! } });
      expect(second.media_buys).toHaveLength(1);
    });
  });

  it('applies the clock before it shows anything, and records it', async () => {
    const { one, desk, media_buy_id, stored } = await bought();
    desk.clock.at = '2027-02-01T00:00:00.000Z';
    const ended = await one(media_buy_id, { include_history: 10 });
    expect(ended).toMatchObject({ status: 'completed', revision: 1, valid_actions: [] });
    expect(ended.history!.map(({ action, timestamp }) => [action, timestamp])).toEqual([
      ['completed', END],
      ['activated', START],
      ['created', '2026-11-20T12:00:00.000Z'],
    ]);
    expect((await stored()).status).toBe('completed');
  });

  describe('history', () => {
    it('is shown on demand, the newest first, as much as was asked for', async () => {
      const { change, one, media_buy_id } = await bought();
      await change({ paused: true });
      await change({ canceled: true });
      expect((await one(media_buy_id, { include_history: 2 })).history!.map(({ action }) => action)).toEqual(['canceled', 'paused']);
      expect(await one(media_buy_id)).not.toHaveProperty('history');
    });
  });

  describe('snapshots', () => {
    it('show what was reported, as old as reports may be', async () => {
      const { one, media_buy_id, pkg, desk } = await bought({ start_time: 'asap' });
      const increments = [
        { package_id: pkg, creative_id: 'banner', impressions: 100, clicks: 3, spend_micros: 250_000 },
        { package_id: pkg, creative_id: 'b', impressions: 50, spend_micros: 260_000 },
      ];
      await record(desk, [
        { kind: 'record_delivery', fact: { principal_id: 'buyer', media_buy_id, day: '2026-11-20', gauges: {}, increments } },
      ]);
      expect((await one(media_buy_id, { include_snapshot: true })).packages[0]!.snapshot).toEqual({
        as_of: desk.clock.at,
        staleness_seconds: 3600,
        impressions: 150,
        clicks: 3,
        spend: 0.51,
        currency: 'USD',
      });
    });
    it('are unavailable before the first report', async () => {
      const { one, media_buy_id } = await bought();
      expect((await one(media_buy_id, { include_snapshot: true })).packages[0]).toMatchObject({
        snapshot_unavailable_reason: 'SNAPSHOT_TEMPORARILY_UNAVAILABLE',
      });
      expect((await one(media_buy_id)).packages[0]).not.toHaveProperty('snapshot_unavailable_reason');
    });
  });

  it('shows how far the creatives are, of those that have come', async () => {
    const { one, media_buy_id, desk } = await bought({
      packages: [{ ...assigned('banner', 'to_come'), format_ids: [{ agent_url: 'https://seller.example/mcp', id: 'display_300x250' }] }],
    });
    expect((await one(media_buy_id)).packages[0]!.creative_approvals).toEqual([{ creative_id: 'banner', approval_status: 'approved' }]);
    expect((await one(media_buy_id)).packages[0]).not.toHaveProperty('format_ids_pending');
    await reviewed(desk, 'banner', { status: 'rejected', rejection_reason: 'blurred' });
    expect((await one(media_buy_id)).packages[0]!.creative_approvals).toEqual([
      { creative_id: 'banner', approval_status: 'rejected', rejection_reason: 'blurred' },
    ]);
  });
  it('shows which of the wanted formats still lack a creative', async () => {
    const { create, one } = await buyer();
    const format_ids = [{ agent_url: 'https://seller.example/mcp', id: 'display_300x250' }];
    const { media_buy_id } = await create({ packages: [{ format_ids }] });
    expect((await one(media_buy_id)).packages[0]!.format_ids_pending).toEqual(format_ids);
  });

  it('is impaired while a creative is rejected, and sound again once it is replaced', async () => {
    const { one, change, pkg, media_buy_id, desk } = await bought();
    await record(desk, [{ kind: 'put_creative', creative: creativeRecord('second') }]);
    await reviewed(desk, 'banner', { status: 'rejected', rejection_reason: 'blurred' });
    expect(await one(media_buy_id)).toMatchObject({
      health: 'impaired',
      status: 'pending_start',
      impairments: [
        {
          resource_type: 'creative',
          resource_id: 'banner',
          package_ids: [pkg],
          transition: { to: 'rejected' },
          reason_code: 'content_rejected',
          reason: 'blurred',
        },
      ],
    });
    await change({ packages: [{ package_id: pkg, ...assigned('second') }] });
    const sound = await one(media_buy_id);
    expect(sound.health).toBe('ok');
    expect(sound).not.toHaveProperty('impairments');
  });
  it('is impaired while an audience is suspended', async () => {
    const { create, one, desk } = await buyer();
    await record(desk, [{ kind: 'put_audience', audience: audienceRecord('vip'), add: [], remove: [] }]);
    const {
      media_buy_id,
      packages: [sold],
    } = await create({ packages: [{ targeting_overlay: { audience_exclude: ['vip'] } }] });
    const [vip] = await desk.store.audiences({ principal_id: 'buyer', wide: true });
    await record(desk, [
      { kind: 'put_audience', audience: { ...vip!, forced_status: 'suspended', forced_reason: 'consent_expired' }, add: [], remove: [] },
    ]);
    expect((await one(media_buy_id)).impairments).toMatchObject([
      {
        resource_type: 'audience',
        resource_id: 'vip',
        package_ids: [sold!.package_id],
        transition: { to: 'suspended' },
        reason_code: 'consent_expired',
      },
    ]);
  });

  it('shows a package that was taken over without a product as it is', async () => {
    const { desk, one, caller } = await buyer();
    const { pricing: _pricing, ...legacy } = packageRecord();
    const { product_id: _product, pricing_option_id: _price, budget: _budget, ...bare } = legacy.package;
    await record(desk, [
      {
        kind: 'put_media_buy',
        buy: mediaBuy({
          row_version: 0,
          library: caller.account.library,
          account_id: caller.account.account_id,
          packages: [{ ...legacy, package: { ...bare, context: { buyer_ref: 'old' } } }],
        }),
      },
    ]);
    const shown = await one('mb_1');
    expect(shown).toMatchObject({ total_budget: 0, revision: 1, packages: [{ package_id: 'pkg_1', context: { buyer_ref: 'old' } }] });
    expect(shown.packages[0]).not.toHaveProperty('product_id');
  });
});
