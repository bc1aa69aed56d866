/** Buys in their flight, for tests of what they deliver. */
import type { MediaBuyRecord, PackageRecord } from '../../src/domain/media-buy.ts';
import type { Package } from '../../src/protocol/wire/core/package.ts';
import type { PricingOption } from '../../src/protocol/wire/core/pricing-option.ts';
import type { ReportingCapabilities } from '../../src/protocol/wire/core/reporting-capabilities.ts';
import { mediaBuy, packageRecord } from './media-buys.ts';

const AUCTION: PricingOption = { pricing_option_id: 'cpm', pricing_model: 'cpm', currency: 'USD', floor_price: 2 };

/** A package of 1,000, in an auction by the thousand unless another price is given. */
export function testPackage(
  package_id: string,
  bought: Partial<Package> = {},
  { pricing = AUCTION, reporting = {} }: { pricing?: PricingOption; reporting?: Partial<ReportingCapabilities> } = {},
): PackageRecord {
  const { terms } = packageRecord();
  const reporting_capabilities = { ...terms.reporting_capabilities, available_metrics: ['impressions', 'spend'] as const, ...reporting };
  return packageRecord(
    { package_id, ...bought },
    { pricing, terms: { ...terms, reporting_capabilities: reporting_capabilities as ReportingCapabilities } },
  );
}

/** An active buy of November 2026 that is not stored yet. */
export function testBuy(packages: readonly PackageRecord[], more: Partial<MediaBuyRecord> = {}): MediaBuyRecord {
  const created = '2026-11-01T00:00:00.000Z';
  return mediaBuy({
    account_id: 'acct_test',
    library: 'acct_test',
    row_version: 0,
    status: 'active',
    confirmed_at: created,
    created_at: created,
    updated_at: created,
    start_time: created,
    end_time: '2026-12-01T00:00:00.000Z',
    packages,
    ...more,
  });
}
