import type { MediaBuyPackage, PackageSnapshot } from '../protocol/wire/core/media-buy.ts';
import type { Static } from 'typebox';
import type { DeliveryLedger } from './delivery-facts.ts';
import type { PackageRecord } from './media-buy.ts';
import { wireAmount } from './money.ts';

type Shown = Pick<MediaBuyPackage, 'snapshot_unavailable_reason'> & { snapshot?: Static<typeof PackageSnapshot> };

/** What the platform has reported of a package so far, as old as its reports may be; without a report there is nothing to show. */
export function packageSnapshot(
  { package: { package_id }, terms }: PackageRecord,
  ledger: DeliveryLedger | undefined,
  currency: string,
  now: string,
): Shown {
  const rows = (ledger?.rows ?? []).filter((row) => row.package_id === package_id);
  if (rows.length === 0) return { snapshot_unavailable_reason: 'SNAPSHOT_TEMPORARILY_UNAVAILABLE' };
  const sum = (counter: 'impressions' | 'clicks' | 'spend_micros') => rows.reduce((total, { counters }) => total + counters[counter], 0);
  return {
    snapshot: {
      as_of: now,
      staleness_seconds: terms.reporting_capabilities.expected_delay_minutes * 60,
      impressions: sum('impressions'),
      clicks: sum('clicks'),
      spend: wireAmount(sum('spend_micros'), currency),
      currency,
    },
  };
}
