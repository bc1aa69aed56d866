/** What holds of every report, whatever was bought and recorded. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectOfficial, officialIsThere } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import { aggregated } from './delivery-aggregate.ts';
import type { DeliveryGauges, DeliveryLedger, DeliveryRow } from './delivery-facts.ts';
import type { DeliveryPeriod } from './delivery-period.ts';
import { buyReport, type BuyReport } from './delivery-report.ts';
import { deliveryFact } from './delivery-split.ts';
import { slicesOfPeriod } from './delivery-windows.ts';
import type { MediaBuyRecord } from './media-buy.ts';

const CURRENCIES = ['USD', 'JPY', 'KWD'] as const;
const DIGITS: Record<string, number> = { USD: 2, JPY: 0, KWD: 3 };
const IDS = ['p1', 'p2', 'p3'];
const CREATIVES = ['c1', 'c2', 'c3'];
const PRICES: PricingOption[] = [
  { pricing_option_id: 'a', pricing_model: 'cpm', currency: 'USD', floor_price: 1 },
  { pricing_option_id: 'b', pricing_model: 'cpc', currency: 'USD', floor_price: 1 },
  { pricing_option_id: 'c', pricing_model: 'cpcv', currency: 'USD', fixed_price: 2 },
];

const aPackage = fc.record({
  weights: fc.array(fc.option(fc.nat(100), { nil: undefined }), { maxLength: 3 }),
  price: fc.constantFrom(...PRICES),
  cap: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
  aims: fc.boolean(),
  reaches: fc.boolean(),
  promised: fc.subarray(['clicks', 'views', 'conversions', 'conversion_value', 'completed_views', 'reach', 'viewability'] as const),
});
const aBuy = fc
  .record({ packages: fc.array(aPackage, { minLength: 1, maxLength: 3 }), currency: fc.constantFrom(...CURRENCIES) })
  .map(({ packages, currency }) =>
    testBuy(
      packages.map(({ weights, price, cap, aims, reaches, promised }, at) =>
        testPackage(
          IDS[at]!,
          {
            creative_assignments: weights.map((weight, nth) => ({
              creative_id: CREATIVES[nth]!,
              ...(weight === undefined ? {} : { weight }),
            })),
            ...(cap
              ? {
                  targeting_overlay: { frequency_cap: { max_impressions: cap, per: 'individuals', window: { interval: 1, unit: 'days' } } },
                }
              : {}),
            ...(aims || reaches
              ? {
                  optimization_goals: [
                    ...(aims
                      ? [
                          {
                            kind: 'event' as const,
                            event_sources: [{ event_source_id: 's', event_type: 'purchase' as const, value_field: 'value' }],
                            target: { kind: 'per_ad_spend' as const, value: 3 },
                          },
                        ]
                      : []),
                    ...(reaches ? [{ kind: 'metric' as const, metric: 'reach' as const, reach_unit: 'households' as const }] : []),
                  ],
                }
              : {}),
          },
          { pricing: price, reporting: { available_metrics: ['impressions', 'spend', ...promised] } },
        ),
      ),
      { currency },
    ),
  );

const aRow = fc.record({
  package_id: fc.constantFrom(...IDS),
  creative_id: fc.option(fc.constantFrom(...CREATIVES), { nil: undefined }),
  day: fc.integer({ min: 1, max: 30 }),
  counts: fc.tuple(fc.nat(9999), fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(9_999_999), fc.nat(9), fc.nat(9_999_999)),
  attributed: fc.tuple(fc.nat(9), fc.integer({ min: -5_000_000, max: 9_999_999 })),
});
const someRows = fc
  .uniqueArray(aRow, { maxLength: 12, selector: (row) => `${row.package_id} ${row.creative_id} ${row.day}` })
  .map((rows) =>
    rows.map(({ counts, attributed, day, creative_id, package_id }): DeliveryRow => ({
      media_buy_id: 'mb_1',
      package_id,
      day: `2026-11-${String(day).padStart(2, '0')}`,
      ...(creative_id ? { creative_id } : {}),
      counters: {
        impressions: counts[0],
        clicks: counts[1],
        views: counts[2],
        completed_views: counts[3],
        spend_micros: counts[4],
        conversions: counts[5],
        conversion_value_micros: counts[6],
      },
      attributed: { conversions: attributed[0], conversion_value_micros: attributed[1] },
    })),
  );
const someGauges = fc.record(
  {
    platform_conversions: fc.constant(true as const),
    platform_conversion_value: fc.constant(true as const),
    is_final: fc.boolean(),
    finalized_at: fc.constant('2026-12-02T00:00:00Z'),
    reach: fc.nat(5000),
    frequency: fc.double({ min: 1, max: 9, noNaN: true }),
    viewability: fc.constant({ measurable_impressions: 10, viewable_impressions: 7 }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<DeliveryGauges>;

const PERIOD: DeliveryPeriod = { start: '2026-11-01T00:00:00Z', end: '2026-12-01T00:00:00Z', asked: { kind: 'days' } };
const NOW = new Date('2026-11-20T12:00:00Z');
const ledgerOf = (rows: readonly DeliveryRow[], gauges: DeliveryGauges): DeliveryLedger => ({ media_buy_id: 'mb_1', rows, gauges });

function report(buy: MediaBuyRecord, rows: readonly DeliveryRow[], gauges: DeliveryGauges): BuyReport {
  const parts = slicesOfPeriod(PERIOD, 'daily');
  return buyReport(buy, ledgerOf(rows, gauges), {
    period: PERIOD,
    now: NOW,
    daily: true,
    per_creative_conversions: true,
    ...(parts.kind === 'slices' ? { windows: parts.slices } : {}),
  });
}

const ADDITIVE = ['impressions', 'spend', 'clicks', 'views', 'completed_views', 'conversions', 'conversion_value'] as const;
type Row = Partial<
  Record<(typeof ADDITIVE)[number] | 'ctr' | 'cpm' | 'cost_per_click' | 'cost_per_acquisition' | 'cost_per_completed_view' | 'roas', number>
> & { completion_rate?: number | null };

/** The sums of rows in minor units, for the metrics that the whole tells. */
function expectParts(parts: readonly Row[], whole: Row, digits: number, members: readonly (typeof ADDITIVE)[number][] = ADDITIVE): void {
  for (const member of members.filter((each) => whole[each] !== undefined))
    expect([member, Math.round(parts.reduce((sum, part) => sum + (part[member] ?? 0), 0) * 10 ** digits)]).toEqual([
      member,
      Math.round(whole[member]! * 10 ** digits),
    ]);
}

