/**
 * Which logged events count for which package and creative, and for how much (seller specification §5.3).
 * An event counts at most once per media buy, whatever sources it came through; its first arrival decides.
 */
import type { EventRecord } from './conversion-event.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { toMicros } from './money.ts';
import type { AttributionPolicy } from './ports/attribution-policy.ts';

/** One event source named by one goal of a package: what the store looks up when an event arrives. */
export interface GoalEntry {
  readonly package_id: string;
  /** Position among the package's goals. */
  readonly goal: number;
  readonly event_source_id: string;
  readonly event_type: string;
  readonly custom_event_name?: string;
  readonly value_field?: string;
  readonly value_factor: number;
  readonly window_seconds: number;
  readonly start_time: string;
  readonly end_time: string;
  readonly currency: string;
  readonly creatives: readonly string[];
}

export interface Attribution {
  readonly package_id: string;
  readonly creative_id?: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  readonly value_micros: number;
}

const DAY_SECONDS = 86_400;
/** Where a goal states no window. */
const DEFAULT_WINDOW_SECONDS = 7 * DAY_SECONDS;
const UNIT_SECONDS: Readonly<Record<string, number>> = { seconds: 1, minutes: 60, hours: 3600, days: DAY_SECONDS };

/** The event sources that a buy's live packages aim at. */
export function goalEntries(buy: MediaBuyRecord, policy: AttributionPolicy): GoalEntry[] {
  return buy.packages.flatMap((each) => (each.package.canceled ? [] : entriesOf(each, buy, policy)));
}

function entriesOf({ package: bought }: PackageRecord, buy: MediaBuyRecord, policy: AttributionPolicy): GoalEntry[] {
  const creatives = (bought.creative_assignments ?? []).map(({ creative_id }) => creative_id);
  return (bought.optimization_goals ?? []).flatMap((goal, at) => {
    if (goal.kind !== 'event') return [];
    const sources = policy.multi_source_event_dedup ? goal.event_sources : goal.event_sources.slice(0, 1);
    return sources.map((source) => ({
      package_id: bought.package_id, goal: at, event_source_id: source.event_source_id, event_type: source.event_type,
      ...(source.custom_event_name ? { custom_event_name: source.custom_event_name } : {}),
      ...(source.value_field ? { value_field: source.value_field } : {}),
      value_factor: source.value_factor ?? 1,
      window_seconds: windowSeconds(goal.attribution_window?.post_click),
      start_time: bought.start_time ?? buy.start_time, end_time: bought.end_time ?? buy.end_time,
      currency: buy.currency, creatives,
    }));
  });
}

function windowSeconds(window: { readonly interval: number; readonly unit: string } | undefined): number {
  return window === undefined ? DEFAULT_WINDOW_SECONDS : window.unit === 'campaign' ? Infinity : window.interval * (UNIT_SECONDS[window.unit] ?? DAY_SECONDS);
}

/**
 * Attributes an event within one buy.
 * @param entries those of the buy that name the event's source and type
 * @returns undefined when no goal counts it
 */
export function attribute(event: EventRecord, entries: readonly GoalEntry[], policy: AttributionPolicy): Attribution | undefined {
  const counting = entries.filter((entry) =>
    (entry.custom_event_name === undefined || entry.custom_event_name === event.event.custom_event_name)
    && policy.counts(event.event_time, entry, entry.window_seconds));
  const packages = [...new Set(counting.map((entry) => entry.package_id))].sort();
  if (packages.length === 0) return undefined;
  const package_id = packages[spread(event.event_id, packages.length)]!;
  const own = counting.filter((entry) => entry.package_id === package_id).sort((a, b) => a.goal - b.goal);
  const { creatives } = own[0]!;
  return {
    package_id,
    ...(creatives.length > 0 ? { creative_id: creatives[spread(`${event.event_id}/creative`, creatives.length)]! } : {}),
    day: new Date(event.event_time).toISOString().slice(0, 10),
    value_micros: valueMicros(event, own.find((entry) => entry.value_field !== undefined)),
  };
}

/** The value of an event under a goal: 0 when the member is missing, is not a number, or stands in another currency. */
function valueMicros({ event }: EventRecord, entry: GoalEntry | undefined): number {
  if (entry?.value_field === undefined) return 0;
  const data: Readonly<Record<string, unknown>> = { ...event, ...event.custom_data };
  const value = data[entry.value_field];
  const currency = data['currency'];
  if (typeof value !== 'number' || (currency !== undefined && currency !== entry.currency)) return 0;
  return toMicros(value * entry.value_factor);
}

/** A stable choice among `places` for a text (FNV-1a), even over many texts. */
function spread(text: string, places: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) % places;
}
