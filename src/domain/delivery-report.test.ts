import { describe, expect, test } from 'vitest';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import { aggregated } from './delivery-aggregate.ts';
import type { DeliveryCounters, DeliveryGauges, DeliveryLedger, DeliveryRow } from './delivery-facts.ts';
import { coveredPeriod } from './delivery-period.ts';
import { buyReport, type ReportWish } from './delivery-report.ts';
import { deliveryFact, type DeliveryReport } from './delivery-split.ts';
import type { MediaBuyRecord } from './media-buy.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const DAY = '2026-11-20';
const NONE: DeliveryCounters = { impressions: 0, clicks: 0, views: 0, completed_views: 0, spend_micros: 0, conversions: 0, conversion_value_micros: 0 };

/** What a store keeps of reports that came on one day, and of conversions that followed from events. */
function ledgerOf(buy: MediaBuyRecord, reports: readonly DeliveryReport[], attributed: readonly Partial<DeliveryRow>[] = []): DeliveryLedger {
  const facts = reports.map((each) => deliveryFact(buy, each, DAY));
  const rows = facts.flatMap(({ increments }) => increments).map(({ package_id, creative_id, ...counters }): DeliveryRow => ({
    media_buy_id: 'mb_1', package_id, day: DAY, counters: { ...NONE, ...counters }, attributed: { conversions: 0, conversion_value_micros: 0 }, ...(creative_id ? { creative_id } : {}),
  }));
  const events = attributed.map((row) => ({ media_buy_id: 'mb_1', package_id: 'p', day: DAY, counters: NONE, attributed: { conversions: 1, conversion_value_micros: 0 }, ...row }));
  const gauges: DeliveryGauges = Object.assign({}, ...facts.map((fact) => fact.gauges));
  return { media_buy_id: 'mb_1', rows: [...rows, ...events], gauges, ...(rows.length + events.length > 0 ? { span: { first: DAY, last: DAY } } : {}) };
}

function report(buy: MediaBuyRecord, ledger: DeliveryLedger, wish: Partial<ReportWish> = {}) {
  const period = coveredPeriod({ kind: 'days' }, [buy], [ledger], NOW);
  return buyReport(buy, ledger, { period, now: NOW, daily: false, per_creative_conversions: true, ...wish });
}

/** The report of a buy of one package. */
function simulated(bought: Partial<Package>, reports: readonly DeliveryReport[], attributed: readonly Partial<DeliveryRow>[] = [], more: Parameters<typeof testPackage>[2] = {}) {
  const buy = testBuy([testPackage('p', bought, more)]);
  const { delivery } = report(buy, ledgerOf(buy, reports, attributed));
  return { ...delivery, row: delivery.by_package[0]! };
}

