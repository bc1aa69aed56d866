/** What an operator gives a seller without the sandbox: a product that aims at conversions, and a key for one buyer. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const BUYER_KEY = 'key-of-the-buyer';
/** The account that the buyer provisions, by its natural key. */
export const BUYER_ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example' };

/** One product as an operator writes it, a list entry of `products` in YAML, indented by two. */
export const runOfSite = (agent_url: string): string => `
  - product_id: run_of_site
    name: Run of site
    description: Display anywhere on the Daily Trail.
    delivery_type: non_guaranteed
    channels: [display]
    publisher_properties: [{publisher_domain: daily-trail.example, selection_type: all}]
    format_ids: [{agent_url: "${agent_url}", id: display_300x250}]
    pricing_options: [{pricing_option_id: auction, pricing_model: cpm, currency: USD, floor_price: 2}]
    reporting_capabilities: {available_reporting_frequencies: [daily], expected_delay_minutes: 60, timezone: UTC, supports_webhooks: false, available_metrics: [impressions, spend], date_range_support: date_range}`;

/** @returns the configuration's file */
export function operatorConfig(folder: string): string {
  const [config, catalogue] = [join(folder, 'live.json'), join(folder, 'catalogue.json')];
  writeFileSync(catalogue, JSON.stringify({ products: [{
    product_id: 'run_of_site', name: 'Run of site', description: 'Display anywhere on the Daily Trail.', delivery_type: 'non_guaranteed', channels: ['display'],
    publisher_properties: [{ publisher_domain: 'daily-trail.example', selection_type: 'all' }],
    format_ids: [{ agent_url: 'https://formats.daily-trail.example/mcp', id: 'display_300x250' }],
    pricing_options: [{ pricing_option_id: 'auction', pricing_model: 'cpm', currency: 'USD', floor_price: 2 }],
    reporting_capabilities: { available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: false, available_metrics: ['impressions', 'spend'], date_range_support: 'date_range' },
    conversion_tracking: { action_sources: ['website'], supported_targets: ['cost_per'], platform_managed: false },
  }] }));
  const key_sha256 = createHash('sha256').update(BUYER_KEY).digest('hex');
  writeFileSync(config, JSON.stringify({ catalogue, limits: { writes: { per_second: 1e6, burst: 1e6 } }, principals: [{ principal_id: 'buyer', key_sha256 }] }));
  return config;
}

/** A purchase of what the operator sells; each call is another one. */
export const purchase = (idempotency_key: string) => ({
  idempotency_key, account: BUYER_ACCOUNT, brand: BUYER_ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
  packages: [{ product_id: 'run_of_site', pricing_option_id: 'auction', budget: 5000 }],
});
