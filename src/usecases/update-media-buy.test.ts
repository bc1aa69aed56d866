import { describe, expect, it } from 'vitest';
import { assigned, bought } from '../../test/support/buying.ts';
import { record } from '../../test/support/desk.ts';
import { catalogRecord } from '../../test/support/library-records.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';

const DURING = '2026-12-20T00:00:00.000Z';

describe('update_media_buy', () => {
  describe('pauses and resumes', () => {
    it('a running buy', async () => {
      const { change } = await bought({ start_time: 'asap' });
      const paused = await change({ paused: true });
      expect(paused).toMatchObject({ media_buy_status: 'paused', revision: 2 });
      expect(paused.valid_actions).toContain('resume');
      expect(await change({ paused: false })).toMatchObject({ media_buy_status: 'active', revision: 3 });
    });
    it('again and again, as a success that changes nothing', async () => {
      const { change } = await bought({ start_time: 'asap' });
      expect((await change({ paused: false })).media_buy_status).toBe('active');
      await change({ paused: true });
      expect((await change({ paused: true })).media_buy_status).toBe('paused');
    });
    it('a buy that waits for its start, which then begins as paused', async () => {
      const { change, desk, one, media_buy_id } = await bought();
      const held = await change({ paused: true });
      expect(held.media_buy_status).toBe('pending_start');
      expect(held.valid_actions).toContain('resume');
      desk.clock.at = DURING;
      expect((await one(media_buy_id)).status).toBe('paused');
      expect((await change({ paused: false })).media_buy_status).toBe('active');
    });
    it('single packages, without touching the buy', async () => {
      const { change, ids } = await bought({ start_time: 'asap', packages: [{}, {}] });
      const body = await change({ packages: [{ package_id: ids[1]!, paused: true }] });
      expect(body).toMatchObject({ media_buy_status: 'active', affected_packages: [{ package_id: ids[1], paused: true }] });
      expect(body.affected_packages).toHaveLength(1);
    });
  });

  describe('cancels', () => {
    it('the buy, whatever else is asked, and leaves the library alone', async () => {
      const { change, stored, desk, caller, pkg } = await bought({ start_time: 'asap' });
      const body = await change({
        canceled: true,
        cancellation_reason: 'plans changed',
        paused: true,
        packages: [{ package_id: pkg, budget: 5 }],
      });
      expect(body).toMatchObject({
        media_buy_status: 'canceled',
        revision: 2,
        valid_actions: [],
        available_actions: [],
        affected_packages: [{ package_id: pkg, budget: 1000 }],
      });
      expect(await stored()).toMatchObject({
        hold: false,
        cancellation: { canceled_at: desk.clock.at, canceled_by: 'buyer', reason: 'plans changed' },
      });
      expect(await desk.store.creatives(caller.reach, ['banner'])).toMatchObject([{ status: 'approved' }]);
      expect(await desk.store.creativeAssignments(caller.reach, ['banner'])).toEqual([]);
    });
    it('single packages', async () => {
      const { change, ids, desk } = await bought({ packages: [{}, {}] });
      const body = await change({ packages: [{ package_id: ids[0]!, canceled: true, cancellation_reason: 'weak' }] });
      expect(body.media_buy_status).toBe('pending_start');
      expect(body.affected_packages).toMatchObject([
        { canceled: true, cancellation: { canceled_at: desk.clock.at, canceled_by: 'buyer', reason: 'weak' } },
      ]);
    });
    it('all packages without canceling the buy', async () => {
      const { change, pkg } = await bought({ start_time: 'asap' });
      expect((await change({ packages: [{ package_id: pkg, canceled: true }] })).media_buy_status).toBe('active');
    });
  });

  describe('moves', () => {
    it('the flight', async () => {
      const { change, one, media_buy_id } = await bought();
      await change({ start_time: '2026-12-12T00:00:00Z', end_time: '2027-03-01T00:00:00Z' });
      expect(await one(media_buy_id)).toMatchObject({
        start_time: '2026-12-12T00:00:00Z',
        end_time: '2027-03-01T00:00:00Z',
        status: 'pending_start',
      });
    });
    it('a start that lies ahead to now', async () => {
      const { change } = await bought();
      expect((await change({ start_time: 'asap' })).media_buy_status).toBe('active');
    });
    it('budgets and bids, and says the new total', async () => {
      const { change, ids } = await bought({ packages: [{ budget: 1000.1, bid_price: 2 }, { budget: 500 }] });
      const body = await change({
        packages: [
          { package_id: ids[0]!, budget: 1200.2, bid_price: 3.5 },
          { package_id: ids[1]!, budget: 600 },
        ],
      });
      expect(body).toMatchObject({
        currency: 'USD',
        total_budget: 1800.2,
        affected_packages: [{ budget: 1200.2, bid_price: 3.5 }, { budget: 600 }],
      });
    });
    it('flights of packages within that of the buy', async () => {
      const { change, pkg } = await bought();
      const body = await change({ packages: [{ package_id: pkg, start_time: '2026-12-15T00:00:00Z', end_time: '2026-12-20T00:00:00Z' }] });
      expect(body.affected_packages).toMatchObject([{ start_time: '2026-12-15T00:00:00Z', end_time: '2026-12-20T00:00:00Z' }]);
    });
  });

  describe('replaces', () => {
    it('the whole overlay, and seals its new token', async () => {
      const { change, pkg, stored, desk } = await bought({
        packages: [{ targeting_overlay: { geo_countries: ['US'], language: ['en'] } }],
      });
      const list = { agent_url: 'https://lists.example', list_id: 'l' };
      const body = await change({
        packages: [{ package_id: pkg, targeting_overlay: { property_list: { ...list, auth_token: 'secret-of-16-chars' } } }],
      });
      expect(body.affected_packages![0]!.targeting_overlay).toEqual({ property_list: list });
      expect(desk.vault.open((await stored()).packages[0]!.list_tokens!['property_list']!)).toBe('secret-of-16-chars');
      await change({ packages: [{ package_id: pkg, targeting_overlay: { property_list: list, geo_countries: ['CA'] } }] });
      expect((await stored()).packages[0]!.list_tokens).toHaveProperty('property_list');
      await change({ packages: [{ package_id: pkg, targeting_overlay: { property_list: { ...list, list_id: 'other' } } }] });
      expect((await stored()).packages[0]).not.toHaveProperty('list_tokens');
    });
    it('assignments, down to none; the status does not go back', async () => {
      const { change, pkg } = await bought({ start_time: 'asap' });
      const body = await change({ packages: [{ package_id: pkg, creative_assignments: [] }] });
      expect(body).toMatchObject({ media_buy_status: 'active', affected_packages: [{ creative_assignments: [] }] });
    });
    it('assignments, with which a waiting buy goes on', async () => {
      const { change, pkg, one, media_buy_id } = await bought({ packages: [{ ...assigned('to_come'), context: { buyer_ref: 'x' } }] });
      expect((await one(media_buy_id)).status).toBe('pending_creatives');
      const body = await change({ packages: [{ package_id: pkg, ...assigned('banner') }] });
      expect(body).toMatchObject({
        media_buy_status: 'pending_start',
        affected_packages: [
          {
            package_id: pkg,
            product_id: 'display_auction',
            pricing_option_id: 'auction',
            budget: 1000,
            context: { buyer_ref: 'x' },
            creative_assignments: [{ creative_id: 'banner' }],
          },
        ],
      });
    });
    it('inline creatives, which take the place of those before', async () => {
      const { change, pkg, desk, caller } = await bought();
      const creative = { creative_id: 'v2', name: 'Second', format_kind: 'image' as const, assets: {} };
      expect(
        (await change({ packages: [{ package_id: pkg, creatives: [creative] }] })).affected_packages![0]!.creative_assignments,
      ).toEqual([{ creative_id: 'v2' }]);
      expect(await desk.store.creatives(caller.reach, ['v2'])).toMatchObject([{ status: 'approved' }]);
    });
    it('goals, catalogues, pacing and impressions', async () => {
      const { change, pkg, desk } = await bought();
      await record(desk, [{ kind: 'put_catalog', catalog: catalogRecord('c') }]);
      const changes = {
        optimization_goals: [{ kind: 'metric' as const, metric: 'clicks' as const }],
        catalogs: [{ type: 'product' as const, catalog_id: 'c' }],
        pacing: 'asap' as const,
        impressions: 5000,
      };
      expect((await change({ packages: [{ package_id: pkg, ...changes }] })).affected_packages).toMatchObject([changes]);
    });
    it('the invoice recipient and the webhooks', async () => {
      const { change, stored } = await bought();
      const authentication = { schemes: ['Bearer' as const], credentials: 'a-secret-of-at-least-32-characters!!' };
      const body = await change({
        invoice_recipient: { legal_name: 'Trail Ltd', bank: { account_holder: 'x', account_number: '1' } },
        push_notification_config: { url: 'https://buyer.example/new', authentication },
        reporting_webhook: { url: 'https://buyer.example/r', authentication, reporting_frequency: 'daily' },
      });
      expect(body.invoice_recipient).toEqual({ legal_name: 'Trail Ltd' });
      expect(JSON.stringify(body)).not.toContain('buyer.example');
      expect(await stored()).toMatchObject({
        push_notification_config: { url: 'https://buyer.example/new' },
        reporting_webhook: { url: 'https://buyer.example/r' },
      });
      expect(JSON.stringify(await stored())).not.toContain(authentication.credentials);
    });
  });

  it('adds keywords, sets their bids, and takes them away', async () => {
    const { change, pkg } = await bought({
      packages: [
        {
          targeting_overlay: {
            language: ['en'],
            keyword_targets: [
              { keyword: 'tent', match_type: 'broad' },
              { keyword: 'stove', match_type: 'exact' },
            ],
          },
        },
      ],
    });
    const body = await change({
      packages: [
        {
          package_id: pkg,
          keyword_targets_add: [
            { keyword: 'tent', match_type: 'broad', bid_price: 2 },
            { keyword: 'tent', match_type: 'exact' },
          ],
          keyword_targets_remove: [
            { keyword: 'stove', match_type: 'exact' },
            { keyword: 'never', match_type: 'broad' },
          ],
          negative_keywords_add: [{ keyword: 'circus', match_type: 'phrase' }],
        },
      ],
    });
    expect(body.affected_packages![0]!.targeting_overlay).toEqual({
      language: ['en'],
      keyword_targets: [
        { keyword: 'tent', match_type: 'broad', bid_price: 2 },
        { keyword: 'tent', match_type: 'exact' },
      ],
      negative_keywords: [{ keyword: 'circus', match_type: 'phrase' }],
    });
    const emptied = await change({
      packages: [{ package_id: pkg, negative_keywords_remove: [{ keyword: 'circus', match_type: 'phrase' }] }],
    });
    expect(emptied.affected_packages![0]!.targeting_overlay).not.toHaveProperty('negative_keywords');
  });

  it('adds packages behind the others', async () => {
    const { change, pkg, one, media_buy_id } = await bought();
    const body = await change({
      new_packages: [{ product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 300, ...assigned('banner') }],
    });
    expect(body).toMatchObject({ total_budget: 1300, affected_packages: [{ product_id: 'display_fixed', budget: 300 }] });
    expect((await one(media_buy_id)).packages.map(({ package_id }) => package_id)).toEqual([pkg, body.affected_packages![0]!.package_id]);
  });

  it('shows all packages when it is about the buy as a whole', async () => {
    const { change, ids } = await bought({ packages: [{}, {}] });
    expect((await change({ end_time: '2027-02-01T00:00:00Z' })).affected_packages!.map(({ package_id }) => package_id)).toEqual(ids);
  });

  it('takes a revision that is current', async () => {
    const { change } = await bought();
    expect((await change({ revision: 1, paused: true })).revision).toBe(2);
    expect((await change({ revision: 2, paused: false })).revision).toBe(3);
  });

  it('notes what happened', async () => {
    const { change, pkg, one, media_buy_id } = await bought({ start_time: 'asap' });
    await change({ packages: [{ package_id: pkg, budget: 2000 }] });
    await change({ end_time: '2027-02-01T00:00:00Z' });
    await change({ paused: true });
    const { history } = await one(media_buy_id, { include_history: 10 });
    expect(history!.map(({ action, revision }) => [action, revision])).toEqual([
      ['paused', 4],
      ['updated_dates', 3],
      ['updated_budget', 2],
      ['created', 1],
    ]);
    expect(history![2]!.summary).toContain('increase_budget');
  });

  it('tells the platform of every change, in the lane of the buy', async () => {
    const { change, desk, media_buy_id } = await bought({ start_time: 'asap' }, { platform: testPlatform });
    await pushed(desk.store);
    await change({ paused: true });
    await change({ canceled: true });
    expect(await pushed(desk.store)).toMatchObject([
      { lane: `media_buy:buyer/${media_buy_id}`, calls: [{ url: 'https://ads.example/buys/updated' }] },
      { lane: `media_buy:buyer/${media_buy_id}` },
    ]);
  });

  it('applies the clock first', async () => {
    const { change, desk, stored, pkg } = await bought();
    desk.clock.at = DURING;
    expect((await change({ packages: [{ package_id: pkg, budget: 900 }] })).media_buy_status).toBe('active');
    expect((await stored()).history.map(({ event }) => event)).toEqual(['created', 'flight_started', 'updated']);
  });
});
