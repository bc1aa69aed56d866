/** How many people were reached, and how often each (seller specification §5.1, §5.2). Reach does not add up over time. */
import type { Duration } from '../protocol/wire/core/duration.ts';
import type { ReachUnit, ReachWindow } from '../protocol/wire/core/reach.ts';
import type { DeliveryGauges } from './delivery-facts.ts';
import type { PackageRecord } from './media-buy.ts';

export interface Reach {
  readonly reach: number;
  readonly reach_unit: ReachUnit;
  readonly frequency: number;
  readonly reach_window: ReachWindow;
}

/** The part of a buy's life that a report covers, as far as reach is concerned. */
export interface ReachPeriod {
  /** Nothing was delivered outside the period, so that what was measured over the whole life holds for it. */
  readonly whole: boolean;
  readonly length: Duration;
}

/** What is counted as one: that of the reach goal, else of the cap. */
export function reachUnitOf({ package: bought }: PackageRecord): ReachUnit {
  const goal = bought.optimization_goals?.find((each) => each.kind === 'metric' && each.metric === 'reach');
  return (goal?.kind === 'metric' ? goal.reach_unit : undefined) ?? bought.targeting_overlay?.frequency_cap?.per ?? 'individuals';
}

/** Rounded down to 2 decimals, so that rounding never takes a frequency above a cap. */
export const frequencyOf = (impressions: number, reach: number): number => (reach > 0 ? Math.floor((impressions * 100) / reach) / 100 : 0);

/** What the platform measured, as it told it; what it left out follows from the impressions. Undefined when it measured nothing. */
export function measuredReach(impressions: number, reach_unit: ReachUnit, gauges: DeliveryGauges, period: ReachPeriod): Reach | undefined {
  if (!period.whole || (gauges.reach === undefined && gauges.frequency === undefined)) return undefined;
  const reach = gauges.reach ?? peopleAt(impressions, gauges.frequency!);
  return { reach, reach_unit, frequency: gauges.frequency ?? frequencyOf(impressions, reach), reach_window: windowOf(gauges, period) };
}

/** Reach that follows from an assumed frequency. Nobody was reached without impressions; with impressions and without a frequency it is unknown. */
export function assumedReach(
  { package: { package_id } }: PackageRecord,
  impressions: number,
  reach_unit: ReachUnit,
  gauges: DeliveryGauges,
  period: ReachPeriod,
): Reach | undefined {
  const frequency = gauges.assumed_frequency?.[package_id];
  if (impressions > 0 && frequency === undefined) return undefined;
  const reach = impressions === 0 ? 0 : peopleAt(impressions, frequency!);
  return { reach, reach_unit, frequency: frequencyOf(impressions, reach), reach_window: windowOf(gauges, period) };
}

/** Reach of several parts together, people in two of them counted twice; undefined when a part that delivered has none, or another unit. */
export function joinedReach(parts: readonly { readonly impressions: number; readonly reach: Reach | undefined }[]): Reach | undefined {
  const delivered = parts.filter(({ impressions }) => impressions > 0);
  const counted = (delivered.length > 0 ? delivered : parts.filter(({ reach }) => reach !== undefined)).map(({ reach }) => reach);
  const [first] = counted;
  if (first === undefined || !counted.every((each) => each?.reach_unit === first.reach_unit)) return undefined;
  const reach = counted.reduce((sum, each) => sum + each!.reach, 0);
  const impressions = delivered.reduce((sum, each) => sum + each.impressions, 0);
  return counted.length === 1 ? first : { ...first, reach, frequency: frequencyOf(impressions, reach) };
}

/** Nobody is reached without an impression, however low the frequency. */
const peopleAt = (impressions: number, frequency: number): number =>
  frequency > 0 ? Math.min(impressions, Math.ceil(impressions / frequency)) : 0;

function windowOf({ reach_window }: DeliveryGauges, { whole, length }: ReachPeriod): ReachWindow {
  return whole
    ? ((reach_window as ReachWindow | undefined) ?? { kind: 'cumulative' })
    : { kind: 'period', period: length };
}
