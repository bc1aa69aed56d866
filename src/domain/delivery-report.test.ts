import { describe, expect, test } from 'vitest';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { capped, cpa, goal, ledgerOf, NONE, report, simulated, usd } from '../../test/support/simulated-delivery.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import { aggregated } from './delivery-aggregate.ts';

describe('performance of a buy', () => {
  test('by acquisitions: conversions of the platform and what one cost', () => {
    const { totals } = simulated(cpa, [{ counters: { impressions: 200_000, clicks: 4500, conversions: 90, spend_micros: usd(3000) } }]);
    expect(totals).toMatchObject({
      impressions: 200_000,
      clicks: 4500,
      ctr: 0.0225,
      cost_per_click: 0.67,
      cpm: 15,
      conversions: 90,
      cost_per_acquisition: 33.33,
      spend: 3000,
      effective_rate: 15,
    });
    expect(totals).not.toHaveProperty('conversion_value');
  });

  test('by value: the platform counts, and the events tell what it was worth', () => {
    const counted = [{ counters: { impressions: 1000, conversions: 2, spend_micros: usd(50) } }];
    expect(simulated(cpa, counted, [{ attributed: { conversions: 1, conversion_value_micros: usd(149.99) } }]).totals).toMatchObject({
      conversions: 2,
      conversion_value: 149.99,
      roas: 2.9998,
    });
    expect(
      simulated(
        cpa,
        [{ counters: { ...counted[0]!.counters, conversion_value_micros: usd(80) } }],
        [{ attributed: { conversions: 1, conversion_value_micros: usd(149.99) } }],
      ).totals,
    ).toMatchObject({ conversion_value: 80, roas: 1.6 });
  });

  test('by events alone, until a platform reports conversions itself', () => {
    expect(simulated(cpa, [], [{}]).totals).toMatchObject({ conversions: 1, spend: 0, impressions: 0, cost_per_acquisition: 0 });
    expect(simulated(cpa, [{ counters: { conversions: 0 } }], [{}]).totals).toMatchObject({ conversions: 0 });
    expect(simulated(cpa, [{ counters: { impressions: 1 } }], []).totals).toMatchObject({ conversions: 0 });
  });

  test('by refunds that outweigh purchases: worth nothing, never less', () => {
    expect(
      simulated(
        { ...cpa, optimization_goals: [{ ...cpa.optimization_goals![0]!, target: { kind: 'maximize_value' } }] } as Partial<Package>,
        [],
        [{ attributed: { conversions: 1, conversion_value_micros: usd(-5) } }],
      ).totals,
    ).toMatchObject({ conversions: 1, conversion_value: 0 });
  });

  test('by clicks', () => {
    expect(
      simulated(goal('clicks'), [{ counters: { impressions: 300_000, clicks: 4800, spend_micros: usd(11_000) } }]).totals,
    ).toMatchObject({ clicks: 4800, cost_per_click: 2.29 });
    expect(simulated(goal('clicks'), []).totals).toEqual({ impressions: 0, spend: 0, clicks: 0 });
  });

  test('by completed views, whose rate is null before anything was shown', () => {
    expect(
      simulated(goal('completed_views'), [{ counters: { impressions: 500_000, completed_views: 350_000, spend_micros: usd(10_000) } }])
        .totals,
    ).toMatchObject({ completed_views: 350_000, completion_rate: 0.7, cost_per_completed_view: 0.03 });
    expect(simulated(goal('completed_views'), []).totals).toEqual({ impressions: 0, spend: 0, completed_views: 0, completion_rate: null });
  });

  test('by creatives: every assigned one, with exact sums, the share that it got, and none of its conversions where they are not attributed', () => {
    const creatives = { ...cpa, creative_assignments: [{ creative_id: 'a' }, { creative_id: 'b' }, { creative_id: 'paused', weight: 0 }] };
    const { row } = simulated(creatives, [{ counters: { impressions: 1001, conversions: 90, spend_micros: usd(10.01) } }]);
    expect(row.by_creative).toEqual([
      { creative_id: 'a', impressions: 501, spend: 5.01, cpm: 10, conversions: 45, cost_per_acquisition: 0.11, weight: 50.05 },
      { creative_id: 'b', impressions: 500, spend: 5, cpm: 10, conversions: 45, cost_per_acquisition: 0.11, weight: 49.95 },
      { creative_id: 'paused', impressions: 0, spend: 0, conversions: 0, weight: 0 },
    ]);
    const buy = testBuy([testPackage('p', creatives)]);
    const { delivery } = report(buy, ledgerOf(buy, [{ counters: { impressions: 10, conversions: 2 } }]), {
      per_creative_conversions: false,
    });
    expect(delivery.by_package[0]!.by_creative![0]).toEqual({ creative_id: 'a', impressions: 5, spend: 0, cpm: 0, weight: 50 });
  });

  test('by creatives that came after the delivery: it falls to them by weight', () => {
    const buy = testBuy([testPackage('p')]);
    const later = testBuy([
      testPackage('p', {
        creative_assignments: [
          { creative_id: 'a', weight: 3 },
          { creative_id: 'b', weight: 1 },
        ],
      }),
    ]);
    const { delivery } = report(
      later,
      ledgerOf(buy, [{ counters: { impressions: 100 } }], [{ creative_id: 'released', counters: { ...NONE, impressions: 7 } }]),
    );
    expect(delivery.by_package[0]!.by_creative!.map(({ creative_id, impressions }) => [creative_id, impressions])).toEqual([
      ['a', 75],
      ['b', 25],
      ['released', 7],
    ]);
  });

  test('has no rows of creatives where the product does not break them down', () => {
    expect(
      simulated({ creative_assignments: [{ creative_id: 'a' }] }, [], [], { reporting: { supports_creative_breakdown: false } }).row,
    ).not.toHaveProperty('by_creative');
  });
});

test('several reports add up, with the rates of the sums', () => {
  const made = (spend: number, conversions: number) => {
    const buy = testBuy([testPackage('p', { ...cpa, ...capped })]);
    return report(buy, ledgerOf(buy, [{ counters: { impressions: 300, conversions, spend_micros: usd(spend) } }]));
  };
  expect(aggregated([made(10, 1), made(20, 4)])).toEqual({
    impressions: 600,
    spend: 30,
    conversions: 5,
    cost_per_acquisition: 6,
    media_buy_count: 2,
    reach: 200,
    reach_unit: 'individuals',
    frequency: 3,
  });
  expect(aggregated([])).toEqual({ impressions: 0, spend: 0, media_buy_count: 0 });
});
