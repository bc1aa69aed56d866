import type { Features } from './features.ts';

/** Members of a product that only make sense where the seller has a feature switched on. */
interface Featured {
  readonly metric_optimization?: { readonly supported_metrics: readonly string[] };
  readonly vendor_metric_optimization?: unknown;
  readonly conversion_tracking?: unknown;
  readonly signal_targeting_allowed?: unknown;
  readonly signal_targeting_options?: unknown;
  readonly signal_targeting_rules?: unknown;
}

/** A product without what the seller has switched off: an offer that would be refused is none. */
export function offeredProduct<Offered extends object>(product: Offered, features: Features): Offered {
  const { metric_optimization, vendor_metric_optimization, conversion_tracking, signal_targeting_allowed, signal_targeting_options, signal_targeting_rules, ...rest } = product as Featured;
  const metrics = metric_optimization?.supported_metrics.filter((metric) => features.optimization_metrics.some((built) => built === metric)) ?? [];
  const signals = { signal_targeting_allowed, signal_targeting_options, signal_targeting_rules };
  return {
    ...rest,
    ...(metrics.length > 0 ? { metric_optimization: { ...metric_optimization, supported_metrics: metrics } } : {}),
    ...(vendor_metric_optimization !== undefined && features.vendor_metric_optimization ? { vendor_metric_optimization } : {}),
    ...(conversion_tracking !== undefined && features.conversion_tracking ? { conversion_tracking } : {}),
    ...(features.signals ? Object.fromEntries(Object.entries(signals).filter(([, value]) => value !== undefined)) : {}),
  } as Offered;
}
