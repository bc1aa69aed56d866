/** A buyer's day: discover, register a conversion source, sync an audience, buy with a CPA goal, log conversions, read attributed delivery. */
import { createHash, randomUUID } from 'node:crypto';
import type { Buyer, Json } from './buyer.ts';

/** Tells a person what happened: the task, and what came of it. */
export type Tell = (task: string, what: string) => void;

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const CONVERSIONS = 3;
const ORDER_TOTAL = 120;

const hashed = (text: string) => createHash('sha256').update(text).digest('hex');
const at = <Value>(document: Json, path: string): Value =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document) as Value;

export async function buyersDay(buyer: Buyer, tell: Tell): Promise<void> {
  const write = (task: string, request: Json) => buyer.call(task, { idempotency_key: randomUUID(), ...request });

  const capabilities = await buyer.call('get_adcp_capabilities', {});
  tell('get_adcp_capabilities', `sells ${at<string[]>(capabilities, 'media_buy.supported_pricing_models').join(', ')}; optimises for ${at<string[]>(capabilities, 'media_buy.conversion_tracking.supported_targets').join(', ')}`);

  const accounts = await write('sync_accounts', { accounts: [{ brand: ACCOUNT.brand, operator: ACCOUNT.operator, billing: 'operator', sandbox: true }] });
  tell('sync_accounts', `account ${at<string>(accounts, 'accounts.0.account_id')}, ${at<string>(accounts, 'accounts.0.status')}`);

  const found = await buyer.call('get_products', { account: ACCOUNT, buying_mode: 'brief', brief: 'Display inventory for people who hike, bought by auction', filters: { channels: ['display'], is_fixed_price: false } });
  const product = at<Json>(found, 'products.0');
  const pricing = at<Json>(product, 'pricing_options.0');
  tell('get_products', `${at<unknown[]>(found, 'products').length} found; takes "${String(product['name'])}", ${String(pricing['pricing_model'])} from ${String(pricing['floor_price'])} ${String(pricing['currency'])}`);

  const event_source_id = `shop-${randomUUID().slice(0, 8)}`;
  await write('sync_event_sources', { account: ACCOUNT, event_sources: [{ event_source_id, name: 'Web shop', event_types: ['purchase'], action_source: 'website' }] });
  tell('sync_event_sources', `registered ${event_source_id} for purchases`);

  const audience_id = `customers-${randomUUID().slice(0, 8)}`;
  const add = Array.from({ length: 250 }, (_, n) => ({ external_id: `customer-${n}`, hashed_email: hashed(`customer-${n}@trailandtent.example`) }));
  const audiences = await write('sync_audiences', { account: ACCOUNT, audiences: [{ audience_id, name: 'Customers', audience_type: 'crm', add }] });
  tell('sync_audiences', `${String(at(audiences, 'audiences.0.uploaded_count'))} hashed members in ${audience_id}, ${at<string>(audiences, 'audiences.0.status')}`);

  const creative_id = `banner-${randomUUID().slice(0, 8)}`;
  const creatives = await write('sync_creatives', { account: ACCOUNT, creatives: [{
    creative_id, name: 'Tents, 300x250', format_id: at<Json>(product, 'format_ids.0'),
    assets: { image: { asset_type: 'image', url: 'https://cdn.trailandtent.example/tents-300x250.png', width: 300, height: 250, mime_type: 'image/png' } },
  }] });
  tell('sync_creatives', `${creative_id} ${at<string>(creatives, 'creatives.0.action')}, ${at<string>(creatives, 'creatives.0.status')}`);

  const bought = await write('create_media_buy', {
    account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{
      product_id: product['product_id'], pricing_option_id: pricing['pricing_option_id'], budget: 5000, bid_price: Number(pricing['floor_price'] ?? 1) * 1.5,
      creative_assignments: [{ creative_id }], targeting_overlay: { audience_include: [audience_id] },
      optimization_goals: [{ kind: 'event', priority: 1, target: { kind: 'cost_per', value: 40 }, event_sources: [{ event_source_id, event_type: 'purchase', value_field: 'order_total' }] }],
    }],
  });
  const media_buy_id = at<string>(bought, 'media_buy_id');
  tell('create_media_buy', `${media_buy_id}, 5000 ${String(pricing['currency'])} for purchases at 40 each; ${at<string>(bought, 'media_buy_status')}`);

  await buyer.call('comply_test_controller', {
    account: { ...ACCOUNT }, scenario: 'simulate_delivery',
    params: { media_buy_id, impressions: 24_000, clicks: 310, reported_spend: { amount: 90, currency: pricing['currency'] } },
  });
  tell('comply_test_controller', 'the platform reports 24000 impressions, 310 clicks and 90 spent');

  const events = Array.from({ length: CONVERSIONS }, (_, n) => ({
    event_id: `order-${randomUUID()}`, event_type: 'purchase', event_time: new Date().toISOString(), action_source: 'website',
    user_match: { hashed_email: hashed(`customer-${n}@trailandtent.example`) }, custom_data: { order_total: ORDER_TOTAL, currency: pricing['currency'] },
  }));
  const logged = await write('log_event', { event_source_id, events });
  tell('log_event', `${String(logged['events_processed'])} of ${String(logged['events_received'])} purchases taken`);

  const delivery = await buyer.call('get_media_buy_delivery', { account: ACCOUNT, media_buy_ids: [media_buy_id] });
  const totals = at<Json>(delivery, 'media_buy_deliveries.0.totals');
  tell('get_media_buy_delivery', `${String(totals['conversions'])} conversions, ${String(totals['cost_per_acquisition'])} each, worth ${String(totals['conversion_value'])}; ROAS ${String(totals['roas'])}`);
  expectConversions(totals);
}

/** The demo is a check, too: what was logged must come back, counted and valued. */
function expectConversions(totals: Json): void {
  const [count, value] = [totals['conversions'], totals['conversion_value']];
  if (count !== CONVERSIONS || value !== CONVERSIONS * ORDER_TOTAL)
    throw new Error(`delivery shows ${String(count)} conversions worth ${String(value)}; ${CONVERSIONS} worth ${CONVERSIONS * ORDER_TOTAL} were logged`);
}
