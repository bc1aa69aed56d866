/** Which metrics a report of a package shows: those that were promised, those that a goal, a cap or the price needs, those that there is data for. */
import type { AvailableMetric } from '../protocol/wire/core/metric.ts';
import type { OptimizationGoal } from '../protocol/wire/core/optimization-goal.ts';
import type { DeliveryGauges } from './delivery-facts.ts';
import type { Tally } from './delivery-figures.ts';
import type { PackageRecord } from './media-buy.ts';

export const PLANNED_METRICS = ['clicks', 'views', 'completed_views', 'conversions', 'conversion_value', 'reach'] as const;
export type PlannedMetric = (typeof PLANNED_METRICS)[number];
export type MetricPlan = ReadonlySet<PlannedMetric>;

/** Promising any of these promises the metric that they are reckoned from. */
const PROMISED_BY: Readonly<Record<PlannedMetric, readonly AvailableMetric[]>> = {
  clicks: ['clicks', 'ctr', 'cost_per_click'],
  views: ['views'],
  completed_views: ['completed_views', 'completion_rate', 'cost_per_completed_view'],
  conversions: ['conversions', 'cost_per_acquisition', 'conversion_value', 'roas'],
  conversion_value: ['conversion_value', 'roas'],
  reach: ['reach', 'frequency'],
};

const PRICED_BY: Readonly<Record<string, PlannedMetric>> = { cpc: 'clicks', cpv: 'views', cpcv: 'completed_views', cpa: 'conversions' };

export function metricPlan(record: PackageRecord, tally: Tally, gauges: DeliveryGauges): MetricPlan {
  const { package: bought, pricing, terms } = record;
  const promised = new Set<AvailableMetric>([
    ...terms.reporting_capabilities.available_metrics,
    ...(bought.committed_metrics ?? []).flatMap((each) => (each.scope === 'standard' ? [each.metric_id] : [])),
  ]);
  const needed = new Set<PlannedMetric | undefined>([
    ...(bought.optimization_goals ?? []).flatMap(metricsOfGoal),
    PRICED_BY[pricing?.pricing_model ?? ''],
    bought.targeting_overlay?.frequency_cap ? 'reach' : undefined,
  ]);
  return new Set(
    PLANNED_METRICS.filter(
      (metric) => needed.has(metric) || PROMISED_BY[metric].some((each) => promised.has(each)) || hasData(metric, tally, gauges),
    ),
  );
}

function metricsOfGoal(goal: OptimizationGoal): PlannedMetric[] {
  if (goal.kind === 'event')
    return goal.target?.kind === 'per_ad_spend' || goal.target?.kind === 'maximize_value'
      ? ['conversions', 'conversion_value']
      : ['conversions'];
  return PLANNED_METRICS.filter((metric) => goal.kind === 'metric' && goal.metric === metric);
}

function hasData(metric: PlannedMetric, tally: Tally, gauges: DeliveryGauges): boolean {
  switch (metric) {
    case 'conversions':
      return gauges.platform_conversions === true || tally.conversions > 0;
    case 'conversion_value':
      return tally.value_micros > 0;
    case 'reach':
      return gauges.reach !== undefined || gauges.frequency !== undefined;
    default:
      return tally[metric] > 0;
  }
}

export const joined = (plans: readonly MetricPlan[]): MetricPlan => new Set(plans.flatMap((plan) => [...plan]));
