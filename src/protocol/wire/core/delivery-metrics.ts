/** Numbers of delivery. Sums are additive over days and packages; rates and costs are derived from them. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { ActionSource, EventType } from './event-type.ts';
import { ViewabilityStandard, VendorMetricValue } from './metric.ts';
import { Amount, Count, Share } from './numbers.ts';
import { ReachUnit, ReachWindow } from './reach.ts';

const amount = Type.Optional(Amount);
const count = Type.Optional(Count);
const share = Type.Optional(Share);

/** Viewable rate = viewable / measurable. */
export const Viewability = Type.Object({
  vendor: Type.Optional(BrandRef),
  measurable_impressions: amount,
  viewable_impressions: amount,
  viewable_rate: share,
  viewed_seconds: amount,
  standard: Type.Optional(ViewabilityStandard),
});
export type Viewability = Static<typeof Viewability>;

export const QuartileData = Type.Unsafe<{ q1_views?: number; q2_views?: number; q3_views?: number; q4_views?: number } | null>({
  type: ['object', 'null'], properties: { q1_views: Amount, q2_views: Amount, q3_views: Amount, q4_views: Amount },
});

const DoohMetrics = Type.Object({
  loop_plays: count,
  screens_used: count,
  screen_time_seconds: count,
  sov_achieved: share,
  calculation_notes: Type.Optional(Type.String()),
  venue_breakdown: Type.Optional(Type.Array(Type.Object({
    venue_id: Type.String(),
    impressions: Count,
    venue_name: Type.Optional(Type.String()),
    venue_type: Type.Optional(Type.String()),
    loop_plays: count,
    screens_used: count,
  }))),
});

const counted = { event_source_id: Type.Optional(Type.String()), count: Amount, value: amount };

export const DeliveryMetrics = Type.Object({
  impressions: amount,
  spend: amount,
  clicks: amount,
  ctr: share,
  views: amount,
  completed_views: amount,
  completion_rate: Type.Optional(Type.Unsafe<number | null>({ type: ['number', 'null'], minimum: 0, maximum: 1 })),
  conversions: amount,
  conversion_value: amount,
  roas: amount,
  cost_per_acquisition: amount,
  new_to_brand_rate: share,
  leads: amount,
  by_event_type: Type.Optional(Type.Array(Type.Object({ event_type: EventType, ...counted }))),
  by_action_source: Type.Optional(Type.Array(Type.Object({ action_source: ActionSource, ...counted }))),
  reach: amount,
  reach_unit: Type.Optional(ReachUnit),
  reach_window: Type.Optional(ReachWindow),
  frequency: amount,
  grps: amount,
  engagements: amount,
  engagement_rate: share,
  follows: amount,
  saves: amount,
  profile_visits: amount,
  viewability: Type.Optional(Viewability),
  quartile_data: Type.Optional(QuartileData),
  dooh_metrics: Type.Optional(DoohMetrics),
  cost_per_click: amount,
  cost_per_completed_view: amount,
  cpm: amount,
  downloads: amount,
  units_sold: amount,
  new_to_brand_units: amount,
  plays: amount,
  incremental_sales_lift: amount,
  brand_lift: amount,
  foot_traffic: amount,
  conversion_lift: amount,
  brand_search_lift: amount,
  vendor_metric_values: Type.Optional(Type.Array(VendorMetricValue)),
}, { dependencies: { reach: ['reach_unit'] }, description: 'A reach is never told without the unit that it counts.' });
export type DeliveryMetrics = Static<typeof DeliveryMetrics>;
