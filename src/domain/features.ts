/** What this seller does, as switched on by the operator. Capabilities are computed from it, and tasks refuse what is off. */

export const METRIC_GOALS = ['clicks', 'views', 'completed_views', 'viewed_seconds', 'reach'] as const;
export type MetricGoal = (typeof METRIC_GOALS)[number];

export const EVENT_TARGETS = ['cost_per', 'per_ad_spend', 'maximize_value'] as const;
export type EventTarget = (typeof EVENT_TARGETS)[number];

export interface Features {
  /** Event sources, logged events and event goals. */
  readonly conversion_tracking?: {
    readonly multi_source_event_dedup: boolean;
    readonly per_creative_attribution: boolean;
    readonly supported_targets: readonly EventTarget[];
  };
  /** Audiences and targeting by them. */
  readonly audience_targeting?: { readonly minimum_audience_size: number };
  /** Goals on the metrics of vendors. */
  readonly vendor_metric_optimization: boolean;
  readonly frequency_capping: boolean;
  readonly optimization_metrics: readonly MetricGoal[];
  /** `sync_creatives`, `list_creatives` and `preview_creative`. */
  readonly creative_library: boolean;
  /** Creatives inside `create_media_buy` and `update_media_buy`; never without the library. */
  readonly inline_creatives: boolean;
  /** `sync_catalogs`, and packages that promote catalogues. */
  readonly catalogs: boolean;
  /** `buying_mode: wholesale`. */
  readonly wholesale: boolean;
  /** `get_signals`, and packages targeted by them. */
  readonly signals: boolean;
  /** `property_list` of a search narrows it. */
  readonly property_lists: boolean;
  /** The governance agents of accounts are asked before money is committed. */
  readonly governance: boolean;
  /** `get_account_financials`. */
  readonly account_financials: boolean;
  /** `buying_mode: refine`. */
  readonly refine: boolean;
  /** Plans for briefs, which buyers refine, finalise and buy; never without refining. */
  readonly proposals: boolean;
}

/** Everything that is built. */
export const ALL_FEATURES: Features = {
  conversion_tracking: { multi_source_event_dedup: true, per_creative_attribution: true, supported_targets: EVENT_TARGETS },
  audience_targeting: { minimum_audience_size: 100 },
  vendor_metric_optimization: true,
  frequency_capping: true,
  optimization_metrics: ['clicks', 'completed_views', 'viewed_seconds', 'reach'],
  creative_library: true,
  inline_creatives: true,
  catalogs: true,
  wholesale: true,
  signals: true,
  property_lists: true,
  governance: true,
  account_financials: true,
  refine: true,
  proposals: true,
};
