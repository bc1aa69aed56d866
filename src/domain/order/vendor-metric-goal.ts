import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { VendorMetricGoal } from '../../protocol/wire/core/optimization-goal.ts';
import type { OrderFacts, PackageLine } from './line.ts';

/**
 * The first thing that is wrong with a goal on a vendor's metric: the product must be optimised for the pair of vendor and metric, it
 * must report it, and the package must have it committed, so that the buyer sees what it aims at. A vendor whose list of metrics is
 * known must have the metric in it.
 */
export function vendorMetricGoalFlaw(
  { vendor: { domain }, metric_id, target }: VendorMetricGoal,
  at: string,
  { path, asked, committed = [], terms }: PackageLine,
  { features, vendor_catalogues }: OrderFacts,
): AdcpError | undefined {
  if (!features.vendor_metric_optimization)
    return adcpError('UNSUPPORTED_FEATURE', `${at}.kind: this seller does not optimise for the metrics of vendors`, { field: `${at}.kind` });
  const rejected = (field: string, why: string) => adcpError('TERMS_REJECTED', `${field}: ${why}`, { field });
  const same = (metric: { readonly vendor: { readonly domain: string }; readonly metric_id: string }) =>
    metric.vendor.domain === domain && metric.metric_id === metric_id;

  const pairs = terms.vendor_metric_optimization?.supported_metrics ?? [];
  const offered = pairs.find(same);
  if (offered === undefined)
    return rejected(`${at}.metric_id`, `the product optimises for ${pairs.map((pair) => `${pair.metric_id} of ${pair.vendor.domain}`).join(', ') || 'no vendor\'s metric'}`);
  if (target && !offered.supported_targets?.includes(target.kind))
    return rejected(`${at}.target.kind`, `the product takes ${offered.supported_targets?.join(', ') || 'no target'} for this metric`);
  const reported = terms.reporting_capabilities.vendor_metrics?.some(same) === true;
  const promised = [...committed, ...(asked.committed_metrics ?? [])].some((metric) => metric.scope === 'vendor' && same(metric));
  if (!reported || !promised)
    return rejected(`${path}.committed_metrics`, reported ? `commit ${metric_id} of ${domain}: what a package aims at is reported` : `the product does not report ${metric_id} of ${domain}`);
  const published = vendor_catalogues?.get(domain);
  return published === undefined || published.has(metric_id) ? undefined : rejected(`${at}.metric_id`, `${domain} measures ${[...published].join(', ')}`);
}
