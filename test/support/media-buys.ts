/** Media buys as stored, for tests of rules over them. */
import type { MediaBuyRecord, PackageRecord } from '../../src/domain/media-buy.ts';
import type { Package } from '../../src/protocol/wire/core/package.ts';
import type { PricingOption } from '../../src/protocol/wire/core/pricing-option.ts';

export const CPM: PricingOption = { pricing_option_id: 'cpm', pricing_model: 'cpm', currency: 'USD', fixed_price: 10 };

/** A package of a plain display product. */
export function packageRecord(bought: Partial<Package> = {}, more: Partial<PackageRecord> = {}): PackageRecord {
  return {
    package: { package_id: 'pkg_1', product_id: 'display', pricing_option_id: 'cpm', budget: 1000, ...bought },
    pricing: CPM,
    terms: {
      channels: ['display'],
      delivery_type: 'non_guaranteed',
      reporting_capabilities: {
        available_reporting_frequencies: ['daily'],
        expected_delay_minutes: 60,
        timezone: 'UTC',
        supports_webhooks: false,
        available_metrics: ['impressions', 'clicks', 'spend'],
        date_range_support: 'date_range',
      },
    },
    ...more,
  };
}

/** A buy of January 2027, created in December. */
export function mediaBuy(changes: Partial<MediaBuyRecord> = {}): MediaBuyRecord {
  return {
    media_buy_id: 'mb_1',
    principal_id: 'buyer',
    account_id: 'acct_1',
    library: 'acct_1',
    row_version: 1,
    status: 'pending_creatives',
    hold: false,
    revision: 1,
    confirmed_at: '2026-12-01T00:00:00.000Z',
    created_at: '2026-12-01T00:00:00.000Z',
    updated_at: '2026-12-01T00:00:00.000Z',
    start_time: '2027-01-01T00:00:00Z',
    end_time: '2027-02-01T00:00:00Z',
    currency: 'USD',
    packages: [packageRecord()],
    history: [],
    ...changes,
  };
}
