import { describe, expect, it } from 'vitest';
import type { PerformanceStandard } from '../../protocol/wire/core/measurement-terms.ts';
import type { MetricName } from '../../protocol/wire/core/metric.ts';
import { testProduct } from '../../../test/support/desk.ts';
import { firstFlaw, flaws, type Checked } from '../../../test/support/orders.ts';

const vendor = { domain: 'meter.example' };
const billing = (more: { max_variance_percent?: number; measurement_window?: string }): Checked => ({
  asked: { measurement_terms: { billing_measurement: { vendor, ...more } } },
});
const weekly: Checked['product'] = {
  reporting_capabilities: { ...testProduct('x').reporting_capabilities, measurement_windows: [{ window_id: 'c7', duration_days: 7 }] },
};
const viewable = (threshold: number): PerformanceStandard => ({ metric: 'viewability', threshold, vendor });
const standard = (metric_id: string) => ({ scope: 'standard', metric_id }) as MetricName;

describe('measurement terms', () => {
  it('allow for a variance that counts can hold', () => {
    expect(flaws(billing({ max_variance_percent: 5, measurement_window: 'post_sivt' }))).toBeUndefined();
    expect(firstFlaw(billing({ max_variance_percent: 0 }))).toEqual([
      'TERMS_REJECTED',
      'packages[0].measurement_terms.billing_measurement.max_variance_percent',
    ]);
  });
  it('say in the refusal what is accepted', () => {
    expect(flaws(billing({ max_variance_percent: 0.5 }))![0]!.message).toMatch(/at least 1 percent/);
  });
  it('name a window at which the product is measured, where it says at which', () => {
    expect(flaws({ ...billing({ measurement_window: 'c7' }), product: weekly })).toBeUndefined();
    expect(firstFlaw({ ...billing({ measurement_window: 'c28' }), product: weekly })).toEqual([
      'TERMS_REJECTED',
      'packages[0].measurement_terms.billing_measurement.measurement_window',
    ]);
  });
});

describe('performance standards', () => {
  it('are within what the product holds', () => {
    const product = { performance_standards: [viewable(0.7)] };
    expect(flaws({ asked: { performance_standards: [viewable(0.6)] }, product })).toBeUndefined();
    expect(firstFlaw({ asked: { performance_standards: [viewable(0.9)] }, product })).toEqual([
      'TERMS_REJECTED',
      'packages[0].performance_standards[0]',
    ]);
  });
  it('are refused by a product that promises none', () => {
    expect(firstFlaw({ asked: { performance_standards: [viewable(0.1)] } })).toEqual([
      'TERMS_REJECTED',
      'packages[0].performance_standards[0]',
    ]);
  });
});

describe('committed metrics', () => {
  it('are those that the product reports, ratios of them included', () => {
    expect(flaws({ asked: { committed_metrics: [standard('clicks'), standard('ctr')] } })).toBeUndefined();
    expect(firstFlaw({ asked: { committed_metrics: [standard('clicks'), standard('reach')] } })).toEqual([
      'TERMS_REJECTED',
      'packages[0].committed_metrics[1]',
    ]);
  });
  it('of a vendor are those that the product reports of that vendor', () => {
    const committed_metrics: MetricName[] = [{ scope: 'vendor', vendor, metric_id: 'attention' }];
    const reporting_capabilities = { ...testProduct('x').reporting_capabilities, vendor_metrics: [{ vendor, metric_id: 'attention' }] };
    expect(flaws({ asked: { committed_metrics }, product: { reporting_capabilities } })).toBeUndefined();
    expect(firstFlaw({ asked: { committed_metrics } })).toEqual(['TERMS_REJECTED', 'packages[0].committed_metrics[0]']);
  });
});
