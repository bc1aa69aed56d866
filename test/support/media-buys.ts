/** Media buys as a test needs them, complete and stored nowhere. */
import type { MediaBuyRecord, PackageRecord } from '../../src/domain/media-buy.ts';
import type { Package } from '../../src/protocol/wire/core/package.ts';
import type { PricingOption } from '../../src/protocol/wire/core/pricing-option.ts';
import type { ReportingCapabilities } from '../../src/protocol/wire/core/reporting-capabilities.ts';

const REPORTING: ReportingCapabilities = {
  available_reporting_frequencies: ['daily'], expected_delay_minutes: 60, timezone: 'UTC', supports_webhooks: false,
  available_metrics: ['impressions', 'spend'], date_range_support: 'date_range',
};

const CPM: PricingOption = { pricing_option_id: 'cpm', pricing_model: 'cpm', currency: 'USD', floor_price: 2 };

/** A package of 1,000 in an auction by the thousand. */
export function testPackage(
  package_id: string, more: Partial<Package> = {}, { pricing = CPM, reporting = {} }: { pricing?: PricingOption; reporting?: Partial<ReportingCapabilities> } = {},
): PackageRecord {
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

/** An active buy of November 2026 that is not stored yet. */
export function testBuy(packages: readonly PackageRecord[], more: Partial<MediaBuyRecord> = {}): MediaBuyRecord {
  const created = '2026-11-01T00:00:00.000Z';
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
