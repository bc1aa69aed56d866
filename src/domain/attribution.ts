/**
 * Which logged events count for which package and creative, and for how much (seller specification §5.3).
 * An event counts at most once per media buy, whatever sources it came through, and the same whatever the order of arrival.
 */
import { MOST_MONEY } from '../protocol/limits.ts';
import type { Duration } from '../protocol/wire/core/duration.ts';
import type { EventRecord } from './conversion-event.ts';
import { creativeShares, type CreativeShare } from './creative-shares.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { keptByHour } from './delivery-hours.ts';
import { toMicros } from './money.ts';
import type { AttributionPolicy, Flight } from './ports/attribution-policy.ts';

/** One event source named by one goal of a package: what the store looks up when an event arrives. */
export interface GoalEntry {
  readonly package_id: string;
  /** Position among the package's goals, and within the goal's sources: the first that counts an event leads. */
  readonly goal: number;
  readonly position: number;
  readonly event_source_id: string;
  readonly event_type: string;
  readonly custom_event_name?: string;
  readonly value_field?: string;
  readonly value_factor: number;
  readonly window_seconds: number;
  readonly start_time: string;
  /** When the flight ended: earlier than planned for what was canceled. */
  readonly end_time: string;
  readonly currency: string;
  /** Whether its package is reported by the hour, so that hours are kept. */
  readonly hourly?: true;
  readonly creatives: readonly CreativeShare[];
}

/** An event as one source recorded it. */
export interface Recording extends EventRecord {
  readonly event_source_id: string;
}

export interface Attribution {
  readonly package_id: string;
  readonly creative_id?: string;
  /** UTC, `YYYY-MM-DD`. */
  readonly day: string;
  /** UTC, `YYYY-MM-DDTHH`, where hours are kept. */
  readonly hour?: string;
  readonly value_micros: number;
}

const DAY_SECONDS = 86_400;
/** Where a goal states no window. */
export const DEFAULT_ATTRIBUTION_WINDOW: Duration = { interval: 7, unit: 'days' };
const UNIT_SECONDS = { seconds: 1, minutes: 60, hours: 3600, days: DAY_SECONDS } as const;

/** The event sources that a buy's packages aim at, those of ended flights included: events are often logged later than they happen. */
export function goalEntries(buy: MediaBuyRecord, policy: AttributionPolicy): GoalEntry[] {
  return buy.status === 'rejected' ? [] : buy.packages.flatMap((each) => entriesOf(each, buy, policy));
}

function entriesOf({ package: bought, terms }: PackageRecord, buy: MediaBuyRecord, policy: AttributionPolicy): GoalEntry[] {
  const creatives = creativeShares(bought.creative_assignments);
  const flight = { start_time: bought.start_time ?? buy.start_time, end_time: flightEnd(bought, buy) };
  return (bought.optimization_goals ?? []).flatMap((goal, at) => {
    if (goal.kind !== 'event') return [];
    const sources = policy.multi_source_event_dedup ? goal.event_sources : goal.event_sources.slice(0, 1);
    return sources.map((source, position) => ({
      package_id: bought.package_id,
      goal: at,
      position,
      event_source_id: source.event_source_id,
      event_type: source.event_type,
      ...(source.custom_event_name ? { custom_event_name: source.custom_event_name } : {}),
      ...(source.value_field ? { value_field: source.value_field } : {}),
      value_factor: source.value_factor ?? 1,
      window_seconds: windowSeconds(goal.attribution_window?.post_click, flight),
      ...flight,
      currency: buy.currency,
      ...(keptByHour({ package: bought, terms }, buy) ? { hourly: true as const } : {}),
      creatives,
    }));
  });
}

/** One pair of event source and type. */
export const aimOf = ({ event_source_id, event_type }: Pick<GoalEntry, 'event_source_id' | 'event_type'>): string => `${event_source_id}\n${event_type}`;

