import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, ledgerOf, report, usd } from '../../test/support/simulated-delivery.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { partsOf } from '../../training-agent/delivery-parts.ts';
import type { DeliveryLedger } from './delivery-facts.ts';
import type { MoreRow } from './delivery-more.ts';
import { PART_COUNTERS, type DeliveryPart, type PartRow } from './delivery-parts.ts';
import { deliveryFact } from './delivery-split.ts';

const REPORTED = { supports_device_type_breakdown: true, supports_geo_breakdown: { country: true, region: true }, supports_audience_breakdown: true, supports_keyword_breakdown: true };
const NOTHING = Object.fromEntries(PART_COUNTERS.map((name) => [name, 0])) as Pick<PartRow, (typeof PART_COUNTERS)[number]>;
const part = (dimension: DeliveryPart['dimension'], about: DeliveryPart['about'], counters: Partial<PartRow> = {}): PartRow => ({ ...NOTHING, package_id: 'p', dimension, about, ...counters });
const device = (device_type: string, impressions: number, spend: number) => part('device_type', { device_type }, { impressions, spend_micros: usd(spend) });

/** The row of a package that showed 1,000 impressions for 10. */
function told(parts: readonly PartRow[], dimensions: object = { device_type: {} }, reporting: object = REPORTED, more?: readonly MoreRow[]) {
  const buy = testBuy([testPackage('p', {}, { reporting })]);
  const ledger: DeliveryLedger = { ...ledgerOf(buy, [{ counters: { impressions: 1000, spend_micros: usd(10) } }]), parts, ...(more ? { more } : {}) };
  const { delivery } = report(buy, ledger, { dimensions });
  return { ...delivery.by_package[0]!, totals: delivery.totals };
}

describe('parts of delivery', () => {
  test('stand by what was spent on them, each with its own rates', () => {
    const row = told([device('desktop', 400, 2), device('mobile', 600, 8)]);
    expect(row.by_device_type).toEqual([
      { device_type: 'mobile', impressions: 600, spend: 8, cpm: 13.33 }, { device_type: 'desktop', impressions: 400, spend: 2, cpm: 5 },
    ]);
    expect(row.by_device_type_truncated).toBe(false);
  });

  test('are as many as are asked for, the first by the metric that is asked for', () => {
    const row = told([device('desktop', 400, 8), device('mobile', 600, 2)], { device_type: { limit: 1, sort_by: 'impressions' } });
    expect([row.by_device_type?.map(({ device_type }) => device_type), row.by_device_type_truncated]).toEqual([['mobile'], true]);
  });

  test('are told neither unasked nor of a product that is not reported by them', () => {
    expect(told([device('mobile', 1000, 10)], {})).not.toHaveProperty('by_device_type');
    expect(told([device('mobile', 1000, 10)], { device_type: {} }, {})).not.toHaveProperty('by_device_type');
  });

  test('of places are those of the level that is asked for', () => {
    const places = [part('geo', { geo_level: 'country', geo_code: 'US' }, { impressions: 1000 }), part('geo', { geo_level: 'region', geo_code: 'US-CA' }, { impressions: 300 })];
    expect(told(places, { geo: { geo_level: 'region' } }).by_geo).toMatchObject([{ geo_level: 'region', geo_code: 'US-CA', impressions: 300 }]);
    expect(told(places, { geo: { geo_level: 'metro' } })).not.toHaveProperty('by_geo');
  });

  test('by keyword are told without being asked for, where the product is reported by them', () => {
    const words = [part('keyword', { keyword: 'tents', match_type: 'exact' }, { impressions: 10, spend_micros: usd(10) })];
    expect(told(words, {}).by_keyword).toMatchObject([{ keyword: 'tents', match_type: 'exact', spend: 10 }]);
  });

  test('that overlap are rounded one by one', () => {
    const audiences = ['a', 'b'].map((audience_id) => part('audience', { audience_id, audience_source: 'synced' }, { impressions: 900, spend_micros: usd(9.006) }));
    expect(told(audiences, { audience: {} }).by_audience?.map(({ spend }) => spend)).toEqual([9.01, 9.01]);
  });

  test('that make up the whole add up to it in every metric, whatever was delivered and however it was targeted', () => {
    const counters = fc.record({ impressions: fc.nat(100_000), clicks: fc.nat(500), spend_micros: fc.nat(90_000_000) });
    const countries = fc.subarray(['US', 'CA', 'MX', 'DE', 'FR', 'NL', 'JP'], { minLength: 1 });
    fc.assert(fc.property(counters, countries, fc.integer({ min: 1, max: 4 }), (amounts, geo_countries, packages) => {
      const buy = testBuy(Array.from({ length: packages }, (_, at) => testPackage(`p${at}`, { budget: at + 1, targeting_overlay: { geo_countries } }, { reporting: { ...REPORTED, available_metrics: ['impressions', 'spend', 'clicks'] } })));
      const fact = deliveryFact(buy, { counters: amounts }, DAY);
      const ledger = { ...ledgerOf(buy, [{ counters: amounts }]), parts: partsOf(buy, fact).map((each) => ({ ...NOTHING, ...each })) };
      const { delivery } = report(buy, ledger, { dimensions: { geo: { geo_level: 'country' }, device_type: {} } });
      for (const row of delivery.by_package)
        for (const rows of [row.by_geo!, row.by_device_type!]) {
          const sum = (of: (each: { spend: number; impressions: number; clicks?: number }) => number) => rows.reduce((all, each) => all + of(each), 0);
          expect([sum(({ impressions }) => impressions), sum(({ clicks }) => clicks!), Math.round(sum(({ spend }) => spend) * 100)])
            .toEqual([row.impressions, row.clicks, Math.round(row.spend * 100)]);
        }
    }), { numRuns: 60 });
  });
});

