import { describe, expect, test } from 'vitest';
import { ledgerOf, report, usd } from '../../test/support/simulated-delivery.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { DeliveryGauges } from './delivery-facts.ts';
import { mergedGauges } from './delivery-gauges.ts';

const WINDOWS = {
  reporting: {
    measurement_windows: [
      { window_id: 'c7', duration_days: 7, expected_availability_days: 8 },
      { window_id: 'live', duration_days: 0, expected_availability_days: 1 },
    ],
  },
};
const c7 = { measurement_terms: { billing_measurement: { vendor: { domain: 'panel.example' }, measurement_window: 'c7' } } };

/** A buy of two packages, each with half of 1,000 impressions, and what was measured of it. */
function told(gauges: DeliveryGauges, terms: object = {}) {
  const buy = testBuy([testPackage('p', terms, WINDOWS), testPackage('q', terms, WINDOWS)]);
  const { delivery } = report(buy, ledgerOf(buy, [{ counters: { impressions: 1000, spend_micros: usd(10) }, gauges }]));
  const [p, q] = delivery.by_package;
  return { delivery, p: p!, q: q! };
}

describe('gauges', () => {
  test('the latest of a package replaces what was told of it before, member by member', () => {
    const before: DeliveryGauges = { reach: 1, packages: { p: { measurement_window: 'live', is_final: false }, q: { reach: 5 } } };
    expect(mergedGauges(before, { packages: { p: { is_final: true } } })).toEqual({
      reach: 1, packages: { p: { measurement_window: 'live', is_final: true }, q: { reach: 5 } },
    });
    expect(mergedGauges(before, { reach: 2 })).toEqual({ ...before, reach: 2 });
    expect(mergedGauges(before, { measurement_window: 'c3' })).toEqual({
      reach: 1, measurement_window: 'c3', packages: { p: { is_final: false }, q: { reach: 5 } },
    });
  });
});

describe('finality', () => {
  test('figures of a product that is measured in windows are those of the first, until the platform says otherwise', () => {
    const { delivery, p } = told({});
    expect([p.measurement_window, p.is_final, delivery.is_final]).toEqual(['live', false, false]);
  });

  test('is told of each package; the buy is final when all of them are, since the last of them was', () => {
    const final = (finalized_at: string) => ({ measurement_window: 'c7', is_final: true, finalized_at });
    const some = told({ packages: { p: final('2026-12-09T00:00:00Z') } }, c7);
    expect([some.p.is_final, some.p.measurement_window, some.q.is_final, some.q.measurement_window, some.delivery.is_final]).toEqual([true, 'c7', false, 'live', false]);
    expect(some.delivery.finalized_at).toBeUndefined();
    const all = told({ packages: { p: final('2026-12-09T00:00:00Z'), q: final('2026-12-10T00:00:00Z') } }, c7);
    expect(all.delivery).toMatchObject({ is_final: true, finalized_at: '2026-12-10T00:00:00Z' });
  });

  test('a buy is not final in a window that it is not billed by', () => {
    const { delivery, p } = told({ is_final: true, finalized_at: '2026-12-09T00:00:00Z', measurement_window: 'live' }, c7);
    expect([p.is_final, delivery.is_final, delivery.finalized_at]).toEqual([true, false, undefined]);
  });
});

describe('measurements of packages', () => {
  const seen = (viewable_impressions: number, viewed_seconds: number) =>
    ({ viewability: { measurable_impressions: 400, viewable_impressions, viewed_seconds, standard: 'mrc' } });

  test('stand on their rows, and together on the buy where one standard measured them', () => {
    const { delivery, p, q } = told({ packages: { p: seen(100, 2), q: seen(300, 4) } });
    expect([p.viewability?.viewable_rate, q.viewability?.viewable_rate]).toEqual([0.25, 0.75]);
    expect(delivery.totals.viewability).toEqual({ standard: 'mrc', measurable_impressions: 800, viewable_impressions: 400, viewable_rate: 0.5, viewed_seconds: 3 });
  });

  test('have no sum when one of them is missing, or was measured by another standard', () => {
    expect(told({ packages: { p: seen(100, 2) } }).delivery.totals.viewability).toBeUndefined();
    const other = { viewability: { ...seen(100, 2).viewability, standard: 'groupm' } };
    expect(told({ packages: { p: seen(100, 2), q: other } }).delivery.totals.viewability).toBeUndefined();
  });

  test('reach of packages is told on their rows, and added up on the buy', () => {
    const aim = { optimization_goals: [{ kind: 'metric', metric: 'reach', reach_unit: 'households' }] };
    const { delivery, p, q } = told({ packages: { p: { reach: 200 }, q: { reach: 100 } } }, aim);
    expect([p.reach, q.reach, delivery.totals.reach]).toEqual([200, 100, 300]);
    expect([p.frequency, q.frequency, delivery.totals.frequency]).toEqual([2.5, 5, 3.33]);
  });
});
