import { describe, expect, it } from 'vitest';
import type { EventGoal, GoalEventSource, MetricGoal, OptimizationGoal } from '../../protocol/wire/core/optimization-goal.ts';
import type { MetricOptimization } from '../../protocol/wire/core/product.ts';
import { ALL_FEATURES, type EventTarget } from '../features.ts';
import { testProduct } from '../../../test/support/desk.ts';
import { firstFlaw, flaws, goal, type Checked } from '../../../test/support/orders.ts';
import type { PackageAsk } from './line.ts';

const metric = (more: Omit<MetricGoal, 'kind'>) => goal({ kind: 'metric', ...more });
const event = (more: Partial<EventGoal> = {}, source: Partial<GoalEventSource> = {}) =>
  goal({ kind: 'event', event_sources: [{ event_source_id: 'shop', event_type: 'purchase', ...source }], ...more });
const offers = (metric_optimization: MetricOptimization): Pick<Checked, 'product'> => ({ product: { metric_optimization } });
const targets = (...supported_targets: EventTarget[]): Pick<Checked, 'features'> => ({
  features: { conversion_tracking: { ...ALL_FEATURES.conversion_tracking!, supported_targets } },
});
const weekly = { interval: 7, unit: 'days' as const };
const refusal = (checked: Checked) => {
  const found = firstFlaw(checked);
  return found && [found[0], found[1]!.replace('packages[0].optimization_goals[0].', '')];
};

describe('a package may aim at', () => {
  it.each<[string, Checked]>([
    ['clicks', { asked: metric({ metric: 'clicks', target: { kind: 'cost_per', value: 2 } }) }],
    ['reach', { asked: metric({ metric: 'reach', reach_unit: 'households', target_frequency: { min: 1, max: 3, window: weekly } }) }],
    ['completed views', { asked: metric({ metric: 'completed_views', view_duration_seconds: 6 }) }],
    [
      'seconds in view',
      {
        asked: metric({ metric: 'viewed_seconds', target: { kind: 'threshold_rate', value: 3 } }),
        ...offers({ supported_metrics: ['viewed_seconds'] }),
      },
    ],
    ['events', { asked: event({ target: { kind: 'cost_per', value: 35 } }) }],
    ['the value of events', { asked: event({ target: { kind: 'per_ad_spend', value: 4 } }, { value_field: 'total' }) }],
    ['custom events by name', { asked: event({}, { event_type: 'custom', custom_event_name: 'trial' }) }],
  ])('%s', (_what, checked) => {
    expect(flaws(checked)).toBeUndefined();
  });
});

describe('a goal on a metric is refused', () => {
  it.each<[string, Checked, string, string]>([
    [
      'that the product does not optimise for',
      { asked: metric({ metric: 'clicks' }), ...offers({ supported_metrics: ['reach'] }) },
      'INVALID_REQUEST',
      'metric',
    ],
    ['that the seller does not optimise for', { asked: metric({ metric: 'follows' }) }, 'UNSUPPORTED_FEATURE', 'metric'],
    [
      'that was switched off',
      { asked: metric({ metric: 'clicks' }), features: { optimization_metrics: ['reach'] } },
      'UNSUPPORTED_FEATURE',
      'metric',
    ],
    ['reach, without a unit', { asked: metric({ metric: 'reach' }) }, 'INVALID_REQUEST', 'reach_unit'],
    [
      'reach, in a unit that the product does not count',
      {
        asked: metric({ metric: 'reach', reach_unit: 'devices' }),
        ...offers({ supported_metrics: ['reach'], supported_reach_units: ['households'] }),
      },
      'INVALID_REQUEST',
      'reach_unit',
    ],
    [
      'views, of a length that nobody counts',
      { asked: metric({ metric: 'completed_views', view_duration_seconds: 999 }) },
      'INVALID_REQUEST',
      'view_duration_seconds',
    ],
    [
      'views, of a length that the product does not count',
      {
        asked: metric({ metric: 'completed_views', view_duration_seconds: 6 }),
        ...offers({ supported_metrics: ['completed_views'], supported_view_durations: [15] }),
      },
      'INVALID_REQUEST',
      'view_duration_seconds',
    ],
    [
      'with a target that the product does not take',
      {
        asked: metric({ metric: 'clicks', target: { kind: 'threshold_rate', value: 1 } }),
        ...offers({ supported_metrics: ['clicks'], supported_targets: ['cost_per'] }),
      },
      'INVALID_REQUEST',
      'target.kind',
    ],
    [
      'with a band of frequency upside down',
      { asked: metric({ metric: 'reach', reach_unit: 'devices', target_frequency: { min: 3, max: 1, window: weekly } }) },
      'INVALID_REQUEST',
      'target_frequency.max',
    ],
    [
      'with a band over two campaigns',
      {
        asked: metric({ metric: 'reach', reach_unit: 'devices', target_frequency: { max: 1, window: { interval: 2, unit: 'campaign' } } }),
      },
      'INVALID_REQUEST',
      'target_frequency.window.interval',
    ],
  ])('%s', (_what, checked, code, member) => {
    expect(refusal(checked)).toEqual([code, member]);
  });
});

