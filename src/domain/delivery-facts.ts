/** What a platform reports of a media buy: facts that delivery reports are derived from (seller specification §5.2). */

import type { MoreCounters, MoreRow } from './delivery-more.ts';
import type { DeliveryPart, PartRow } from './delivery-parts.ts';

/** Counters of one package, creative and UTC day. All are whole numbers; money is in micros of the buy's currency. */
export interface DeliveryCounters {
  readonly impressions: number;
  readonly clicks: number;
  readonly views: number;
  readonly completed_views: number;
  readonly spend_micros: number;
  /** Reported by the platform itself; overrides what the events say. */
  readonly conversions: number;
  readonly conversion_value_micros: number;
}

export type CounterName = keyof DeliveryCounters;
export const COUNTER_NAMES = [
  'impressions',
  'clicks',
  'views',
  'completed_views',
  'spend_micros',
  'conversions',
  'conversion_value_micros',
] as const;

export interface DeliveryIncrement extends Partial<DeliveryCounters> {
  readonly package_id: string;
  /** Absent when no creative was assigned. */
  readonly creative_id?: string;
  /** What the platform counts besides. */
  readonly more?: MoreCounters;
}

/** Measurements that do not add up, of a package or of a whole buy. */
export interface PackageGauges {
  readonly reach?: number;
  readonly frequency?: number;
  readonly reach_window?: Readonly<Record<string, unknown>>;
  readonly viewability?: Readonly<Record<string, unknown>>;
  readonly vendor_metric_values?: readonly Readonly<Record<string, unknown>>[];
  readonly is_final?: boolean;
  readonly finalized_at?: string;
  readonly measurement_window?: string;
}

/** What was measured of a buy: the latest report replaces the one before, member by member. */
export interface DeliveryGauges extends PackageGauges {
  /** What was measured of single packages, by id. */
  readonly packages?: Readonly<Record<string, PackageGauges>>;
  /** The platform counts conversions itself: its counters replace those that follow from events. */
  readonly platform_conversions?: true;
  /** The platform values conversions itself; without this their value follows from events even where their number does not. */
  readonly platform_conversion_value?: true;
  /**
   * Impressions a person, by package, of a platform that does not measure reach: reach then follows from the impressions.
   * Gives way to `reach` and `frequency` once these were reported.
   */
  readonly assumed_frequency?: Readonly<Record<string, number>>;
}

/** One report of a platform for one media buy and UTC day (`YYYY-MM-DD`). */
export interface DeliveryFact {
  readonly principal_id: string;
  readonly media_buy_id: string;
  readonly day: string;
  /** The hour of the day that was reported, 0 to 23; absent: the platform reports whole days, which are told as their first hour. */
  readonly hour?: number;
  readonly increments: readonly DeliveryIncrement[];
  /** The same delivery by place, device ...: as far as the platform knows it. */
  readonly parts?: readonly DeliveryPart[];
  readonly gauges: DeliveryGauges;
}

/** One stored row: a package, creative and day, with the counters of the platform and those attributed from events. */
export interface DeliveryRow {
  readonly media_buy_id: string;
  readonly package_id: string;
  readonly creative_id?: string;
  /** `YYYY-MM-DD`; of a ledger by the hour `YYYY-MM-DDTHH`. */
  readonly day: string;
  readonly counters: DeliveryCounters;
  readonly attributed: { readonly conversions: number; readonly conversion_value_micros: number };
}

/** All that delivery is derived from for one media buy. */
export interface DeliveryLedger {
  readonly media_buy_id: string;
  /** Those of the asked range. */
  readonly rows: readonly DeliveryRow[];
  /** What was counted besides, of the asked range; absent when nothing was, and in a ledger by the hour. */
  readonly more?: readonly MoreRow[];
  /** Of the asked range and dimensions, over all its days. */
  readonly parts?: readonly PartRow[];
  /** Of the whole life of the buy, whatever the range. */
  readonly gauges: DeliveryGauges;
  /** First and last day that anything was recorded for, whatever the range; absent when nothing was. */
  readonly span?: { readonly first: string; readonly last: string };
}
