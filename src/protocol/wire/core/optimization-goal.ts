/** What a package is optimised for: a metric of delivery, events of the buyer, or a vendor's metric. */
import { Type, type Static } from 'typebox';
import { AttributionWindow } from './attribution-window.ts';
import { BrandRef } from './brand-ref.ts';
import { anyOfMembers } from './conditions.ts';
import { Duration } from './duration.ts';
import { EventType } from './event-type.ts';
import { VendorMetricId } from './metric.ts';
import { Ordinal, PositiveAmount } from './numbers.ts';
import { ReachUnit } from './reach.ts';

export const OPTIMIZATION_METRICS = [
  'clicks', 'views', 'completed_views', 'viewed_seconds', 'attention_seconds', 'attention_score', 'engagements', 'follows', 'saves',
  'profile_visits', 'reach',
] as const;
export type OptimizationMetric = (typeof OPTIMIZATION_METRICS)[number];
export const OptimizationMetric = Type.Enum(OPTIMIZATION_METRICS);

export const METRIC_TARGET_KINDS = ['cost_per', 'threshold_rate'] as const;
export type MetricTargetKind = (typeof METRIC_TARGET_KINDS)[number];
export const EVENT_TARGET_KINDS = ['cost_per', 'per_ad_spend', 'maximize_value'] as const;
export type EventTargetKind = (typeof EVENT_TARGET_KINDS)[number];

const target = <const K extends string>(kind: K) => Type.Object({ kind: Type.Literal(kind), value: PositiveAmount });

/** `cost_per`: money for one unit of the metric. `threshold_rate`: units for one impression. */
export const MetricTarget = Type.Union([target('cost_per'), target('threshold_rate')]);
export type MetricTarget = Static<typeof MetricTarget>;

/** `cost_per`: money for one event (CPA). `per_ad_spend`: value for one unit of money (ROAS). */
export const EventTarget = Type.Union([
  target('cost_per'), target('per_ad_spend'), Type.Object({ kind: Type.Literal('maximize_value') }),
]);
export type EventTarget = Static<typeof EventTarget>;

const Priority = Type.Optional(Type.Integer({ minimum: 1, description: '1 goes first.' }));

/** Between `min` and `max` exposures of one person in `window`; at least one of the two. */
export const TargetFrequency = Type.Object({
  min: Type.Optional(Ordinal),
  max: Type.Optional(Ordinal),
  window: Duration,
}, anyOfMembers('min', 'max'));
export type TargetFrequency = Static<typeof TargetFrequency>;

export const MetricGoal = Type.Object({
  kind: Type.Literal('metric'),
  metric: OptimizationMetric,
  reach_unit: Type.Optional(ReachUnit),
  target_frequency: Type.Optional(TargetFrequency),
  view_duration_seconds: Type.Optional(PositiveAmount),
  target: Type.Optional(MetricTarget),
  priority: Priority,
});
export type MetricGoal = Static<typeof MetricGoal>;

/** Events that count towards a goal; `value_field` names the member of custom_data that holds the value. */
export const GoalEventSource = Type.Object({
  event_source_id: Type.String({ minLength: 1 }),
  event_type: EventType,
  custom_event_name: Type.Optional(Type.String()),
  value_field: Type.Optional(Type.String()),
  value_factor: Type.Optional(Type.Number()),
});
export type GoalEventSource = Static<typeof GoalEventSource>;

export const EventGoal = Type.Object({
  kind: Type.Literal('event'),
  event_sources: Type.Array(GoalEventSource, { minItems: 1 }),
  target: Type.Optional(EventTarget),
  attribution_window: Type.Optional(AttributionWindow),
  priority: Priority,
});
export type EventGoal = Static<typeof EventGoal>;

export const VendorMetricGoal = Type.Object({
  kind: Type.Literal('vendor_metric'),
  vendor: BrandRef,
  metric_id: VendorMetricId,
  target: Type.Optional(MetricTarget),
  priority: Priority,
});
export type VendorMetricGoal = Static<typeof VendorMetricGoal>;

export const OptimizationGoal = Type.Union([MetricGoal, EventGoal, VendorMetricGoal]);
export type OptimizationGoal = Static<typeof OptimizationGoal>;