describe('what is counted besides', () => {
  const amount = (metric: MoreRow['metric'], value: number, more: Partial<MoreRow> = {}): MoreRow => ({ package_id: 'p', day: DAY, metric, amount: value, ...more });

  test('adds up on the package and the buy, with the rate that follows from it', () => {
    const row = told([], {}, {}, [amount('engagements', 20), amount('engagements', 5, { day: '2026-11-19' }), amount('follows', 3), amount('grps_micros', 1_500_000)]);
    expect(row).toMatchObject({ engagements: 25, engagement_rate: 0.025, follows: 3, grps: 1.5, totals: { engagements: 25, follows: 3, grps: 1.5 } });
  });

  test('has the shapes that AdCP gives quartiles and screens', () => {
    const row = told([], {}, {}, [amount('q1_views', 90), amount('q4_views', 40), amount('loop_plays', 7)]);
    expect(row).toMatchObject({ quartile_data: { q1_views: 90, q4_views: 40 }, dooh_metrics: { loop_plays: 7 } });
  });

  test('is not told where nothing of the kind was counted, and is missing where it was promised', () => {
    const row = told([], {}, { available_metrics: ['impressions', 'spend', 'follows'] });
    expect(row).not.toHaveProperty('follows');
    expect(row.missing_metrics).toEqual([{ scope: 'standard', metric_id: 'follows' }]);
  });

  test('is divided over packages and creatives like the counters, to the last one', () => {
    const creative_assignments = ['a', 'b', 'c'].map((creative_id) => ({ creative_id }));
    const buy = testBuy([testPackage('p', { budget: 1, creative_assignments }), testPackage('q', { budget: 2 })]);
    const { increments } = deliveryFact(buy, { counters: { impressions: 10 }, more: { saves: 100 } }, DAY);
    expect(increments.map(({ package_id, creative_id, more }) => [package_id, creative_id, more?.saves])).toEqual([
      ['p', 'a', 11], ['p', 'b', 11], ['p', 'c', 11], ['q', undefined, 67],
    ]);
  });
});
