import { describe, expect, test } from 'vitest';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import { ledgerOf, report, simulated, usd } from '../../test/support/simulated-delivery.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import type { DeliveryReport } from './delivery-split.ts';
import type { MediaBuyRecord } from './media-buy.ts';

describe('what a package promised', () => {
  const promised = (available_metrics: string[], reports: DeliveryReport[], bought: Partial<Package> = {}) =>
    simulated(bought, reports, [], {
      reporting: {
        available_metrics: available_metrics as never,
        vendor_metrics: [{ vendor: { domain: 'attention.example' }, metric_id: 'units' }],
      },
    }).row;

  test('is reported as 0 where nothing came in, and missing where only the platform could know', () => {
    const row = promised(
      ['impressions', 'spend', 'clicks', 'ctr', 'conversions', 'viewability', 'engagements'],
      [{ counters: { impressions: 10 } }],
    );
    expect(row).toMatchObject({ clicks: 0, conversions: 0 });
    expect(row.missing_metrics).toEqual([
      { scope: 'standard', metric_id: 'viewability' },
      { scope: 'standard', metric_id: 'engagements' },
      { scope: 'vendor', vendor: { domain: 'attention.example' }, metric_id: 'units' },
    ]);
  });

  test('is not missing before anything was shown, nor when it is there', () => {
    expect(promised(['impressions', 'viewability'], []).missing_metrics).toEqual([]);
    const value = { vendor: { domain: 'attention.example' }, metric_id: 'units', value: 4.2, measurable_impressions: 9 };
    const row = promised(
      ['impressions', 'viewability'],
      [
        {
          counters: { impressions: 10 },
          gauges: {
            viewability: { measurable_impressions: 10, viewable_impressions: 7 },
            vendor_metric_values: [value, { ...value, metric_id: 'unpromised' }],
          },
        },
      ],
    );
    expect(row).toMatchObject({ missing_metrics: [], vendor_metric_values: [value], viewability: { viewable_rate: 0.7 } });
    expect(row.vendor_metric_values).toHaveLength(1);
  });

  test('is what was committed, once it was, with its qualifiers', () => {
    const committed = (standard: string, more: object = {}) =>
      ({
        committed_metrics: [
          {
            scope: 'standard',
            metric_id: 'viewability',
            qualifier: { viewability_standard: standard },
            committed_at: '2026-11-02T00:00:00Z',
          },
          {
            scope: 'standard',
            metric_id: 'completed_views',
            qualifier: { completion_source: 'vendor_attested' },
            committed_at: '2026-11-02T00:00:00Z',
          },
          { scope: 'standard', metric_id: 'foot_traffic', committed_at: '2027-01-01T00:00:00Z' },
        ],
        ...more,
      }) as Partial<Package>;
    const shown = [{ counters: { impressions: 10 }, gauges: { viewability: { standard: 'mrc' } } }];
    const missing = (standard: string) =>
      promised(['engagements'], shown, committed(standard)).missing_metrics!.map(({ metric_id }) => metric_id);
    expect([missing('mrc'), missing('groupm')]).toEqual([['completed_views'], ['viewability', 'completed_views']]);
  });
});

describe('the row of a package', () => {
  const delivered = [{ counters: { impressions: 1000, clicks: 10, completed_views: 100, views: 50, spend_micros: usd(20) } }];
  const priced = (pricing_model: PricingOption['pricing_model'], more: Partial<PricingOption> = {}) => ({
    pricing: { pricing_option_id: 'o', pricing_model, currency: 'USD', ...more } as PricingOption,
  });
  test.each<[PricingOption['pricing_model'], Partial<PricingOption>, number]>([
    ['cpm', { fixed_price: 8 }, 8],
    ['cpm', {}, 20],
    ['vcpm', {}, 20],
    ['cpc', {}, 2],
    ['cpcv', {}, 0.2],
    ['cpv', {}, 0.4],
    ['flat_rate', { floor_price: 5 }, 5],
  ])('tells the rate that was paid by %s %j', (model, more, rate) => {
    expect(simulated({}, delivered, [], priced(model, more)).row).toMatchObject({ pricing_model: model, rate, currency: 'USD' });
  });

  test('tells the bid before anything was delivered, else the least price', () => {
    expect(simulated({ bid_price: 3 }, []).row.rate).toBe(3);
    expect(simulated({}, []).row.rate).toBe(2);
  });

  test('keeps pace when the spend lies on the line of the days begun, and only for an even pacing', () => {
    const paced = (more: Partial<Package>, spend: number) => simulated(more, [{ counters: { spend_micros: usd(spend) } }]).row.pacing_index;
    expect([
      paced({ budget: 300 }, 200),
      paced({ budget: 300 }, 100),
      paced({ budget: 300, pacing: 'asap' }, 100),
      paced({ budget: 0 }, 1),
    ]).toEqual([1, 0.5, undefined, undefined]);
  });

  test.each<[string, Partial<Package>, Partial<MediaBuyRecord>, string | undefined]>([
    ['runs', {}, {}, 'delivering'],
    ['has spent its budget', { budget: 20 }, {}, 'budget_exhausted'],
    ['has shown what was agreed', { impressions: 1000 }, {}, 'goal_met'],
    ['is past its flight', { end_time: '2026-11-20T00:00:00Z' }, {}, 'flight_ended'],
    ['belongs to a completed buy', {}, { status: 'completed' }, 'completed'],
    ['waits', {}, { status: 'pending_start' }, undefined],
    ['is paused', { paused: true }, {}, undefined],
    ['belongs to a paused buy', {}, { status: 'paused' }, undefined],
    ['was canceled', { canceled: true }, {}, undefined],
    ['belongs to a rejected buy', {}, { status: 'rejected' }, undefined],
    ['belongs to a canceled buy', {}, { status: 'canceled' }, undefined],
  ])('says how delivery stands when the package %s', (_name, bought, more, status) => {
    const buy = testBuy([testPackage('p', bought)], more);
    expect(report(buy, ledgerOf(buy, delivered)).delivery.by_package[0]!.delivery_status).toBe(status);
  });

  test('says whether the numbers are final, since when, and in which window; a buy is final in the window that it is billed by', () => {
    const final = (is_final: boolean, window: string) =>
      simulated({ measurement_terms: { billing_measurement: { vendor: { domain: 'm.example' }, measurement_window: 'post_sivt' } } }, [
        { counters: {}, gauges: { is_final, finalized_at: '2026-11-20T00:00:00Z', measurement_window: window } },
      ]);
    expect(final(false, 'post_givt')).toMatchObject({ is_final: false, row: { is_final: false, measurement_window: 'post_givt' } });
    expect(final(false, 'post_givt').row).not.toHaveProperty('finalized_at');
    expect(final(true, 'post_sivt')).toMatchObject({
      is_final: true,
      finalized_at: '2026-11-20T00:00:00Z',
      row: { is_final: true, finalized_at: '2026-11-20T00:00:00Z', measurement_window: 'post_sivt' },
    });
    expect(final(true, 'post_givt')).toMatchObject({ is_final: false, row: { is_final: true } });
    expect(simulated({}, [])).not.toHaveProperty('is_final');
  });
});
