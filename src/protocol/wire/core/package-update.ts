/**
 * Changes to a line of a media buy. Lists and the overlay replace what was there; the four keyword lists add and take
 * away. What was agreed at the start (product, price, formats) cannot be changed.
 */
import { Type, type Static } from 'typebox';
import { Catalog } from './catalog.ts';
import { CreativeAssignment } from './creative-assignment.ts';
import { some } from './lists.ts';
import { Amount } from './numbers.ts';
import { Context, Ext } from './open-object.ts';
import { OptimizationGoal } from './optimization-goal.ts';
import { InlineCreatives, Pacing } from './package-request.ts';
import { KeywordTarget, NegativeKeyword, TargetingOverlay } from './targeting.ts';
import { DateTime } from './texts.ts';

const fixed = Type.Optional(Type.Never());

export const PackageUpdate = Type.Object({
  package_id: Type.String(),
  product_id: fixed,
  pricing_option_id: fixed,
  format_ids: fixed,
  format_option_refs: fixed,
  format_kind: fixed,
  params: fixed,
  capability_ids: fixed,
  budget: Type.Optional(Amount),
  bid_price: Type.Optional(Amount),
  pacing: Type.Optional(Pacing),
  impressions: Type.Optional(Amount),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  paused: Type.Optional(Type.Boolean()),
  canceled: Type.Optional(Type.Literal(true)),
  cancellation_reason: Type.Optional(Type.String({ maxLength: 500 })),
  targeting_overlay: Type.Optional(TargetingOverlay),
  keyword_targets_add: some(KeywordTarget),
  keyword_targets_remove: some(NegativeKeyword),
  negative_keywords_add: some(NegativeKeyword),
  negative_keywords_remove: some(NegativeKeyword),
  optimization_goals: some(OptimizationGoal),
  catalogs: some(Catalog),
  creative_assignments: Type.Optional(Type.Array(CreativeAssignment)),
  creatives: InlineCreatives,
  context: Type.Optional(Context),
  ext: Type.Optional(Ext),
});
export type PackageUpdate = Static<typeof PackageUpdate>;