/** How a buy values what each pair of source and type brings: equal texts value alike. What it is shown with and for how long does not matter. */
export function valuations(entries: readonly GoalEntry[]): ReadonlyMap<string, string> {
  const texts = [...Map.groupBy(entries, aimOf)].map(([aim, some]) => {
    const valued = some.map((entry) => [entry.package_id, entry.goal, entry.position, entry.value_field, entry.value_factor, entry.custom_event_name, entry.hourly]);
    return [aim, JSON.stringify(valued)] as const;
  });
  return new Map(texts);
}

function flightEnd(bought: PackageRecord['package'], buy: MediaBuyRecord): string {
  const ends = [bought.end_time ?? buy.end_time, bought.cancellation?.canceled_at, buy.cancellation?.canceled_at];
  return ends.filter((end) => end !== undefined).reduce((first, end) => (Date.parse(end) < Date.parse(first) ? end : first));
}

function windowSeconds(window: Duration | undefined, flight: Flight): number {
  if (window === undefined) return windowSeconds(DEFAULT_ATTRIBUTION_WINDOW, flight);
  if (window.unit === 'campaign') return (Date.parse(flight.end_time) - Date.parse(flight.start_time)) / 1000;
  return window.interval * UNIT_SECONDS[window.unit];
}

/**
 * Attributes an event within one buy.
 * @param recordings the event, once for every source that it came through so far
 * @param entries those of the buy that name the event's type
 * @returns undefined when no goal counts it
 */
export function attribute(
  recordings: readonly Recording[],
  entries: readonly GoalEntry[],
  policy: AttributionPolicy,
): Attribution | undefined {
  const counting = entries.flatMap((entry) => {
    const recording = recordings.find((each) => counts(each, entry, policy));
    return recording ? [{ entry, recording }] : [];
  });
  const packages = [...new Set(counting.map(({ entry }) => entry.package_id))].sort();
  if (packages.length === 0) return undefined;
  const { event_id } = counting[0]!.recording;
  const package_id = packages[Math.floor(fraction(event_id) * packages.length)]!;
  const own = counting
    .filter(({ entry }) => entry.package_id === package_id)
    .sort((a, b) => a.entry.goal - b.entry.goal || a.entry.position - b.entry.position);
  const { entry, recording } = own[0]!;
  return {
    package_id,
    ...(entry.creatives.length > 0 ? { creative_id: shareAt(fraction(`${event_id}/creative`), entry.creatives) } : {}),
    day: new Date(recording.event_time).toISOString().slice(0, 10),
    ...(entry.hourly ? { hour: new Date(recording.event_time).toISOString().slice(0, 13) } : {}),
    value_micros: own.map(valueMicros).find((value) => value !== undefined) ?? 0,
  };
}

const counts = (event: Recording, entry: GoalEntry, policy: AttributionPolicy): boolean =>
  event.event_source_id === entry.event_source_id
  && (entry.custom_event_name === undefined || entry.custom_event_name === event.event.custom_event_name)
  && policy.counts(event.event_time, entry, entry.window_seconds);

/** The value of an event under a goal; undefined when the member is missing, is no usable number, or stands in another currency. */
function valueMicros({ entry, recording }: { readonly entry: GoalEntry; readonly recording: Recording }): number | undefined {
  if (entry.value_field === undefined) return undefined;
  const data: Readonly<Record<string, unknown>> = { ...recording.event, ...recording.event.custom_data };
  const value = data[entry.value_field];
  const currency = data['currency'];
  if (typeof value !== 'number' || (currency !== undefined && currency !== entry.currency)) return undefined;
  const worth = value * entry.value_factor;
  return Math.abs(worth) <= MOST_MONEY ? toMicros(worth) : undefined;
}

/** The creative in whose stretch a point lies when the shares are laid end to end. */
function shareAt(point: number, shares: readonly CreativeShare[]): string {
  let left = point * shares.reduce((sum, { weight }) => sum + weight, 0);
  for (const { creative_id, weight } of shares) if ((left -= weight) < 0) return creative_id;
  return shares.findLast(({ weight }) => weight > 0)!.creative_id;
}

/** A number from 0 to below 1 for a text (FNV-1a), always the same and even over many texts. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 0) / 2 ** 32;
}
