/** Reports of buys that a platform has delivered, without a store. */
import type { DeliveryCounters, DeliveryGauges, DeliveryLedger, DeliveryRow } from '../../src/domain/delivery-facts.ts';
import { coveredPeriod } from '../../src/domain/delivery-period.ts';
import { buyReport, type ReportWish } from '../../src/domain/delivery-report.ts';
import { deliveryFact, type DeliveryReport } from '../../src/domain/delivery-split.ts';
import type { MediaBuyRecord } from '../../src/domain/media-buy.ts';
import type { Package } from '../../src/protocol/wire/core/package.ts';
import { testBuy, testPackage } from './running-buys.ts';

export const NOW = new Date('2026-11-20T12:00:00Z');
export const DAY = '2026-11-20';
export const NONE: DeliveryCounters = {
  impressions: 0,
  clicks: 0,
  views: 0,
  completed_views: 0,
  spend_micros: 0,
  conversions: 0,
  conversion_value_micros: 0,
};

/** What a store keeps of reports that came on one day, and of conversions that followed from events. */
export function ledgerOf(
  buy: MediaBuyRecord,
  reports: readonly DeliveryReport[],
  attributed: readonly Partial<DeliveryRow>[] = [],
): DeliveryLedger {
  const facts = reports.map((each) => deliveryFact(buy, each, DAY));
  const rows = facts
    .flatMap(({ increments }) => increments)
    .map(({ package_id, creative_id, ...counters }): DeliveryRow => ({
      media_buy_id: 'mb_1',
      package_id,
      day: DAY,
      counters: { ...NONE, ...counters },
      attributed: { conversions: 0, conversion_value_micros: 0 },
      ...(creative_id ? { creative_id } : {}),
    }));
  const events = attributed.map((row) => ({
    media_buy_id: 'mb_1',
    package_id: 'p',
    day: DAY,
    counters: NONE,
    attributed: { conversions: 1, conversion_value_micros: 0 },
    ...row,
  }));
  const gauges: DeliveryGauges = Object.assign({}, ...facts.map((fact) => fact.gauges));
  return {
    media_buy_id: 'mb_1',
    rows: [...rows, ...events],
    gauges,
    ...(rows.length + events.length > 0 ? { span: { first: DAY, last: DAY } } : {}),
  };
}

export function report(buy: MediaBuyRecord, ledger: DeliveryLedger, wish: Partial<ReportWish> = {}) {
  const period = coveredPeriod({ kind: 'days' }, [buy], [ledger], NOW);
  return buyReport(buy, ledger, { period, now: NOW, daily: false, per_creative_conversions: true, ...wish });
}

/** The report of a buy of one package. */
export function simulated(
  bought: Partial<Package>,
  reports: readonly DeliveryReport[],
  attributed: readonly Partial<DeliveryRow>[] = [],
  more: Parameters<typeof testPackage>[2] = {},
) {
  const buy = testBuy([testPackage('p', bought, more)]);
  const { delivery } = report(buy, ledgerOf(buy, reports, attributed));
  return { ...delivery, row: delivery.by_package[0]! };
}

export const usd = (amount: number) => amount * 1_000_000;
export const cpa = {
  optimization_goals: [
    {
      kind: 'event',
      event_sources: [{ event_source_id: 's', event_type: 'purchase', value_field: 'value' }],
      target: { kind: 'cost_per', value: 35 },
    },
  ],
} as Partial<Package>;
export const goal = (metric: string, more: object = {}) =>
  ({ optimization_goals: [{ kind: 'metric', metric, ...more }] }) as Partial<Package>;
export const capped = {
  targeting_overlay: { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' } } },
} as Partial<Package>;