function expectRates(row: Row, digits: number): void {
  const { impressions = 0, spend = 0, clicks = 0, completed_views = 0, conversions = 0, conversion_value = 0 } = row;
  const near = (rate: number | null | undefined, exact: number, decimals: number) =>
    expect(Math.abs(rate === undefined || rate === null ? 0 : rate - exact)).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9);
  near(row.ctr, clicks / impressions, 4);
  near(row.completion_rate, completed_views / impressions, 4);
  near(row.cpm, (1000 * spend) / impressions, digits);
  near(row.cost_per_click, spend / clicks, digits);
  near(row.cost_per_acquisition, spend / conversions, digits);
  near(row.cost_per_completed_view, spend / completed_views, digits);
  near(row.roas, conversion_value / spend, 4);
}

describe('every report', () => {
  test('adds up: packages to totals, creatives, days and windows to packages and totals', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(aBuy, someRows, someGauges, (buy, rows, gauges) => {
        const {
          delivery: { totals, by_package, daily_breakdown, windows },
          currency,
        } = report(buy, rows, gauges);
        const digits = DIGITS[currency]!;
        expectParts(by_package, totals, digits);
        expectParts(daily_breakdown!, totals, digits, ['impressions', 'spend', 'conversions', 'conversion_value']);
        expectParts(
          windows!.map((each) => each.totals),
          totals,
          digits,
        );
        for (const [at, row] of by_package.entries()) {
          if (row.by_creative) expectParts(row.by_creative, row, digits);
          expectParts(row.daily_breakdown!, row, digits, ['impressions', 'spend', 'conversions', 'conversion_value']);
          expectParts(
            windows!.map((each) => each.by_package![at]!),
            row,
            digits,
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  test('tells rates that follow from the numbers beside them', () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(aBuy, someRows, someGauges, (buy, rows, gauges) => {
        const {
          delivery: { totals, by_package },
          currency,
        } = report(buy, rows, gauges);
        for (const row of [totals, ...by_package, ...by_package.flatMap(({ by_creative = [] }) => by_creative)])
          expectRates(row, DIGITS[currency]!);
      }),
    );
  });

  test('is the same whatever the order of what was recorded', () => {
    fc.assert(
      fc.property(
        aBuy,
        someRows.chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length }))),
        someGauges,
        (buy, [rows, others], gauges) => {
          expect(report(buy, others, gauges)).toEqual(report(buy, rows, gauges));
        },
      ),
    );
  });

  test.skipIf(!officialIsThere)("is one that AdCP's own schema accepts", () => {
    expect.hasAssertions();
    fc.assert(
      fc.property(aBuy, someRows, someGauges, (buy, rows, gauges) => {
        const made = report(buy, rows, gauges);
        expectOfficial('get_media_buy_delivery', {
          reporting_period: { start: PERIOD.start, end: PERIOD.end },
          currency: made.currency,
          media_buy_deliveries: [made.delivery],
          aggregated_totals: aggregated([made]),
        });
      }),
    );
  });

  test('adds up with others, and not at all in several currencies', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(aBuy, someRows), { minLength: 1, maxLength: 3 }), (some) => {
        const reports = some.map(([buy, rows]) => report(buy, rows, {}));
        const sums = aggregated(reports);
        expect(sums === undefined).toBe(new Set(reports.map(({ currency }) => currency)).size > 1);
        if (sums)
          expectParts(
            reports.map(({ delivery }) => delivery.totals),
            sums,
            DIGITS[reports[0]!.currency]!,
          );
      }),
    );
  });
});