describe('a goal on events is refused', () => {
  it.each<[string, Checked, string, string]>([
    [
      'of a source that is not registered',
      { asked: event({}, { event_source_id: 'phantom' }) },
      'INVALID_REQUEST',
      'event_sources[0].event_source_id',
    ],
    [
      'that are custom and have no name',
      { asked: event({}, { event_type: 'custom' }) },
      'INVALID_REQUEST',
      'event_sources[0].custom_event_name',
    ],
    [
      'for a return on spend without a value',
      { asked: event({ target: { kind: 'per_ad_spend', value: 4 } }) },
      'INVALID_REQUEST',
      'event_sources[0].value_field',
    ],
    [
      'for the most value without a value',
      { asked: event({ target: { kind: 'maximize_value' } }) },
      'INVALID_REQUEST',
      'event_sources[0].value_field',
    ],
    [
      'with a target that was switched off',
      { asked: event({ target: { kind: 'cost_per', value: 4 } }), ...targets('per_ad_spend') },
      'INVALID_REQUEST',
      'target.kind',
    ],
    [
      'with a target that the product does not take',
      {
        asked: event({ target: { kind: 'cost_per', value: 4 } }),
        product: { conversion_tracking: { supported_targets: ['maximize_value'] } },
      },
      'INVALID_REQUEST',
      'target.kind',
    ],
    [
      'with a window of two campaigns',
      { asked: event({ attribution_window: { post_click: { interval: 2, unit: 'campaign' } } }) },
      'INVALID_REQUEST',
      'attribution_window.post_click.interval',
    ],
    ['where events are switched off', { asked: event(), features: { conversion_tracking: undefined } }, 'UNSUPPORTED_FEATURE', 'kind'],
  ])('%s', (_what, checked, code, member) => {
    expect(refusal(checked)).toEqual([code, member]);
  });
});

describe('goals are refused', () => {
  it('when they are more than the product takes', () => {
    const optimization_goals = [...metric({ metric: 'clicks' }).optimization_goals!, ...event().optimization_goals!];
    expect(firstFlaw({ asked: { optimization_goals }, product: { max_optimization_goals: 1 } })).toEqual([
      'INVALID_REQUEST',
      'packages[0].optimization_goals',
    ]);
  });
  it('each for itself', () => {
    const optimization_goals = [
      ...metric({ metric: 'reach' }).optimization_goals!,
      ...event({}, { event_source_id: 'phantom' }).optimization_goals!,
    ];
    expect(flaws({ asked: { optimization_goals } })!.map(({ field }) => field)).toEqual([
      'packages[0].optimization_goals[0].reach_unit',
      'packages[0].optimization_goals[1].event_sources[0].event_source_id',
    ]);
  });
});

describe('a goal on the metric of a vendor', () => {
  const pair = { vendor: { domain: 'meter.example' }, metric_id: 'attention' } as const;
  const other = { vendor: { domain: 'meter.example' }, metric_id: 'memory' } as const;
  const product = {
    reporting_capabilities: { ...testProduct('x').reporting_capabilities, vendor_metrics: [pair, other] },
    vendor_metric_optimization: { supported_metrics: [{ ...pair, supported_targets: ['threshold_rate' as const] }] },
  };
  const aimed = (more: object = {}, committed = [pair] as readonly object[]): PackageAsk => ({
    optimization_goals: [{ kind: 'vendor_metric', ...pair, ...more } as OptimizationGoal],
    committed_metrics: committed.map((each) => ({ scope: 'vendor', ...each })) as NonNullable<PackageAsk['committed_metrics']>,
  });

  it('is taken when the product is optimised for it, reports it, and the package has it committed', () => {
    expect(flaws({ asked: aimed({ target: { kind: 'threshold_rate', value: 70 } }), product })).toBeUndefined();
    expect(flaws({ asked: aimed(), product, vendor_catalogues: new Map([['meter.example', new Set(['attention'])]]) })).toBeUndefined();
  });

  const at = 'packages[0].optimization_goals[0]';
  it.each([
    ['that the product is not optimised for', { asked: aimed({ metric_id: 'memory' }, [other]), product }, `${at}.metric_id`],
    ['of a vendor that the product is not optimised for', { asked: aimed({ vendor: { domain: 'gauge.example' } }), product }, `${at}.metric_id`],
    ['of a product that is optimised for none', { asked: aimed(), product: { ...product, vendor_metric_optimization: { supported_metrics: [] } } }, `${at}.metric_id`],
    ['with a target that the metric does not take', { asked: aimed({ target: { kind: 'cost_per', value: 1 } }), product }, `${at}.target.kind`],
    ['that is not committed', { asked: aimed({}, []), product }, 'packages[0].committed_metrics'],
    ['beside another one that is committed', { asked: aimed({}, [other]), product }, 'packages[0].committed_metrics'],
    ['that the product does not report', { asked: { ...aimed({}, []) }, product: { ...product, reporting_capabilities: testProduct('x').reporting_capabilities } }, 'packages[0].committed_metrics'],
    ['that its vendor does not publish', { asked: aimed(), product, vendor_catalogues: new Map([['meter.example', new Set(['memory'])]]) }, `${at}.metric_id`],
  ] as const)('is rejected: one %s', (_what, checked, field) => {
    expect(firstFlaw(checked as Parameters<typeof firstFlaw>[0])).toEqual(['TERMS_REJECTED', field]);
  });

  it('is refused where the seller has switched such goals off', () => {
    expect(firstFlaw({ asked: aimed(), product, features: { vendor_metric_optimization: false } })).toEqual(['UNSUPPORTED_FEATURE', `${at}.kind`]);
  });
});
