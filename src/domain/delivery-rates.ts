/** Metrics as reported: sums, and rates that can be reckoned from the very numbers beside them (seller specification §5.1, §2.20b). */
import type { DeliveryMetrics } from '../protocol/wire/core/delivery-metrics.ts';
import type { Figures } from './delivery-figures.ts';
import type { MetricPlan } from './delivery-plan.ts';
import { minorDigits, roundTo } from './money.ts';

/** Minor units as a wire number in the major unit. */
export const majorUnits = (minor: number, currency: string): number => roundTo(minor / 10 ** minorDigits(currency), minorDigits(currency));

/** Money for one of something, in the currency's minor digits; undefined for none of it. */
export const costPer = (minor: number, units: number, currency: string): number | undefined =>
  units > 0 ? roundTo(minor / 10 ** minorDigits(currency) / units, minorDigits(currency)) : undefined;

/** A part of a whole to 4 decimals; undefined of nothing, and when it is no part. */
const shareOf = (part: number, whole: number): number | undefined => (whole > 0 && part <= whole ? roundTo(part / whole, 4) : undefined);

export type Measured = Pick<
  DeliveryMetrics,
  | 'impressions'
  | 'clicks'
  | 'ctr'
  | 'cost_per_click'
  | 'cpm'
  | 'views'
  | 'completed_views'
  | 'completion_rate'
  | 'cost_per_completed_view'
  | 'conversions'
  | 'cost_per_acquisition'
  | 'conversion_value'
  | 'roas'
> & { readonly spend: number; readonly impressions: number };

/**
 * The planned metrics of a row. A rate over nothing is left out, except that `completion_rate` is null where completed views are
 * reported and nothing was shown.
 */
export function measured(figures: Figures, plan: MetricPlan, currency: string): Measured {
  const { impressions, clicks, views, completed_views, conversions, spend, conversion_value } = figures;
  return without({
    impressions,
    spend: majorUnits(spend, currency),
    cpm: costPer(spend * 1000, impressions, currency),
    ...(plan.has('clicks') ? { clicks, ctr: shareOf(clicks, impressions), cost_per_click: costPer(spend, clicks, currency) } : {}),
    ...(plan.has('views') ? { views } : {}),
    ...(plan.has('completed_views')
      ? {
          completed_views,
          completion_rate: impressions === 0 ? null : shareOf(completed_views, impressions),
          cost_per_completed_view: costPer(spend, completed_views, currency),
        }
      : {}),
    ...(plan.has('conversions') ? { conversions, cost_per_acquisition: costPer(spend, conversions, currency) } : {}),
    ...valued(figures, plan, currency, conversion_value),
  });
}

/** The value of conversions and what a unit of money brought in. */
export function valued(
  { spend }: Figures,
  plan: MetricPlan,
  currency: string,
  value: number,
): { conversion_value?: number; roas?: number } {
  if (!plan.has('conversion_value')) return {};
  return { conversion_value: majorUnits(value, currency), ...(spend > 0 ? { roas: roundTo(value / spend, 4) } : {}) };
}

function without<Row extends object>(row: Row): { [Member in keyof Row]: Exclude<Row[Member], undefined> } {
  const left: Partial<Row> = {};
  for (const member in row) if (row[member] !== undefined) left[member] = row[member];
  return left as { [Member in keyof Row]: Exclude<Row[Member], undefined> };
}
