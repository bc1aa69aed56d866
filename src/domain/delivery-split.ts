/** Divides what a platform reports of a whole media buy over its packages and creatives (seller specification §5.2). */
import { creativeShares } from './creative-shares.ts';
import { COUNTER_NAMES, type DeliveryCounters, type DeliveryFact, type DeliveryGauges, type DeliveryIncrement } from './delivery-facts.ts';
import { MORE_METRICS, type MoreCounters } from './delivery-more.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { split } from './money.ts';

/** What was delivered since the last report, for the whole buy. Counters are whole numbers; money is in micros of its currency. */
export interface DeliveryReport {
  readonly counters: Partial<DeliveryCounters>;
  /** What the platform counts besides. */
  readonly more?: MoreCounters;
  readonly gauges?: DeliveryGauges;
}

/** Impressions a person where nothing says how many. */
const USUAL_FREQUENCY = 3;

/**
 * One report as a fact to record: counters over the packages by budget, then over their creatives by weight, each sum exact
 * (largest remainder). Packages that cannot deliver, being paused or canceled, get nothing unless no other is left.
 * Conversions and their value, when reported, from then on replace what follows from events. A package that caps or aims at
 * reach gets a frequency to reckon reach with, when the report measures neither.
 * @param day UTC, `YYYY-MM-DD`
 * @param hour of that day, when the platform reports by the hour
 */
export function deliveryFact(buy: MediaBuyRecord, report: DeliveryReport, day: string, hour?: number): DeliveryFact {
  const packages = delivering(buy.packages);
  const amounts = Object.entries({ ...report.counters, ...report.more }).filter((each): each is [string, number] => each[1] !== undefined);
  const budgets = weights(packages.map(({ package: bought }) => bought.budget ?? 0));
  const parts = amounts.map(([name, total]) => ({ name, parts: packages.length > 0 ? split(total, budgets) : [] }));
  const increments = packages.flatMap((each, at) => incrementsOf(each, Object.fromEntries(parts.map(({ name, parts: own }) => [name, own[at]!]))));
  const at = hour === undefined ? { day } : { day, hour };
  return { principal_id: buy.principal_id, media_buy_id: buy.media_buy_id, ...at, increments, gauges: gaugesOf(packages, report) };
}

function delivering(packages: readonly PackageRecord[]): readonly PackageRecord[] {
  const live = packages.filter(({ package: bought }) => bought.paused !== true && bought.canceled !== true);
  return live.length > 0 ? live : packages;
}

function incrementsOf({ package: bought }: PackageRecord, amounts: Amounts): DeliveryIncrement[] {
  const { package_id } = bought;
  const shares = creativeShares(bought.creative_assignments);
  if (shares.length === 0) return [{ package_id, ...sorted(amounts) }];
  const weighed = shares.map(({ weight }) => weight);
  const divided = Object.entries(amounts).map(([name, total]) => [name, split(total, weighed)] as const);
  return shares.map(({ creative_id }, at) => ({
    package_id,
    creative_id,
    ...sorted(Object.fromEntries(divided.map(([name, parts]) => [name, parts[at]!]))),
  }));
}

type Amounts = Readonly<Record<string, number>>;

/** Counters by themselves, and what is counted besides. */
function sorted(amounts: Amounts): Omit<DeliveryIncrement, 'package_id' | 'creative_id'> {
  const more = Object.entries(amounts).filter(([name]) => (MORE_METRICS as readonly string[]).includes(name));
  const counters = Object.entries(amounts).filter(([name]) => (COUNTER_NAMES as readonly string[]).includes(name));
  return { ...Object.fromEntries(counters), ...(more.length > 0 ? { more: Object.fromEntries(more) } : {}) };
}

function gaugesOf(packages: readonly PackageRecord[], { counters, gauges = {} }: DeliveryReport): DeliveryGauges {
  const measured = gauges.reach !== undefined || gauges.frequency !== undefined;
  const assumed = measured ? {} : (Object.assign({}, ...packages.map(assumedFrequency)) as Record<string, number>);
  return {
    ...gauges,
    ...(counters.conversions === undefined ? {} : { platform_conversions: true }),
    ...(counters.conversion_value_micros === undefined ? {} : { platform_conversion_value: true }),
    ...(Object.keys(assumed).length > 0 ? { assumed_frequency: assumed } : {}),
  };
}

/** The highest frequency that the package allows, by its id; empty when nothing of it is about reach. */
function assumedFrequency({ package: bought }: PackageRecord): Record<string, number> {
  const cap = bought.targeting_overlay?.frequency_cap;
  const goal = bought.optimization_goals?.find((each) => each.kind === 'metric' && each.metric === 'reach');
  if (cap === undefined && goal === undefined) return {};
  const aimed = goal?.kind === 'metric' ? goal.target_frequency?.max : undefined;
  const limits = [cap?.max_impressions, aimed].filter((limit) => limit !== undefined);
  return { [bought.package_id]: limits.length > 0 ? Math.min(...limits) : USUAL_FREQUENCY };
}

const weights = (budgets: readonly number[]): readonly number[] => (budgets.some((budget) => budget > 0) ? budgets : budgets.map(() => 1));
