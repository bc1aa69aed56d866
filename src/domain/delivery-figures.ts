/**
 * The numbers of a report, divided so that the parts of every breakdown add up to its whole exactly (seller specification §5.1).
 * A tally is exact; figures are what is shown: money in minor units of the currency (cents), divided by largest remainder.
 */
import { creativeShares } from './creative-shares.ts';
import type { DeliveryGauges, DeliveryRow } from './delivery-facts.ts';
import type { PackageRecord } from './media-buy.ts';
import { minorDigits, split } from './money.ts';

const COUNTS = ['impressions', 'clicks', 'views', 'completed_views', 'conversions'] as const;
type Count = (typeof COUNTS)[number];

/** Exact sums; `value_micros` falls below 0 when more was refunded than bought. */
export interface Tally extends Readonly<Record<Count, number>> {
  readonly spend_micros: number;
  readonly value_micros: number;
}

/** What is shown: whole numbers, money in minor units, nothing below 0. */
export interface Figures extends Readonly<Record<Count, number>> {
  readonly spend: number;
  readonly conversion_value: number;
}

const MEMBERS = [...COUNTS, 'spend_micros', 'value_micros'] as const;
const EMPTY: Tally = { impressions: 0, clicks: 0, views: 0, completed_views: 0, conversions: 0, spend_micros: 0, value_micros: 0 };

/** What a row counts. Conversions that the platform reports go before those that follow from events, and so does their value. */
export function tallyOf({ counters, attributed }: DeliveryRow, { platform_conversions, platform_conversion_value }: DeliveryGauges): Tally {
  const { impressions, clicks, views, completed_views, spend_micros } = counters;
  return {
    impressions,
    clicks,
    views,
    completed_views,
    spend_micros,
    conversions: platform_conversions ? counters.conversions : attributed.conversions,
    value_micros: platform_conversion_value ? counters.conversion_value_micros : attributed.conversion_value_micros,
  };
}

export function summed(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, tally) => combined((member) => sum[member] + tally[member]), EMPTY);
}

/** The whole of a report, rounded half up. */
export function figuresOf(tally: Tally, currency: string): Figures {
  return {
    ...counts(tally),
    spend: minor(tally.spend_micros, currency),
    conversion_value: Math.max(0, minor(tally.value_micros, currency)),
  };
}

/** The parts of a whole that was rounded already: a part is off its exact amount by less than one minor unit. */
export function divided(whole: Figures, parts: readonly Tally[]): Figures[] {
  const spend = apportioned(
    whole.spend,
    parts.map(({ spend_micros }) => spend_micros),
  );
  const value = apportioned(
    whole.conversion_value,
    parts.map(({ value_micros }) => Math.max(0, value_micros)),
  );
  return parts.map((part, at) => ({ ...counts(part), spend: spend[at]!, conversion_value: value[at]! }));
}

/** Adds figures that were divided before. */
export function added(figures: readonly Figures[]): Figures {
  const sum = (member: keyof Figures) => figures.reduce((total, each) => total + each[member], 0);
  return {
    ...counts({
      impressions: sum('impressions'),
      clicks: sum('clicks'),
      views: sum('views'),
      completed_views: sum('completed_views'),
      conversions: sum('conversions'),
    }),
    spend: sum('spend'),
    conversion_value: sum('conversion_value'),
  };
}

/**
 * What each creative of a package delivered: those assigned now, in their order, then others that have delivered.
 * What is known of the package but of none of its creatives falls to them by their shares.
 */
export function byCreative(
  { package: bought }: PackageRecord,
  rows: readonly DeliveryRow[],
  gauges: DeliveryGauges,
): { readonly creative_id: string; readonly tally: Tally }[] {
  const seen = [...new Set(rows.flatMap(({ creative_id }) => creative_id ?? []))].sort();
  const assigned = creativeShares(bought.creative_assignments);
  const shares = assigned.length > 0 ? assigned : seen.map((creative_id) => ({ creative_id, weight: 1 }));
  const tallyFor = (creative_id: string | undefined) =>
    summed(rows.filter((row) => row.creative_id === creative_id).map((row) => tallyOf(row, gauges)));
  const unknown = spread(
    tallyFor(undefined),
    shares.map(({ weight }) => weight),
  );
  return [
    ...shares.map(({ creative_id }, at) => ({ creative_id, tally: summed([tallyFor(creative_id), unknown[at]!]) })),
    ...seen
      .filter((id) => !shares.some(({ creative_id }) => creative_id === id))
      .map((creative_id) => ({ creative_id, tally: tallyFor(creative_id) })),
  ];
}

function spread(tally: Tally, weights: readonly number[]): Tally[] {
  if (weights.length === 0) return [];
  const parts = Object.fromEntries(MEMBERS.map((member) => [member, split(Math.abs(tally[member]), weights)]));
  return weights.map((_weight, at) => combined((member) => Math.sign(tally[member]) * parts[member]![at]! || 0));
}

const combined = (value: (member: (typeof MEMBERS)[number]) => number): Tally =>
  Object.fromEntries(MEMBERS.map((member) => [member, value(member)])) as unknown as Tally;

const counts = ({ impressions, clicks, views, completed_views, conversions }: Readonly<Record<Count, number>>) => ({
  impressions,
  clicks,
  views,
  completed_views,
  conversions,
});

const minor = (micros: number, currency: string): number => Math.round(micros / 10 ** (6 - minorDigits(currency)));

const apportioned = (total: number, weights: readonly number[]): number[] =>
  total === 0 || weights.length === 0 ? weights.map(() => 0) : split(total, weights);