describe('a frequency cap', () => {
  test('is never broken by what a platform without a measure of reach delivers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(100_000), { minLength: 1, maxLength: 4 }),
        (caps, calls) => {
          const buy = testBuy(
            caps.map((max_impressions, at) =>
              testPackage(IDS[at]!, {
                targeting_overlay: { frequency_cap: { max_impressions, per: 'individuals', window: { interval: 1, unit: 'days' } } },
              }),
            ),
          );
          const facts = calls.map((impressions) => deliveryFact(buy, { counters: { impressions } }, '2026-11-20'));
          const rows = facts
            .flatMap(({ increments }) => increments)
            .map(({ package_id, impressions = 0 }): DeliveryRow => ({
              media_buy_id: 'mb_1',
              package_id,
              day: '2026-11-20',
              attributed: { conversions: 0, conversion_value_micros: 0 },
              counters: {
                impressions,
                clicks: 0,
                views: 0,
                completed_views: 0,
                spend_micros: 0,
                conversions: 0,
                conversion_value_micros: 0,
              },
            }));
          const {
            delivery: { totals, by_package },
          } = report(buy, rows, facts.at(-1)!.gauges);
          by_package.forEach(({ frequency, reach, impressions }, at) => {
            expect(frequency).toBeLessThanOrEqual(caps[at]!);
            expect(reach! * caps[at]!).toBeGreaterThanOrEqual(impressions!);
          });
          expect(totals.frequency).toBeLessThanOrEqual(Math.max(...caps));
        },
      ),
    );
  });
});
