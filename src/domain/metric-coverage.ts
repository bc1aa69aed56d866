/** Which metrics follow from others: a product that reports the parts reports the ratio. */
import type { AvailableMetric } from '../protocol/wire/core/metric.ts';

/** Ratios and the counts that they are made of. */
const PARTS: Readonly<Partial<Record<AvailableMetric, readonly AvailableMetric[]>>> = {
  ctr: ['clicks', 'impressions'],
  cpm: ['spend', 'impressions'],
  cost_per_click: ['spend', 'clicks'],
  cost_per_acquisition: ['spend', 'conversions'],
  cost_per_completed_view: ['spend', 'completed_views'],
  completion_rate: ['completed_views', 'impressions'],
  engagement_rate: ['engagements', 'impressions'],
  frequency: ['impressions', 'reach'],
  roas: ['conversion_value', 'spend'],
};

/** Whether a report with these metrics holds the metric, by name or by its parts. */
export function reports(available: readonly AvailableMetric[], metric: AvailableMetric): boolean {
  return available.includes(metric) || (PARTS[metric]?.every((part) => available.includes(part)) ?? false);
}
