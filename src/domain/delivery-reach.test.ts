import { describe, expect, test } from 'vitest';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { capped, DAY, goal, ledgerOf, NOW, report, simulated } from '../../test/support/simulated-delivery.ts';
import { coveredPeriod } from './delivery-period.ts';

describe('reach', () => {
  test('is told as the platform measured it, in the unit of the goal', () => {
    const { totals, row } = simulated(goal('reach', { reach_unit: 'households' }), [
      { counters: { impressions: 750_000 }, gauges: { reach: 250_000, frequency: 3 } },
    ]);
    const told = { reach: 250_000, reach_unit: 'households', frequency: 3, reach_window: { kind: 'cumulative' } };
    expect([totals, row]).toMatchObject([told, told]);
  });

  test.each([
    { kind: 'cumulative' },
    { kind: 'period', period: { interval: 1, unit: 'days' } },
    { kind: 'rolling', period: { interval: 7, unit: 'days' } },
  ])('keeps the window that the platform tells: %j', (reach_window) => {
    expect(simulated(goal('reach'), [{ counters: { impressions: 10 }, gauges: { reach: 5, reach_window } }]).totals).toMatchObject({
      reach_window,
      reach_unit: 'individuals',
      frequency: 2,
    });
  });

  test('follows from the impressions and a frequency that holds the cap, over any number of reports', () => {
    expect(simulated(capped, [{ counters: { impressions: 8550 } }]).totals).toMatchObject({
      reach: 2850,
      frequency: 3,
      reach_unit: 'individuals',
    });
    expect(simulated(capped, [{ counters: { impressions: 8550 } }, { counters: { impressions: 8551 } }]).totals).toMatchObject({
      reach: 5701,
      frequency: 2.99,
    });
    expect(simulated(capped, [{ counters: { impressions: 10 }, gauges: { frequency: 2.5 } }]).totals).toMatchObject({
      reach: 4,
      frequency: 2.5,
    });
  });

  test('is never more people than impressions, whatever frequency is told', () => {
    expect(simulated(capped, [{ counters: { impressions: 10 }, gauges: { frequency: 1e-300 } }]).totals).toMatchObject({ reach: 10 });
  });

  test('is nobody without impressions, and unknown when a real platform tells nothing', () => {
    expect(simulated(capped, []).totals).toMatchObject({ reach: 0, frequency: 0, reach_unit: 'individuals' });
    const buy = testBuy([testPackage('p', capped, { reporting: { available_metrics: ['impressions', 'reach'] } })]);
    const { gauges: _assumed, ...ledger } = ledgerOf(buy, [{ counters: { impressions: 10 } }]);
    const { delivery } = report(buy, { ...ledger, gauges: {} });
    expect(delivery.totals).not.toHaveProperty('reach');
    expect(delivery.by_package[0]!.missing_metrics).toEqual([{ scope: 'standard', metric_id: 'reach' }]);
  });

  test('of several packages is told when all that delivered have it in one unit', () => {
    const told = (...packages: ReturnType<typeof testPackage>[]) => {
      const buy = testBuy(packages);
      return report(buy, ledgerOf(buy, [{ counters: { impressions: 600 } }])).delivery;
    };
    expect(told(testPackage('p', capped), testPackage('q', capped)).totals).toMatchObject({ reach: 200, frequency: 3 });
    expect(told(testPackage('p', capped), testPackage('q')).totals).not.toHaveProperty('reach');
    expect(told(testPackage('p', capped), testPackage('q', goal('reach', { reach_unit: 'devices' }))).totals).not.toHaveProperty('reach');
  });

  test('that was measured of several packages stands in the totals alone', () => {
    const buy = testBuy([testPackage('p', capped), testPackage('q')]);
    const { delivery } = report(buy, ledgerOf(buy, [{ counters: { impressions: 600 }, gauges: { reach: 300 } }]));
    expect([delivery.totals.reach, delivery.by_package.map((row) => row.reach)]).toEqual([300, [undefined, undefined]]);
  });

  test('of a part of the life is reckoned from its own impressions, in a window of its days', () => {
    const buy = testBuy([testPackage('p', capped)]);
    const ledger = { ...ledgerOf(buy, [{ counters: { impressions: 30 } }]), span: { first: '2026-11-01', last: DAY } };
    const measured = { ...ledger, gauges: { ...ledger.gauges, reach: 999, viewability: { measurable_impressions: 1 } } };
    const asked = { kind: 'days', start: '2026-11-19', end: '2026-11-21' } as const;
    const { totals } = report(buy, measured, { period: coveredPeriod(asked, [buy], [measured], NOW) }).delivery;
    expect(totals).toMatchObject({ reach: 10, frequency: 3, reach_window: { kind: 'period', period: { interval: 2, unit: 'days' } } });
    expect(totals).not.toHaveProperty('viewability');
  });
});
