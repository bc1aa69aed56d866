/** A line of a media buy, as the seller holds it. */
import { Type, type Static } from 'typebox';
import { PackageCancellation } from './cancellation.ts';
import { Catalog } from './catalog.ts';
import { CreativeAssignment } from './creative-assignment.ts';
import { FormatId } from './format-id.ts';
import { FormatKind, FormatOptionRef } from './format-option.ts';
import { some } from './lists.ts';
import { MeasurementTerms, PerformanceStandard } from './measurement-terms.ts';
import { CommittedMetric } from './metric.ts';
import { Amount } from './numbers.ts';
import { Context, Ext, OpenObject } from './open-object.ts';
import { OptimizationGoal } from './optimization-goal.ts';
import { Pacing } from './package-request.ts';
import { PriceBreakdown } from './pricing-option.ts';
import { TargetingOverlay } from './targeting.ts';
import { DateTime } from './texts.ts';

export const Package = Type.Object({
  package_id: Type.String(),
  product_id: Type.Optional(Type.String()),
  pricing_option_id: Type.Optional(Type.String()),
  budget: Type.Optional(Amount),
  bid_price: Type.Optional(Amount),
  price_breakdown: Type.Optional(PriceBreakdown),
  pacing: Type.Optional(Pacing),
  impressions: Type.Optional(Amount),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  paused: Type.Optional(Type.Boolean()),
  canceled: Type.Optional(Type.Boolean()),
  cancellation: Type.Optional(PackageCancellation),
  format_ids: Type.Optional(Type.Array(FormatId)),
  format_option_refs: some(FormatOptionRef),
  format_kind: Type.Optional(FormatKind),
  params: Type.Optional(OpenObject),
  format_ids_to_provide: Type.Optional(Type.Array(FormatId)),
  targeting_overlay: Type.Optional(TargetingOverlay),
  optimization_goals: some(OptimizationGoal),
  measurement_terms: Type.Optional(MeasurementTerms),
  performance_standards: some(PerformanceStandard),
  committed_metrics: some(CommittedMetric),
  catalogs: Type.Optional(Type.Array(Catalog)),
  creative_assignments: Type.Optional(Type.Array(CreativeAssignment)),
  creative_deadline: Type.Optional(DateTime),
  agency_estimate_number: Type.Optional(Type.String({ maxLength: 100 })),
  context: Type.Optional(Context),
  ext: Type.Optional(Ext),
}, { dependencies: { params: ['format_kind'] } });
export type Package = Static<typeof Package>;
