/** What some platforms count beyond the counters of every report: shown where it was counted, and nowhere else. */
import type { DeliveryMetrics } from '../protocol/wire/core/delivery-metrics.ts';
import { roundTo } from './money.ts';

/** All add up over packages, creatives and days. Rating points are in millionths, all others whole numbers. */
export const MORE_METRICS = [
  'engagements', 'follows', 'saves', 'profile_visits', 'leads', 'downloads', 'units_sold', 'new_to_brand_units', 'plays', 'grps_micros',
  'q1_views', 'q2_views', 'q3_views', 'q4_views', 'loop_plays', 'screen_time_seconds',
] as const;
export type MoreMetric = (typeof MORE_METRICS)[number];
export type MoreCounters = Readonly<Partial<Record<MoreMetric, number>>>;

/** One stored amount. */
export interface MoreRow {
  readonly package_id: string;
  readonly creative_id?: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly metric: MoreMetric;
  readonly amount: number;
}

const PLAIN = ['engagements', 'follows', 'saves', 'profile_visits', 'leads', 'downloads', 'units_sold', 'new_to_brand_units', 'plays'] as const;
const QUARTILES = ['q1_views', 'q2_views', 'q3_views', 'q4_views'] as const;
const SCREENS = ['loop_plays', 'screen_time_seconds'] as const;

/** The metrics of some rows, with the rate that follows from them; empty when nothing of the kind was counted. */
export function moreMetrics(rows: readonly MoreRow[], impressions: number): Partial<DeliveryMetrics> {
  if (rows.length === 0) return {};
  const sums = new Map<MoreMetric, number>();
  for (const { metric, amount } of rows) sums.set(metric, (sums.get(metric) ?? 0) + amount);
  const among = (names: readonly MoreMetric[]) => Object.fromEntries(names.flatMap((name) => (sums.has(name) ? [[name, sums.get(name)!]] : [])));
  const [quartile_data, dooh_metrics] = [among(QUARTILES), among(SCREENS)];
  const engagements = sums.get('engagements');
  return {
    ...among(PLAIN),
    ...(engagements !== undefined && impressions > 0 && engagements <= impressions ? { engagement_rate: roundTo(engagements / impressions, 4) } : {}),
    ...(sums.has('grps_micros') ? { grps: roundTo(sums.get('grps_micros')! / 1_000_000, 6) } : {}),
    ...(Object.keys(quartile_data).length > 0 ? { quartile_data } : {}),
    ...(Object.keys(dooh_metrics).length > 0 ? { dooh_metrics } : {}),
  };
}
