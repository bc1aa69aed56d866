/** How far a package has come: what it paid for a unit, whether it keeps pace with its flight, and what stopped it. */
import type { DeliveryStatus } from '../protocol/wire/core/media-buy-delivery.ts';
import type { PricingModel } from '../protocol/wire/core/pricing-option.ts';
import type { Figures } from './delivery-figures.ts';
import { costPer, majorUnits } from './delivery-rates.ts';
import { isTerminal, type MediaBuyRecord, type PackageRecord } from './media-buy.ts';
import { roundTo } from './money.ts';

const DAY_MS = 86_400_000;

/** What a unit of a pricing model cost; undefined before anything was delivered, and for models that are not billed by units. */
export function effectiveRate(
  model: PricingModel,
  { spend, impressions, clicks, views, completed_views, conversions }: Figures,
  currency: string,
): number | undefined {
  switch (model) {
    case 'cpm':
    case 'vcpm':
      return costPer(spend * 1000, impressions, currency);
    case 'cpc':
      return costPer(spend, clicks, currency);
    case 'cpv':
      return costPer(spend, views, currency);
    case 'cpcv':
      return costPer(spend, completed_views, currency);
    case 'cpa':
      return costPer(spend, conversions, currency);
    case 'cpp':
    case 'flat_rate':
    case 'time':
      return undefined;
  }
}

/** The price of a package: fixed, else what a unit really cost, else what was bid, else the least that is taken. */
export function packageRate(
  { package: bought, pricing }: PackageRecord,
  figures: Figures,
  currency: string,
): { readonly pricing_model: PricingModel; readonly rate: number } {
  const pricing_model = pricing?.pricing_model ?? 'cpm';
  return {
    pricing_model,
    rate: pricing?.fixed_price ?? effectiveRate(pricing_model, figures, currency) ?? bought.bid_price ?? pricing?.floor_price ?? 0,
  };
}

/** The flight of a package as far as it differs from that of its buy. */
const flightOf = ({ package: bought }: PackageRecord, buy: MediaBuyRecord) => ({
  start: Date.parse(bought.start_time ?? buy.start_time),
  end: Date.parse(bought.end_time ?? buy.end_time),
});

/**
 * Spend against an even line over the flight, in days begun: 1 is on it. Undefined before the flight, without a budget, and for
 * pacing that is not meant to be even.
 */
export function pacingIndex(record: PackageRecord, buy: MediaBuyRecord, figures: Figures, now: Date): number | undefined {
  const { budget = 0, pacing = 'even' } = record.package;
  const { start, end } = flightOf(record, buy);
  const days = (until: number) => Math.ceil((until - start) / DAY_MS);
  if (budget <= 0 || pacing !== 'even' || now.getTime() <= start || end <= start) return undefined;
  const passed = Math.min(1, days(now.getTime()) / days(end));
  return roundTo(majorUnits(figures.spend, buy.currency) / budget / passed, 4);
}

/** What the seller sees of a package's delivery over its life; undefined while it does not deliver for other reasons. */
export function deliveryStatus(record: PackageRecord, buy: MediaBuyRecord, figures: Figures, now: Date): DeliveryStatus | undefined {
  const { budget = 0, impressions = 0, paused, canceled } = record.package;
  if (buy.status === 'rejected' || buy.status.startsWith('pending')) return undefined;
  if (budget > 0 && majorUnits(figures.spend, buy.currency) >= budget) return 'budget_exhausted';
  if (impressions > 0 && figures.impressions >= impressions) return 'goal_met';
  if (flightOf(record, buy).end <= now.getTime()) return 'flight_ended';
  if (buy.status === 'completed') return 'completed';
  return isTerminal(buy.status) || canceled || paused || buy.status === 'paused' ? undefined : 'delivering';
}
