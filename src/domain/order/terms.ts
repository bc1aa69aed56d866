/** What the buyer wants promised: measurement, performance, reporting (seller specification §2.8, row 14, and §3.8). */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import { reports } from '../metric-coverage.ts';
import { meetsStandard } from '../performance-standards.ts';
import type { LineCheck } from './line.ts';

/** Two honest counts of one delivery differ by at least so much, in percent. */
export const LEAST_VARIANCE_PERCENT = 1;

const rejected = (field: string, message: string): AdcpError => adcpError('TERMS_REJECTED', `${field}: ${message}`, { field });

/** Refuses a variance that no count can hold, and a window at which the product is not measured. */
export const measurementTerms: LineCheck = ({ path, asked: { measurement_terms }, terms }) => {
  const { max_variance_percent: variance, measurement_window: window } = measurement_terms?.billing_measurement ?? {};
  const windows = terms.reporting_capabilities.measurement_windows?.map(({ window_id }) => window_id);
  const at = `${path}.measurement_terms.billing_measurement`;
  return [
    ...(variance !== undefined && variance < LEAST_VARIANCE_PERCENT
      ? [rejected(`${at}.max_variance_percent`, `a variance of at least ${LEAST_VARIANCE_PERCENT} percent is accepted`)]
      : []),
    ...(window !== undefined && windows && !windows.includes(window)
      ? [rejected(`${at}.measurement_window`, `the product is measured at ${windows.join(', ')}`)]
      : []),
  ];
};

/** Refuses standards that the product does not hold. */
export const performanceStandards: LineCheck = ({ path, asked: { performance_standards = [] }, product }) =>
  performance_standards.flatMap((asked, at) => {
    const offered = product?.performance_standards ?? [];
    if (offered.some((each) => meetsStandard(each, asked))) return [];
    const held = offered.filter(({ metric }) => metric === asked.metric).map(({ threshold, vendor }) => `${threshold} by ${vendor.domain}`);
    return [
      rejected(
        `${path}.performance_standards[${at}]`,
        held.length > 0 ? `the product holds ${asked.metric} at ${held.join(' or ')}` : `the product promises no ${asked.metric}`,
      ),
    ];
  });

/** Refuses metrics that the product does not report. */
export const committedMetrics: LineCheck = ({ path, asked: { committed_metrics = [] }, terms: { reporting_capabilities: offered } }) =>
  committed_metrics.flatMap((metric, at) => {
    const reported =
      metric.scope === 'standard'
        ? reports(offered.available_metrics, metric.metric_id)
        : (offered.vendor_metrics ?? []).some(
            ({ vendor, metric_id }) => vendor.domain === metric.vendor.domain && metric_id === metric.metric_id,
          );
    return reported
      ? []
      : [
          rejected(
            `${path}.committed_metrics[${at}]`,
            `the product does not report ${metric.metric_id}; it reports ${offered.available_metrics.join(', ')}`,
          ),
        ];
  });
