import { describe, expect, it } from 'vitest';
import { assigned, buyer, END, inline } from '../../test/support/buying.ts';
import { record } from '../../test/support/desk.ts';
import { audienceRecord, catalogRecord, creativeRecord, sourceRecord } from '../../test/support/library-records.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Change } from '../domain/ports/store.ts';

const library: Change[] = [
  { kind: 'put_creative', creative: creativeRecord('banner') },
  { kind: 'put_audience', audience: audienceRecord('vip'), add: [], remove: [] },
  { kind: 'put_event_source', source: sourceRecord('shop') },
];

const banner = { creative_assignments: [{ creative_id: 'banner' }] };

describe('create_media_buy', () => {
  it('confirms a buy and says all of it', async () => {
    const { create, desk, caller } = await buyer({}, { sandbox: true });
    const body = await create({
      packages: [
        { budget: 1000.1, bid_price: 2.5, pacing: 'even', context: { buyer_ref: 'line-1' } },
        { product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 2000.2 },
      ],
    });
    expect(body).toMatchObject({
      media_buy_status: 'pending_creatives',
      confirmed_at: desk.clock.at,
      revision: 1,
      currency: 'USD',
      total_budget: 3000.3,
      sandbox: true,
      account: { account_id: caller.account.account_id, name: 'Trail & Tent', status: 'active' },
      packages: [
        {
          product_id: 'display_auction',
          pricing_option_id: 'auction',
          budget: 1000.1,
          bid_price: 2.5,
          pacing: 'even',
          context: { buyer_ref: 'line-1' },
        },
        { product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 2000.2 },
      ],
    });
    expect(body.valid_actions).toContain('sync_creatives');
    expect(body.available_actions!.map(({ action }) => action)).toEqual(body.valid_actions);
    expect(new Set(body.packages.map(({ package_id }) => package_id)).size).toBe(2);
    expect(body).not.toHaveProperty('errors');
  });

  it('starts "asap" now', async () => {
    const { create, one, desk } = await buyer();
    const { media_buy_id } = await create({ start_time: 'asap' });
    expect((await one(media_buy_id)).start_time).toBe(desk.clock.at);
  });

  it('shows the flight of every package: its own, or that of the buy as it is now', async () => {
    const { create, update, one } = await buyer();
    const { media_buy_id, packages } = await create({ start_time: 'asap', packages: [{}, { start_time: '2026-12-20T00:00:00Z' }] });
    const flights = (shown: readonly { start_time?: string; end_time?: string }[]) => shown.map(({ start_time, end_time }) => [start_time, end_time]);
    const now = '2026-11-20T12:00:00.000Z';
    expect(flights(packages)).toEqual([[now, END], ['2026-12-20T00:00:00Z', END]]);
    const moved = await update({ media_buy_id, end_time: '2027-02-01T00:00:00Z' });
    expect(flights(moved.affected_packages!)).toEqual([[now, '2027-02-01T00:00:00Z'], ['2026-12-20T00:00:00Z', '2027-02-01T00:00:00Z']]);
    expect(flights((await one(media_buy_id)).packages)).toEqual(flights(moved.affected_packages!));
  });
  it('takes a start of a moment ago, for clocks differ', async () => {
    expect((await (await buyer()).create({ start_time: '2026-11-20T11:59:30Z' })).revision).toBe(1);
  });

  describe('its status', () => {
    it('is active when a creative of the library is assigned and the flight has begun', async () => {
      const { create, desk } = await buyer();
      await record(desk, library);
      expect((await create({ start_time: 'asap', packages: [{}, banner] })).media_buy_status).toBe('active');
    });
    it('is pending_start before the flight', async () => {
      const { create, desk } = await buyer();
      await record(desk, library);
      expect((await create({ packages: [banner] })).media_buy_status).toBe('pending_start');
    });
    it('is paused when the buyer holds it back', async () => {
      const { create, desk } = await buyer();
      await record(desk, library);
      expect((await create({ start_time: 'asap', paused: true, packages: [banner] })).media_buy_status).toBe('paused');
    });
    it('stays pending_creatives with a creative that nobody knows yet, whose assignment is kept', async () => {
      const { create } = await buyer();
      const body = await create({ start_time: 'asap', packages: [{ creative_assignments: [{ creative_id: 'to_come', weight: 30 }] }] });
      expect(body.media_buy_status).toBe('pending_creatives');
      expect(body.packages[0]!.creative_assignments).toEqual([{ creative_id: 'to_come', weight: 30 }]);
    });
    it('does not wait for creatives where there is no library', async () => {
      const { create } = await buyer({ features: { ...ALL_FEATURES, creative_library: false, inline_creatives: false } });
      expect((await create({ start_time: 'asap' })).media_buy_status).toBe('active');
    });
    it('does not wait for creatives with a catalogue to make them from', async () => {
      const { create, desk } = await buyer();
      await record(desk, [{ kind: 'put_catalog', catalog: catalogRecord('shop') }]);
      const bought = await create({ start_time: 'asap', packages: [{ catalogs: [{ type: 'product', catalog_id: 'shop' }] }] });
      expect(bought.media_buy_status).toBe('active');
    });
  });

  describe('inline creatives', () => {
    it('go into the library and onto their package', async () => {
      const { create, desk, caller } = await buyer();
      const body = await create({ start_time: 'asap', packages: [{ creatives: [inline], ...banner }] });
      expect(body.media_buy_status).toBe('active');
      expect(body.packages[0]!.creative_assignments).toEqual([{ creative_id: 'inline_1', weight: 40 }, { creative_id: 'banner' }]);
      expect(body.packages[0]).not.toHaveProperty('creatives');
      expect(await desk.store.creatives(caller.reach, ['inline_1'])).toMatchObject([
        { status: 'approved', creative: { name: 'Inline' }, account_id: caller.account.account_id },
      ]);
    });
    it('replace what the library has under that id, once however often they come', async () => {
      const { create, desk, caller } = await buyer();
      await record(desk, [{ kind: 'put_creative', creative: creativeRecord('inline_1', { status: 'archived' }) }]);
      await create({ packages: [{ creatives: [inline] }, { creatives: [{ ...inline, name: 'Later' }] }] });
      expect(await desk.store.creatives(caller.reach, ['inline_1'])).toMatchObject([{ status: 'approved', creative: { name: 'Later' } }]);
    });
  });

  it('lets other buys go on that have waited for an inline creative', async () => {
    const { create, one, desk } = await buyer({ platform: testPlatform });
    const waiting = await create({ start_time: 'asap', packages: [assigned('inline_1')] });
    await pushed(desk.store);
    const bought = await create({ packages: [{ creatives: [inline] }] });
    expect((await one(waiting.media_buy_id)).status).toBe('active');
    expect((await pushed(desk.store)).map(({ lane }) => lane).sort()).toEqual([waiting, bought].map(({ media_buy_id }) => `media_buy:buyer/${media_buy_id}`).sort());
  });

  describe('what is stored', () => {
    it('holds the context, the references and the extensions of the order', async () => {
      const { create, desk, caller } = await buyer();
      const { media_buy_id } = await create({
        context: { trace: 'a' },
        ext: { vendor: { x: 1 } },
        po_number: 'PO-1',
        plan_id: 'plan',
        agency_estimate_number: 'E1',
      });
      expect(await desk.store.mediaBuy(caller.reach, media_buy_id)).toMatchObject({
        context: { trace: 'a' },
        ext: { vendor: { x: 1 } },
        references: { po_number: 'PO-1', plan_id: 'plan', agency_estimate_number: 'E1' },
        brand: { domain: 'trailandtent.example' },
      });
    });
    it('holds webhooks with their secrets sealed, and shows none of them', async () => {
      const { create, one, desk, caller } = await buyer();
      const authentication = { schemes: ['Bearer' as const], credentials: 'a-secret-of-at-least-32-characters!!' };
      const body = await create({
        push_notification_config: { url: 'https://buyer.example/push', operation_id: 'op', token: 'a-token-of-16-chars', authentication },
        reporting_webhook: { url: 'https://buyer.example/report', authentication, reporting_frequency: 'daily' },
        artifact_webhook: { url: 'https://buyer.example/artifact', authentication, delivery_mode: 'batched' },
      });
      const stored = (await desk.store.mediaBuy(caller.reach, body.media_buy_id))!;
      expect(stored).toMatchObject({
        push_notification_config: { url: 'https://buyer.example/push', operation_id: 'op' },
        reporting_webhook: { reporting_frequency: 'daily' },
        artifact_webhook: { delivery_mode: 'batched' },
      });
      const sealed = stored.push_notification_config as { token: string; authentication: { credentials: string } };
      expect([desk.vault.open(sealed.token), desk.vault.open(sealed.authentication.credentials)]).toEqual([
        'a-token-of-16-chars',
        authentication.credentials,
      ]);
      const shown = JSON.stringify([body, await one(body.media_buy_id)]);
      for (const secret of [authentication.credentials, 'a-token-of-16-chars', 'buyer.example']) expect(shown).not.toContain(secret);
      expect(JSON.stringify(stored)).not.toContain(authentication.credentials);
    });
    it('holds the token of a property list sealed, and shows the list without it', async () => {
      const { create, desk, caller } = await buyer();
      const body = await create({
        packages: [
          { targeting_overlay: { property_list: { agent_url: 'https://lists.example', list_id: 'l', auth_token: 'a-token-of-16-chars' } } },
        ],
      });
      expect(body.packages[0]!.targeting_overlay).toEqual({ property_list: { agent_url: 'https://lists.example', list_id: 'l' } });
      const [stored] = (await desk.store.mediaBuy(caller.reach, body.media_buy_id))!.packages;
      expect(desk.vault.open(stored!.list_tokens!['property_list']!)).toBe('a-token-of-16-chars');
    });
    it('shows an invoice recipient without its bank, which is kept sealed', async () => {
      const { create, update, desk, caller } = await buyer();
      const recipient = (account_number: string) => ({ legal_name: 'Trail Ltd', bank: { account_holder: 'Trail Ltd', account_number } });
      const body = await create({ invoice_recipient: recipient('11112222') });
      expect(body.invoice_recipient).toEqual({ legal_name: 'Trail Ltd' });
      await update({ media_buy_id: body.media_buy_id, invoice_recipient: recipient('33334444') });
      const stored = (await desk.store.mediaBuy(caller.reach, body.media_buy_id))!;
      expect(JSON.stringify(stored)).not.toMatch(/11112222|33334444/);
      expect(desk.vault.open(stored.invoice_recipient!.bank!)).toContain('33334444');
    });
    it('leaves out what AdCP does not define', async () => {
      const { create } = await buyer();
      const body = await create({ packages: [{ something_else: true } as object] });
      expect(body.packages[0]).not.toHaveProperty('something_else');
    });
    it('stamps the metrics that are committed', async () => {
      const { create, desk } = await buyer();
      const body = await create({ packages: [{ committed_metrics: [{ scope: 'standard', metric_id: 'clicks' }] }] });
      expect(body.packages[0]!.committed_metrics).toEqual([{ scope: 'standard', metric_id: 'clicks', committed_at: desk.clock.at }]);
    });
    it('echoes goals, targeting and terms as they were asked for', async () => {
      const { create, desk } = await buyer();
      await record(desk, library);
      const asked = {
        targeting_overlay: {
          geo_countries: ['US'],
          audience_include: ['vip'],
          frequency_cap: { max_impressions: 3, per: 'individuals' as const, window: { interval: 1, unit: 'days' as const } },
        },
        optimization_goals: [
          {
            kind: 'event' as const,
            event_sources: [{ event_source_id: 'shop', event_type: 'purchase' as const, value_field: 'total' }],
            target: { kind: 'per_ad_spend' as const, value: 4 },
          },
        ],
        measurement_terms: { billing_measurement: { vendor: { domain: 'meter.example' }, max_variance_percent: 5 } },
        start_time: '2026-12-20T00:00:00Z',
      };
      expect((await create({ packages: [asked] })).packages[0]).toMatchObject(asked);
    });
  });

  it('tells the platform, in the lane of the buy', async () => {
    const { create, desk } = await buyer({ platform: testPlatform });
    const { media_buy_id } = await create();
    expect(await pushed(desk.store)).toMatchObject([
      { lane: `media_buy:buyer/${media_buy_id}`, calls: [{ url: 'https://ads.example/buys/created', body: { media_buy_id } }] },
    ]);
  });
});
