/** When the feed of a catalogue is fetched again. */
import type { Catalog } from '../../protocol/wire/core/catalog.ts';

const MINUTE_MS = 60_000;
/** What `realtime` comes to with a feed that is fetched: as often as is bearable for who serves it. */
const EVERY_MS: Readonly<Record<NonNullable<Catalog['update_frequency']>, number>> = {
  realtime: 5 * MINUTE_MS, hourly: 60 * MINUTE_MS, daily: 24 * 60 * MINUTE_MS, weekly: 7 * 24 * 60 * MINUTE_MS,
};

/** ISO 8601; undefined when nobody wants it fetched again. */
export function nextFetch({ update_frequency }: Pick<Catalog, 'update_frequency'>, now: string): string | undefined {
  if (update_frequency === undefined) return undefined;
  return new Date(Date.parse(now) + EVERY_MS[update_frequency]).toISOString();
}
