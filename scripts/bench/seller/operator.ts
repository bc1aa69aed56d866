/** An operator's folder: settings, a catalogue of eight products as publishers describe them, and a key. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const KEY = 'bench-key';

export interface OperatorFolder {
  readonly config: string;
  readonly data: string;
  remove(): void;
}

export function operatorFolder(): OperatorFolder {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-bench-'));
  const [config, catalogue] = [join(folder, 'config.json'), join(folder, 'catalogue.json')];
  writeFileSync(catalogue, JSON.stringify({ products: catalogueOfEight() }));
  writeFileSync(config, JSON.stringify({
    catalogue, log: 'error', limits: { writes: { per_second: 1e9, burst: 1e9 }, calls: { per_second: 1e9, burst: 1e9, at_once: 1e9 } },
    principals: [{ principal_id: 'bench', key_sha256: createHash('sha256').update(KEY).digest('hex') }],
  }));
  return { config, data: join(folder, 'data'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const catalogueOfEight = (): object[] => REGIONS.map((_region, at) => product(at));

const REGIONS = ['north', 'south', 'east', 'west', 'coast', 'valley', 'city', 'hills'];
const SIZES = ['300x250', '300x600', '320x50', '728x90', '970x250', '160x600', '336x280', '320x480'];

/** About 5.6 kB of JSON. */
function product(at: number): object {
  const region = REGIONS[at]!;
  const agent_url = 'https://formats.daily-trail.example/mcp';
  return {
    product_id: `display_${region}`,
    name: `Display in the ${region} editions`,
    description: `Standard display beside articles, galleries and search results of the ${region} editions of the Daily Trail. ${'Viewable above the fold on phones and desktops, sold by auction with guidance from last month. '.repeat(3)}`,
    delivery_type: 'non_guaranteed',
    channels: ['display'],
    publisher_properties: [{ publisher_domain: 'daily-trail.example', selection_type: 'by_id', property_ids: Array.from({ length: 12 }, (_, nth) => `${region}_edition_${nth}`) }],
    format_ids: SIZES.map((size) => ({ agent_url, id: `display_${size}` })),
    placements: SIZES.map((size, nth) => ({
      kind: 'publisher_ref', mode: 'targetable', publisher_domain: 'daily-trail.example', placement_id: `${region}_${size}`, name: `${size} in the ${region} editions`, description: `Position ${nth + 1} of the page, between two paragraphs of running text.`,
      format_ids: [{ agent_url, id: `display_${size}` }],
    })),
    pricing_options: ['USD', 'EUR', 'GBP'].map((currency) => ({
      pricing_option_id: `auction_${currency.toLowerCase()}`, pricing_model: 'cpm', currency, floor_price: 2, price_guidance: { p25: 2.4, p50: 3.1, p75: 4.2, p90: 5.8 },
    })),
    reporting_capabilities: {
      available_reporting_frequencies: ['hourly', 'daily', 'monthly'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: false,
      available_metrics: ['impressions', 'clicks', 'spend', 'ctr', 'conversions', 'conversion_value', 'roas'], date_range_support: 'date_range', supports_creative_breakdown: true,
    },
    conversion_tracking: { action_sources: ['website', 'app'], supported_targets: ['cost_per', 'per_ad_spend', 'maximize_value'], platform_managed: false },
    metric_optimization: { supported_metrics: ['clicks'], supported_targets: ['cost_per'] },
    creative_policy: { co_branding: 'optional', landing_page: 'any', templates_available: false },
  };
}
