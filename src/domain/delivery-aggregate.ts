/** Sums over several reports; rates are reckoned from the sums. */
import type { AggregatedTotals } from '../protocol/wire/get-media-buy-delivery.ts';
import { added } from './delivery-figures.ts';
import { joined } from './delivery-plan.ts';
import { measured } from './delivery-rates.ts';
import { joinedReach } from './delivery-reach.ts';
import type { BuyReport } from './delivery-report.ts';

/** Undefined when the reports are in several currencies: then there is no sum. */
export function aggregated(reports: readonly BuyReport[]): AggregatedTotals | undefined {
  const [currency = 'USD', ...others] = new Set(reports.map((report) => report.currency));
  if (others.length > 0) return undefined;
  const {
    ctr: _ctr,
    cost_per_click: _cpc,
    cpm: _cpm,
    cost_per_completed_view: _cpcv,
    ...sums
  } = measured(added(reports.map(({ figures }) => figures)), joined(reports.map(({ plan }) => plan)), currency);
  const reach = joinedReach(reports.map((report) => ({ impressions: report.figures.impressions, reach: report.reach })));
  return {
    ...sums,
    media_buy_count: reports.length,
    ...(reach ? { reach: reach.reach, reach_unit: reach.reach_unit, frequency: reach.frequency } : {}),
  };
}
