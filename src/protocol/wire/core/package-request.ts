/** A line of a media buy, as the buyer orders it. */
import { Type, type Static } from 'typebox';
import { Catalog } from './catalog.ts';
import { without } from './conditions.ts';
import { CreativeAsset } from './creative-asset.ts';
import { CreativeAssignment } from './creative-assignment.ts';
import { FormatId } from './format-id.ts';
import { FormatKind, FormatOptionRef } from './format-option.ts';
import { some } from './lists.ts';
import { MeasurementTerms, PerformanceStandard } from './measurement-terms.ts';
import { MetricName } from './metric.ts';
import { Amount } from './numbers.ts';
import { Context, Ext, OpenObject } from './open-object.ts';
import { OptimizationGoal } from './optimization-goal.ts';
import { TargetingOverlay } from './targeting.ts';
import { DateTime } from './texts.ts';

export const PACINGS = ['even', 'asap', 'front_loaded'] as const;
export type Pacing = (typeof PACINGS)[number];
export const Pacing = Type.Enum(PACINGS);

/** Creatives sent along with a package go into the library and onto the package. */
export const InlineCreatives = Type.Optional(Type.Array(CreativeAsset, { minItems: 1, maxItems: 100 }));

export const PackageRequest = Type.Object({
  product_id: Type.String(),
  budget: Type.Number({ minimum: 0, description: 'In the currency of the pricing option.' }),
  pricing_option_id: Type.String(),
  bid_price: Type.Optional(Amount),
  pacing: Type.Optional(Pacing),
  impressions: Type.Optional(Amount),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  paused: Type.Optional(Type.Boolean()),
  format_ids: some(FormatId),
  format_option_refs: some(FormatOptionRef),
  format_kind: Type.Optional(FormatKind),
  params: Type.Optional(OpenObject),
  targeting_overlay: Type.Optional(TargetingOverlay),
  optimization_goals: some(OptimizationGoal),
  measurement_terms: Type.Optional(MeasurementTerms),
  performance_standards: some(PerformanceStandard),
  committed_metrics: some(MetricName),
  catalogs: Type.Optional(Type.Array(Catalog)),
  creative_assignments: some(CreativeAssignment),
  creatives: InlineCreatives,
  agency_estimate_number: Type.Optional(Type.String({ maxLength: 100 })),
  context: Type.Optional(Context),
  ext: Type.Optional(Ext),
}, { dependencies: { params: ['format_kind'] }, ...without('capability_ids') });
export type PackageRequest = Static<typeof PackageRequest>;
