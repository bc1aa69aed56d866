import { ADCPMultiAgentClient } from '@adcp/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSeller, type TestSeller } from '../support/seller.ts';

let seller: TestSeller;
beforeAll(async () => { seller = await startSeller(); });
afterAll(() => seller.close());

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

test('the client of @adcp/sdk discovers, syncs, buys, logs and reads delivery', async () => {
  const agent = new ADCPMultiAgentClient([{ id: 'adwright', name: 'Adwright', agent_uri: seller.url, protocol: 'mcp', auth_token: seller.token }]).agent('adwright');
  const call = async (task: string, params: object): Promise<Record<string, never>> => {
    const result = await agent.executeTask(task as never, params as never);
    if (!result.success) throw new Error(`${task}: ${JSON.stringify(result)}`);
    return result.data as unknown as Record<string, never>;
  };
  const one = (document: Record<string, unknown>, list: string) => (document[list] as Record<string, never>[])[0]!;

  const capabilities = await agent.getCapabilities();
  expect(capabilities.majorVersions).toContain(3);
  const accounts = await call('sync_accounts', { accounts: [{ brand: ACCOUNT.brand, operator: ACCOUNT.operator, billing: 'operator', sandbox: true }] });
  expect(one(accounts, 'accounts')).toMatchObject({ action: 'created', status: 'active' });

  const products = await call('get_products', { buying_mode: 'brief', brief: 'display for hikers', account: ACCOUNT, filters: { channels: ['display'] } });
  const product = one(products, 'products') as unknown as { product_id: string; pricing_options: { pricing_option_id: string; floor_price?: number }[] };
  const pricing = product.pricing_options[0]!;

  await call('sync_event_sources', { account: ACCOUNT, event_sources: [{ event_source_id: 'sdk-shop', name: 'Shop', event_types: ['purchase'] }] });
  const audiences = await call('sync_audiences', { account: ACCOUNT, audiences: [{ audience_id: 'sdk-people', name: 'People', audience_type: 'crm', add: [{ external_id: 'p1', hashed_email: 'b'.repeat(64) }] }] });
  expect(one(audiences, 'audiences')).toMatchObject({ audience_id: 'sdk-people', action: 'created' });

  const bought = await call('create_media_buy', {
    account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{
      product_id: product.product_id, pricing_option_id: pricing.pricing_option_id, budget: 1000, bid_price: (pricing.floor_price ?? 1) + 1, targeting_overlay: { audience_include: ['sdk-people'] },
      optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'sdk-shop', event_type: 'purchase', value_field: 'value' }], target: { kind: 'cost_per', value: 10 } }],
    }],
  });
  const media_buy_id = bought['media_buy_id'] as unknown as string;
  expect(media_buy_id).toEqual(expect.any(String));

  const logged = await call('log_event', { event_source_id: 'sdk-shop', events: [{ event_id: 'order-1', event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: 'b'.repeat(64) }, custom_data: { value: 25, currency: 'USD' } }] });
  expect(logged).toMatchObject({ events_received: 1, events_processed: 1 });

  const delivery = await call('get_media_buy_delivery', { account: ACCOUNT, media_buy_ids: [media_buy_id] });
  expect(one(delivery, 'media_buy_deliveries')['totals']).toMatchObject({ spend: 0, conversions: 1, conversion_value: 25 });
  expect(seller.violations).toEqual([]);
});
