/** What AdCP requires of a product and a row may leave out, and the spellings of fixtures that AdCP's enums do not know. */
import type { Product } from '../../src/protocol/wire/core/product.ts';
import { CHANNELS } from '../../src/protocol/wire/core/channel.ts';
import { objectsOf, type Fixture, type ProductRow } from './row.ts';

/** The fictional publisher under whose name inventory without a place of its own is sold. */
const HOME = 'fernhill.example';

const CHANNEL_SPELLINGS: Readonly<Record<string, string>> = { video: 'olv', native: 'display' };
/** Where views run to their end. */
const VIDEO_CHANNELS: readonly string[] = ['olv', 'ctv'];

/**
 * A row as a product, complete. Whether it satisfies AdCP is for the caller to check: what a row states is kept.
 * @param agent_url stands for the agent of formats that name none
 */
export function completedProduct(row: ProductRow, agent_url: string): Product {
  const channels = row['channels'] === undefined ? undefined : knownChannels(row['channels']);
  const named = { name: row.product_id, description: `${row['name'] ?? row.product_id}, set up for a test.` };
  return {
    delivery_type: 'non_guaranteed', ...named, ...row,
    publisher_properties: places(row['publisher_properties']),
    ...(channels ? { channels } : {}),
    ...formats(row, agent_url),
    pricing_options: prices(row['pricing_options']),
    reporting_capabilities: reporting(row['reporting_capabilities'], channels ?? []),
    ...(row['signal_targeting_options'] ?? row['signal_targeting_rules'] ? { signal_targeting_allowed: true } : {}),
  } as unknown as Product;
}

function knownChannels(stated: unknown): string[] {
  const spelt = (Array.isArray(stated) ? stated : [stated]).map((channel) => CHANNEL_SPELLINGS[String(channel)] ?? String(channel));
  return [...new Set(spelt)].filter((channel) => (CHANNELS as readonly string[]).includes(channel));
}

function places(stated: unknown): Fixture[] {
  const given = objectsOf(stated).map((place) => ({ selection_type: 'all', ...place }));
  return given.length > 0 ? given : [{ publisher_domain: HOME, selection_type: 'all' }];
}

/** A product with neither kind of format gets one declaration; one with only one kind is left so. */
function formats(row: ProductRow, agent_url: string): Fixture {
  const { format_ids, format_options } = row as { format_ids?: unknown; format_options?: unknown };
  const ours = (id: Fixture): Fixture => ({ agent_url, ...id });
  if (format_ids === undefined && format_options === undefined)
    return { format_options: [{ format_option_id: 'medium_rectangle', format_kind: 'image', params: { width: 300, height: 250 } }] };
  return {
    ...(format_ids === undefined ? {} : { format_ids: objectsOf(format_ids).map(ours) }),
    ...(format_options === undefined ? {} : {
      format_options: objectsOf(format_options).map((option) =>
        (option['v1_format_ref'] === undefined ? option : { ...option, v1_format_ref: objectsOf(option['v1_format_ref']).map(ours) })),
    }),
  };
}

function prices(stated: unknown): Fixture[] {
  const given = objectsOf(stated).map(({ rate, ...option }) => ({
    pricing_model: 'cpm', currency: 'USD', ...(rate === undefined ? {} : { fixed_price: rate }), ...option,
  }));
  return given.length > 0 ? given : [{ pricing_option_id: 'default', pricing_model: 'cpm', currency: 'USD', fixed_price: 10 }];
}

/** Television is counted once more after three days and after seven, when what was recorded has been watched; nobody clicks on it. */
const TELEVISION: Fixture = {
  available_reporting_frequencies: ['daily'], expected_delay_minutes: 1440, timezone: 'UTC', supports_webhooks: true, date_range_support: 'date_range',
  available_metrics: ['impressions', 'spend'],
  measurement_windows: [
    { window_id: 'live', duration_days: 0, expected_availability_days: 1 },
    { window_id: 'c3', duration_days: 3, expected_availability_days: 4 },
    { window_id: 'c7', duration_days: 7, expected_availability_days: 8, is_guarantee_basis: true },
  ],
};

function reporting(stated: unknown, channels: readonly string[]): Fixture {
  if (channels.includes('linear_tv')) return { ...TELEVISION, ...(stated as Fixture | undefined) };
  const views = channels.some((channel) => VIDEO_CHANNELS.includes(channel)) ? ['completed_views'] : [];
  return {
    available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: true, date_range_support: 'date_range',
    available_metrics: ['impressions', 'clicks', 'spend', ...views],
    ...(stated as Fixture | undefined),
  };
}
