/** Delivery by the hour (seller specification §2.11, §5.4): kept only for packages that are reported so, because days are enough for all others. */
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';

/** Whether conversions of a package are counted by the hour, too: its product is read by the hour, or its buyer hears of it by the hour. */
export function keptByHour({ terms }: Pick<PackageRecord, 'package' | 'terms'>, { reporting_webhook }: MediaBuyRecord): boolean {
  return (
    reporting_webhook?.reporting_frequency === 'hourly'
    || terms.reporting_capabilities.windowed_pull_granularities?.includes('hourly') === true
  );
}

/** `YYYY-MM-DDTHH` of a time, ISO 8601 in UTC. */
export const hourOf = (moment: string): string => new Date(moment).toISOString().slice(0, 13);