const usd = (amount: number) => amount * 1_000_000;
const cpa = { optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 's', event_type: 'purchase', value_field: 'value' }], target: { kind: 'cost_per', value: 35 } }] } as Partial<Package>;
const goal = (metric: string, more: object = {}) => ({ optimization_goals: [{ kind: 'metric', metric, ...more }] }) as Partial<Package>;
const capped = { targeting_overlay: { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' } } } } as Partial<Package>;

describe('performance of a buy', () => {
  test('by acquisitions: conversions of the platform and what one cost', () => {
    const { totals } = simulated(cpa, [{ counters: { impressions: 200_000, clicks: 4500, conversions: 90, spend_micros: usd(3000) } }]);
    expect(totals).toMatchObject({ impressions: 200_000, clicks: 4500, ctr: 0.0225, cost_per_click: 0.67, cpm: 15, conversions: 90, cost_per_acquisition: 33.33, spend: 3000, effective_rate: 15 });
    expect(totals).not.toHaveProperty('conversion_value');
  });

  test('by value: the platform counts, and the events tell what it was worth', () => {
    const counted = [{ counters: { impressions: 1000, conversions: 2, spend_micros: usd(50) } }];
    expect(simulated(cpa, counted, [{ attributed: { conversions: 1, conversion_value_micros: usd(149.99) } }]).totals).toMatchObject({ conversions: 2, conversion_value: 149.99, roas: 2.9998 });
    expect(simulated(cpa, [{ counters: { ...counted[0]!.counters, conversion_value_micros: usd(80) } }], [{ attributed: { conversions: 1, conversion_value_micros: usd(149.99) } }]).totals).toMatchObject({ conversion_value: 80, roas: 1.6 });
  });

  test('by events alone, until a platform reports conversions itself', () => {
    expect(simulated(cpa, [], [{}]).totals).toMatchObject({ conversions: 1, spend: 0, impressions: 0, cost_per_acquisition: 0 });
    expect(simulated(cpa, [{ counters: { conversions: 0 } }], [{}]).totals).toMatchObject({ conversions: 0 });
    expect(simulated(cpa, [{ counters: { impressions: 1 } }], []).totals).toMatchObject({ conversions: 0 });
  });

  test('by refunds that outweigh purchases: worth nothing, never less', () => {
    expect(simulated({ ...cpa, optimization_goals: [{ ...cpa.optimization_goals![0]!, target: { kind: 'maximize_value' } }] } as Partial<Package>, [], [{ attributed: { conversions: 1, conversion_value_micros: usd(-5) } }]).totals).toMatchObject({ conversions: 1, conversion_value: 0 });
  });

  test('by clicks', () => {
    expect(simulated(goal('clicks'), [{ counters: { impressions: 300_000, clicks: 4800, spend_micros: usd(11_000) } }]).totals).toMatchObject({ clicks: 4800, cost_per_click: 2.29 });
    expect(simulated(goal('clicks'), []).totals).toEqual({ impressions: 0, spend: 0, clicks: 0 });
  });

  test('by completed views, whose rate is null before anything was shown', () => {
    expect(simulated(goal('completed_views'), [{ counters: { impressions: 500_000, completed_views: 350_000, spend_micros: usd(10_000) } }]).totals).toMatchObject({ completed_views: 350_000, completion_rate: 0.7, cost_per_completed_view: 0.03 });
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
    const { delivery } = report(buy, ledgerOf(buy, [{ counters: { impressions: 10, conversions: 2 } }]), { per_creative_conversions: false });
    expect(delivery.by_package[0]!.by_creative![0]).toEqual({ creative_id: 'a', impressions: 5, spend: 0, cpm: 0, weight: 50 });
  });

  test('by creatives that came after the delivery: it falls to them by weight', () => {
    const buy = testBuy([testPackage('p')]);
    const later = testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'a', weight: 3 }, { creative_id: 'b', weight: 1 }] })]);
    const { delivery } = report(later, ledgerOf(buy, [{ counters: { impressions: 100 } }], [{ creative_id: 'released', counters: { ...NONE, impressions: 7 } }]));
    expect(delivery.by_package[0]!.by_creative!.map(({ creative_id, impressions }) => [creative_id, impressions])).toEqual([['a', 75], ['b', 25], ['released', 7]]);
  });

  test('has no rows of creatives where the product does not break them down', () => {
    expect(simulated({ creative_assignments: [{ creative_id: 'a' }] }, [], [], { reporting: { supports_creative_breakdown: false } }).row).not.toHaveProperty('by_creative');
  });
});

