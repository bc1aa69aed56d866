/** What was promised to be reported and is absent from a row (seller specification §5.1). */
import type {
  AvailableMetric,
  CommittedMetric,
  MetricName,
  MetricQualifier,
  VendorMetricRef,
  VendorMetricValue,
} from '../protocol/wire/core/metric.ts';
import type { DeliveryMetrics } from '../protocol/wire/core/delivery-metrics.ts';
import type { PackageRecord } from './media-buy.ts';

/** Reckoned from other metrics, so that they are never missed themselves. */
const DERIVED: ReadonlySet<AvailableMetric> = new Set([
  'ctr',
  'completion_rate',
  'roas',
  'cost_per_acquisition',
  'cost_per_click',
  'cost_per_completed_view',
  'cpm',
  'frequency',
  'engagement_rate',
  'new_to_brand_rate',
] as const);

/** What binds a report: what was committed before its period ended, else what the product says it reports. */
export function contractOf({ package: bought, terms }: PackageRecord, periodEnd: string): MetricName[] {
  const committed = bought.committed_metrics?.filter(({ committed_at }) => Date.parse(committed_at) < Date.parse(periodEnd));
  if (committed) return committed.map(nameOf);
  const { available_metrics, vendor_metrics = [] } = terms.reporting_capabilities;
  return [
    ...available_metrics.map((metric_id) => ({ scope: 'standard' as const, metric_id })),
    ...vendor_metrics.map((ref) => ({ scope: 'vendor' as const, ...ref })),
  ];
}

function nameOf(metric: CommittedMetric): MetricName {
  const { committed_at: _since, ...name } = metric;
  return name;
}

/** Where nothing was shown yet, only counters can be missing: the rest could not be measured. */
export function missingMetrics(contract: readonly MetricName[], row: DeliveryMetrics): MetricName[] {
  return contract.filter((metric) => {
    if (metric.scope === 'vendor')
      return (row.impressions ?? 0) > 0 && !row.vendor_metric_values?.some((value) => sameVendorMetric(value, metric));
    if (DERIVED.has(metric.metric_id)) return false;
    if (!Object.hasOwn(row, metric.metric_id)) return (row.impressions ?? 0) > 0;
    return metric.qualifier !== undefined && !qualifies(metric.qualifier, row);
  });
}

/** Only what a row says of its own measurement can fulfil a qualifier; completions are told by the seller itself. */
function qualifies({ viewability_standard, completion_source, ...others }: MetricQualifier, { viewability }: DeliveryMetrics): boolean {
  if (viewability_standard !== undefined && viewability?.standard !== viewability_standard) return false;
  return (completion_source === undefined || completion_source === 'seller_attested') && Object.keys(others).length === 0;
}

/** The values of vendors that a contract names, each once. */
export function vendorValues(values: readonly VendorMetricValue[], contract: readonly MetricName[]): VendorMetricValue[] {
  const named = contract.flatMap((metric) => (metric.scope === 'vendor' ? [metric] : []));
  const wanted = values.filter((value) => named.some((metric) => sameVendorMetric(value, metric)));
  return [...new Map(wanted.map((value) => [`${value.vendor.domain} ${value.metric_id}`, value])).values()];
}

const sameVendorMetric = (a: VendorMetricRef, b: VendorMetricRef): boolean =>
  a.metric_id === b.metric_id && a.vendor.domain === b.vendor.domain;
