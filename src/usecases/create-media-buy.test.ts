import { describe, expect, it } from 'vitest';
import { buyer, END, START, type Buyer } from '../../test/support/buying.ts';
import { record, testProduct } from '../../test/support/desk.ts';
import { audienceRecord, creativeRecord, sourceRecord } from '../../test/support/library-records.ts';
import { pushed, testPlatform } from '../../test/support/platform.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import type { Change } from '../domain/ports/store.ts';

type Order = Parameters<Buyer['create']>[0];

const library: Change[] = [
  { kind: 'put_creative', creative: creativeRecord('banner') },
  { kind: 'put_audience', audience: audienceRecord('vip'), add: [], remove: [] },
  { kind: 'put_event_source', source: sourceRecord('shop') },
];

const banner = { creative_assignments: [{ creative_id: 'banner' }] };
const inline = { creative_id: 'inline_1', name: 'Inline', format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' }, assets: {}, weight: 40 };

async function refusal(order: Order, ...desk: Parameters<typeof buyer>) {
  const [first] = await (await buyer(...desk)).refusedCreate(order!);
  return [first!.code, first!.field];
}

describe('create_media_buy', () => {
  it('confirms a buy and says all of it', async () => {
    const { create, desk, caller } = await buyer({}, { sandbox: true });
    const body = await create({ packages: [{ budget: 1000.1, bid_price: 2.5, pacing: 'even', context: { buyer_ref: 'line-1' } }, { product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 2000.2 }] });
    expect(body).toMatchObject({
      media_buy_status: 'pending_creatives', confirmed_at: desk.clock.at, revision: 1, currency: 'USD', total_budget: 3000.3, sandbox: true,
      account: { account_id: caller.account.account_id, name: 'Trail & Tent', status: 'active' },
      packages: [
        { product_id: 'display_auction', pricing_option_id: 'auction', budget: 1000.1, bid_price: 2.5, pacing: 'even', context: { buyer_ref: 'line-1' } },
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
      expect((await (await buyer()).create({ start_time: 'asap', packages: [{ catalogs: [{ type: 'product', catalog_id: 'shop' }] }] })).media_buy_status).toBe('active');
    });
  });

  describe('inline creatives', () => {
    it('go into the library and onto their package', async () => {
      const { create, desk, caller } = await buyer();
      const body = await create({ start_time: 'asap', packages: [{ creatives: [inline], ...banner }] });
      expect(body.media_buy_status).toBe('active');
      expect(body.packages[0]!.creative_assignments).toEqual([{ creative_id: 'inline_1', weight: 40 }, { creative_id: 'banner' }]);
      expect(body.packages[0]).not.toHaveProperty('creatives');
      expect(await desk.store.creatives(caller.reach, ['inline_1'])).toMatchObject([{ status: 'approved', creative: { name: 'Inline' }, account_id: caller.account.account_id }]);
    });
    it('replace what the library has under that id, once however often they come', async () => {
      const { create, desk, caller } = await buyer();
      await record(desk, [{ kind: 'put_creative', creative: creativeRecord('inline_1', { status: 'archived' }) }]);
      await create({ packages: [{ creatives: [inline] }, { creatives: [{ ...inline, name: 'Later' }] }] });
      expect(await desk.store.creatives(caller.reach, ['inline_1'])).toMatchObject([{ status: 'approved', creative: { name: 'Later' } }]);
    });
  });

  describe('what is stored', () => {
    it('holds the context, the references and the extensions of the order', async () => {
      const { create, desk, caller } = await buyer();
      const { media_buy_id } = await create({ context: { trace: 'a' }, ext: { vendor: { x: 1 } }, po_number: 'PO-1', plan_id: 'plan', agency_estimate_number: 'E1' });
      expect(await desk.store.mediaBuy(caller.reach, media_buy_id)).toMatchObject({
        context: { trace: 'a' }, ext: { vendor: { x: 1 } }, references: { po_number: 'PO-1', plan_id: 'plan', agency_estimate_number: 'E1' }, brand: { domain: 'trailandtent.example' },
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
      expect(stored).toMatchObject({ push_notification_config: { url: 'https://buyer.example/push', operation_id: 'op' }, reporting_webhook: { reporting_frequency: 'daily' }, artifact_webhook: { delivery_mode: 'batched' } });
      const sealed = stored.push_notification_config as { token: string; authentication: { credentials: string } };
      expect([desk.vault.open(sealed.token), desk.vault.open(sealed.authentication.credentials)]).toEqual(['a-token-of-16-chars', authentication.credentials]);
      const shown = JSON.stringify([body, await one(body.media_buy_id)]);
      for (const secret of [authentication.credentials, 'a-token-of-16-chars', 'buyer.example']) expect(shown).not.toContain(secret);
      expect(JSON.stringify(stored)).not.toContain(authentication.credentials);
    });
    it('holds the token of a property list sealed, and shows the list without it', async () => {
      const { create, desk, caller } = await buyer();
      const body = await create({ packages: [{ targeting_overlay: { property_list: { agent_url: 'https://lists.example', list_id: 'l', auth_token: 'a-token-of-16-chars' } } }] });
      expect(body.packages[0]!.targeting_overlay).toEqual({ property_list: { agent_url: 'https://lists.example', list_id: 'l' } });
      const [stored] = (await desk.store.mediaBuy(caller.reach, body.media_buy_id))!.packages;
      expect(desk.vault.open(stored!.list_tokens!['property_list']!)).toBe('a-token-of-16-chars');
    });
    it('shows an invoice recipient without its bank', async () => {
      const { create } = await buyer();
      const body = await create({ invoice_recipient: { legal_name: 'Trail Ltd', bank: { account_holder: 'Trail Ltd', account_number: '123' } } });
      expect(body.invoice_recipient).toEqual({ legal_name: 'Trail Ltd' });
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
        targeting_overlay: { geo_countries: ['US'], audience_include: ['vip'], frequency_cap: { max_impressions: 3, per: 'individuals' as const, window: { interval: 1, unit: 'days' as const } } },
        optimization_goals: [{ kind: 'event' as const, event_sources: [{ event_source_id: 'shop', event_type: 'purchase' as const, value_field: 'total' }], target: { kind: 'per_ad_spend' as const, value: 4 } }],
        measurement_terms: { billing_measurement: { vendor: { domain: 'meter.example' }, max_variance_percent: 5 } }, start_time: '2026-12-20T00:00:00Z',
      };
      expect((await create({ packages: [asked] })).packages[0]).toMatchObject(asked);
    });
  });

  it('tells the platform, in the lane of the buy', async () => {
    const { create, desk } = await buyer({ platform: testPlatform });
    const { media_buy_id } = await create();
    expect(await pushed(desk.store)).toMatchObject([{ lane: media_buy_id, calls: [{ url: 'https://ads.example/buys/created', body: { media_buy_id } }] }]);
  });

  describe('is refused', () => {
    it.each<[string, Order, string, string]>([
      ['without packages', { packages: [] }, 'INVALID_REQUEST', 'packages'],
      ['for a proposal, which is not made here', { proposal_id: 'p', total_budget: { amount: 1, currency: 'USD' } }, 'UNSUPPORTED_FEATURE', 'proposal_id'],
      ['when it ends before it starts', { start_time: END, end_time: START }, 'INVALID_REQUEST', 'end_time'],
      ['when it ends as it starts', { end_time: START }, 'INVALID_REQUEST', 'end_time'],
      ['when it starts at once and has ended', { start_time: 'asap', end_time: '2026-11-01T00:00:00Z' }, 'INVALID_REQUEST', 'end_time'],
      ['when its start has passed', { start_time: '2026-11-20T11:58:00Z' }, 'INVALID_REQUEST', 'start_time'],
      ['for an unknown product', { packages: [{}, { product_id: 'nope' }] }, 'PRODUCT_NOT_FOUND', 'packages[1].product_id'],
      ['for an unknown price', { packages: [{}, { pricing_option_id: 'nope' }] }, 'INVALID_REQUEST', 'packages[1].pricing_option_id'],
      ['for a bid below the floor', { packages: [{ bid_price: 1 }] }, 'INVALID_REQUEST', 'packages[0].bid_price'],
      ['for too small a budget', { packages: [{}, { product_id: 'display_fixed', pricing_option_id: 'fixed', budget: 99.99 }] }, 'BUDGET_TOO_LOW', 'packages[1].budget'],
      ['in two currencies', { packages: [{}, { product_id: 'video_euro', pricing_option_id: 'eur' }] }, 'INVALID_REQUEST', 'packages[1].pricing_option_id'],
      ['for an audience that is not registered', { packages: [{ targeting_overlay: { audience_include: ['phantom'] } }] }, 'INVALID_REQUEST', 'packages[0].targeting_overlay.audience_include[0]'],
      ['for an event source that is not registered', { packages: [{ optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'phantom', event_type: 'purchase' }] }] }] }, 'INVALID_REQUEST', 'packages[0].optimization_goals[0].event_sources[0].event_source_id'],
    ])('%s', async (_what, order, code, field) => {
      expect(await refusal(order)).toEqual([code, field]);
    });
    it('for a product that has expired', async () => {
      expect(await refusal({ packages: [{ product_id: 'gone' }] }, { products: [testProduct('gone', { expires_at: '2026-11-20T11:00:00Z' })] })).toEqual(['PRODUCT_NOT_FOUND', 'packages[0].product_id']);
    });
    it.each([['suspended', 'ACCOUNT_SUSPENDED'], ['payment_required', 'ACCOUNT_PAYMENT_REQUIRED'], ['pending_approval', 'ACCOUNT_SETUP_REQUIRED'], ['closed', 'PERMISSION_DENIED']] as const)(
      'on an account that is %s', async (status, code) => {
        expect(await refusal({ end_time: START }, {}, { status })).toEqual([code, 'account']);
      });
    it('with every problem of the first kind that is found, and no other', async () => {
      const errors = await (await buyer()).refusedCreate({ packages: [{ product_id: 'a', bid_price: 0 }, {}, { product_id: 'b' }] });
      expect(errors.map(({ code, field }) => [code, field])).toEqual([['PRODUCT_NOT_FOUND', 'packages[0].product_id'], ['PRODUCT_NOT_FOUND', 'packages[2].product_id']]);
    });
    it('and leaves nothing behind', async () => {
      const { refusedCreate, read } = await buyer();
      await refusedCreate({ packages: [{ creatives: [inline] }, { product_id: 'nope' }] });
      expect((await read()).media_buys).toEqual([]);
    });
  });
});
