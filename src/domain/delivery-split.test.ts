import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { CounterName } from './delivery-facts.ts';
import { deliveryFact } from './delivery-split.ts';

const DAY = '2026-11-20';

test('splits counters over packages by budget and over creatives by weight', () => {
  const buy = testBuy([
    testPackage('a', {
      budget: 300,
      creative_assignments: [
        { creative_id: 'x', weight: 75 },
        { creative_id: 'y', weight: 25 },
      ],
    }),
    testPackage('b', { budget: 100 }),
  ]);
  expect(deliveryFact(buy, { counters: { impressions: 400, spend_micros: 8_000_000 } }, DAY)).toEqual({
    principal_id: 'buyer',
    media_buy_id: 'mb_1',
    day: DAY,
    gauges: {},
    increments: [
      { package_id: 'a', creative_id: 'x', impressions: 225, spend_micros: 4_500_000 },
      { package_id: 'a', creative_id: 'y', impressions: 75, spend_micros: 1_500_000 },
      { package_id: 'b', impressions: 100, spend_micros: 2_000_000 },
    ],
  });
});

test('loses nothing of any counter, whatever the budgets and weights', () => {
  const packages = fc.array(fc.record({ budget: fc.nat(1e6), weights: fc.array(fc.nat(100), { maxLength: 4 }), paused: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  });
  fc.assert(
    fc.property(packages, fc.nat(1e9), fc.nat(1e9), (specs, impressions, spend_micros) => {
      const buy = testBuy(
        specs.map(({ budget, weights, paused }, at) =>
          testPackage(`p${at}`, {
            budget,
            paused,
            creative_assignments: weights.map((weight, nth) => ({ creative_id: `c${nth}`, weight })),
          }),
        ),
      );
      const { increments } = deliveryFact(buy, { counters: { impressions, spend_micros } }, DAY);
      const sum = (name: CounterName) => increments.reduce((total, increment) => total + (increment[name] ?? 0), 0);
      expect([sum('impressions'), sum('spend_micros')]).toEqual([impressions, spend_micros]);
    }),
  );
});

test('delivers nothing to packages that are paused or canceled, unless no other is left', () => {
  const shares = (a: object, b: object) =>
    deliveryFact(testBuy([testPackage('a', a), testPackage('b', b)]), { counters: { impressions: 10 } }, DAY).increments.map((each) => [
      each.package_id,
      each.impressions,
    ]);
  expect(shares({ paused: true }, {})).toEqual([['b', 10]]);
  expect(shares({ paused: true }, { canceled: true })).toEqual([
    ['a', 5],
    ['b', 5],
  ]);
});

test('splits evenly when no package has a budget', () => {
  const buy = testBuy([testPackage('a', { budget: 0 }), testPackage('b', { budget: 0 })]);
  expect(deliveryFact(buy, { counters: { clicks: 3 } }, DAY).increments.map(({ clicks }) => clicks)).toEqual([2, 1]);
});

test('marks conversions and their value as counted by the platform only when it reports them', () => {
  const gauges = (counters: object) => deliveryFact(testBuy([testPackage('a')]), { counters }, DAY).gauges;
  expect(gauges({ impressions: 1 })).toEqual({});
  expect(gauges({ conversions: 0 })).toEqual({ platform_conversions: true });
  expect(gauges({ conversions: 1, conversion_value_micros: 5 })).toEqual({ platform_conversions: true, platform_conversion_value: true });
});

const cap = {
  targeting_overlay: { frequency_cap: { max_impressions: 2, per: 'individuals', window: { interval: 1, unit: 'days' } } },
} as const;
const reachGoal = (max?: number) =>
  ({
    optimization_goals: [
      {
        kind: 'metric',
        metric: 'reach',
        reach_unit: 'households',
        ...(max ? { target_frequency: { max, window: { interval: 7, unit: 'days' } } } : {}),
      },
    ],
  }) as Parameters<typeof testPackage>[1];

test('assumes the highest frequency that a cap or a goal allows, by package', () => {
  const buy = testBuy([
    testPackage('plain'),
    testPackage('capped', cap),
    testPackage('aimed', reachGoal(5)),
    testPackage('both', { ...cap, ...reachGoal(5) }),
    testPackage('open', reachGoal()),
  ]);
  expect(deliveryFact(buy, { counters: { impressions: 1 } }, DAY).gauges).toEqual({
    assumed_frequency: { capped: 2, aimed: 5, both: 2, open: 3 },
  });
});

test.each([{ reach: 10 }, { frequency: 1.5 }])('assumes no frequency when %j was measured', (gauges) => {
  expect(deliveryFact(testBuy([testPackage('capped', cap)]), { counters: { impressions: 1 }, gauges }, DAY).gauges).toEqual(gauges);
});

test('has nothing to divide over in a buy without packages', () => {
  expect(deliveryFact(testBuy([]), { counters: { impressions: 5 } }, DAY).increments).toEqual([]);
});