describe('reach', () => {
  test('is told as the platform measured it, in the unit of the goal', () => {
    const { totals, row } = simulated(goal('reach', { reach_unit: 'households' }), [{ counters: { impressions: 750_000 }, gauges: { reach: 250_000, frequency: 3 } }]);
    const told = { reach: 250_000, reach_unit: 'households', frequency: 3, reach_window: { kind: 'cumulative' } };
    expect([totals, row]).toMatchObject([told, told]);
  });

  test.each([{ kind: 'cumulative' }, { kind: 'period', period: { interval: 1, unit: 'days' } }, { kind: 'rolling', period: { interval: 7, unit: 'days' } }])('keeps the window that the platform tells: %j', (reach_window) => {
    expect(simulated(goal('reach'), [{ counters: { impressions: 10 }, gauges: { reach: 5, reach_window } }]).totals).toMatchObject({ reach_window, reach_unit: 'individuals', frequency: 2 });
  });

  test('follows from the impressions and a frequency that holds the cap, over any number of reports', () => {
    expect(simulated(capped, [{ counters: { impressions: 8550 } }]).totals).toMatchObject({ reach: 2850, frequency: 3, reach_unit: 'individuals' });
    expect(simulated(capped, [{ counters: { impressions: 8550 } }, { counters: { impressions: 8551 } }]).totals).toMatchObject({ reach: 5701, frequency: 2.99 });
    expect(simulated(capped, [{ counters: { impressions: 10 }, gauges: { frequency: 2.5 } }]).totals).toMatchObject({ reach: 4, frequency: 2.5 });
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
    const told = (...packages: ReturnType<typeof testPackage>[]) => { const buy = testBuy(packages); return report(buy, ledgerOf(buy, [{ counters: { impressions: 600 } }])).delivery; };
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

describe('what a package promised', () => {
  const promised = (available_metrics: string[], reports: DeliveryReport[], bought: Partial<Package> = {}) =>
    simulated(bought, reports, [], { reporting: { available_metrics: available_metrics as never, vendor_metrics: [{ vendor: { domain: 'attention.example' }, metric_id: 'units' }] } }).row;

  test('is reported as 0 where nothing came in, and missing where only the platform could know', () => {
    const row = promised(['impressions', 'spend', 'clicks', 'ctr', 'conversions', 'viewability', 'engagements'], [{ counters: { impressions: 10 } }]);
    expect(row).toMatchObject({ clicks: 0, conversions: 0 });
    expect(row.missing_metrics).toEqual([{ scope: 'standard', metric_id: 'viewability' }, { scope: 'standard', metric_id: 'engagements' }, { scope: 'vendor', vendor: { domain: 'attention.example' }, metric_id: 'units' }]);
  });

  test('is not missing before anything was shown, nor when it is there', () => {
    expect(promised(['impressions', 'viewability'], []).missing_metrics).toEqual([]);
    const value = { vendor: { domain: 'attention.example' }, metric_id: 'units', value: 4.2, measurable_impressions: 9 };
    const row = promised(['impressions', 'viewability'], [{ counters: { impressions: 10 }, gauges: { viewability: { measurable_impressions: 10, viewable_impressions: 7 }, vendor_metric_values: [value, { ...value, metric_id: 'unpromised' }] } }]);
    expect(row).toMatchObject({ missing_metrics: [], vendor_metric_values: [value], viewability: { viewable_rate: 0.7 } });
    expect(row.vendor_metric_values).toHaveLength(1);
  });

  test('is what was committed, once it was, with its qualifiers', () => {
    const committed = (standard: string, more: object = {}) => ({ committed_metrics: [
      { scope: 'standard', metric_id: 'viewability', qualifier: { viewability_standard: standard }, committed_at: '2026-11-02T00:00:00Z' },
      { scope: 'standard', metric_id: 'completed_views', qualifier: { completion_source: 'vendor_attested' }, committed_at: '2026-11-02T00:00:00Z' },
      { scope: 'standard', metric_id: 'foot_traffic', committed_at: '2027-01-01T00:00:00Z' },
    ], ...more }) as Partial<Package>;
    const shown = [{ counters: { impressions: 10 }, gauges: { viewability: { standard: 'mrc' } } }];
    const missing = (standard: string) => promised(['engagements'], shown, committed(standard)).missing_metrics!.map(({ metric_id }) => metric_id);
    expect([missing('mrc'), missing('groupm')]).toEqual([['completed_views'], ['viewability', 'completed_views']]);
  });
});

describe('the row of a package', () => {
  const delivered = [{ counters: { impressions: 1000, clicks: 10, completed_views: 100, views: 50, spend_micros: usd(20) } }];
  const priced = (pricing_model: PricingOption['pricing_model'], more: Partial<PricingOption> = {}) => ({ pricing: { pricing_option_id: 'o', pricing_model, currency: 'USD', ...more } as PricingOption });
  test.each<[PricingOption['pricing_model'], Partial<PricingOption>, number]>([
    ['cpm', { fixed_price: 8 }, 8], ['cpm', {}, 20], ['vcpm', {}, 20], ['cpc', {}, 2], ['cpcv', {}, 0.2], ['cpv', {}, 0.4], ['flat_rate', { floor_price: 5 }, 5],
  ])('tells the rate that was paid by %s %j', (model, more, rate) => {
    expect(simulated({}, delivered, [], priced(model, more)).row).toMatchObject({ pricing_model: model, rate, currency: 'USD' });
  });

  test('tells the bid before anything was delivered, else the least price', () => {
    expect(simulated({ bid_price: 3 }, []).row.rate).toBe(3);
    expect(simulated({}, []).row.rate).toBe(2);
  });

  test('keeps pace when the spend lies on the line of the days begun, and only for an even pacing', () => {
    const paced = (more: Partial<Package>, spend: number) => simulated(more, [{ counters: { spend_micros: usd(spend) } }]).row.pacing_index;
    expect([paced({ budget: 300 }, 200), paced({ budget: 300 }, 100), paced({ budget: 300, pacing: 'asap' }, 100), paced({ budget: 0 }, 1)]).toEqual([1, 0.5, undefined, undefined]);
  });

  test.each<[string, Partial<Package>, Partial<MediaBuyRecord>, string | undefined]>([
    ['runs', {}, {}, 'delivering'], ['has spent its budget', { budget: 20 }, {}, 'budget_exhausted'], ['has shown what was agreed', { impressions: 1000 }, {}, 'goal_met'],
    ['is past its flight', { end_time: '2026-11-20T00:00:00Z' }, {}, 'flight_ended'], ['belongs to a completed buy', {}, { status: 'completed' }, 'completed'],
    ['waits', {}, { status: 'pending_start' }, undefined], ['is paused', { paused: true }, {}, undefined], ['belongs to a paused buy', {}, { status: 'paused' }, undefined],
    ['was canceled', { canceled: true }, {}, undefined], ['belongs to a rejected buy', {}, { status: 'rejected' }, undefined], ['belongs to a canceled buy', {}, { status: 'canceled' }, undefined],
  ])('says how delivery stands when the package %s', (_name, bought, more, status) => {
    const buy = testBuy([testPackage('p', bought)], more);
    expect(report(buy, ledgerOf(buy, delivered)).delivery.by_package[0]!.delivery_status).toBe(status);
  });

  test('says whether the numbers are final, since when, and in which window; a buy is final in the window that it is billed by', () => {
    const final = (is_final: boolean, window: string) => simulated({ measurement_terms: { billing_measurement: { vendor: { domain: 'm.example' }, measurement_window: 'post_sivt' } } },
      [{ counters: {}, gauges: { is_final, finalized_at: '2026-11-20T00:00:00Z', measurement_window: window } }]);
    expect(final(false, 'post_givt')).toMatchObject({ is_final: false, row: { is_final: false, measurement_window: 'post_givt' } });
    expect(final(false, 'post_givt').row).not.toHaveProperty('finalized_at');
    expect(final(true, 'post_sivt')).toMatchObject({ is_final: true, finalized_at: '2026-11-20T00:00:00Z', row: { is_final: true, finalized_at: '2026-11-20T00:00:00Z', measurement_window: 'post_sivt' } });
    expect(final(true, 'post_givt')).toMatchObject({ is_final: false, row: { is_final: true } });
    expect(simulated({}, [])).not.toHaveProperty('is_final');
  });
});

test('several reports add up, with the rates of the sums', () => {
  const made = (spend: number, conversions: number) => { const buy = testBuy([testPackage('p', { ...cpa, ...capped })]); return report(buy, ledgerOf(buy, [{ counters: { impressions: 300, conversions, spend_micros: usd(spend) } }])); };
  expect(aggregated([made(10, 1), made(20, 4)])).toEqual({ impressions: 600, spend: 30, conversions: 5, cost_per_acquisition: 6, media_buy_count: 2, reach: 200, reach_unit: 'individuals', frequency: 3 });
  expect(aggregated([])).toEqual({ impressions: 0, spend: 0, media_buy_count: 0 });
});
