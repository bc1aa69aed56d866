/** A media buy as `get_media_buys` shows it. */
import { Type, type Static } from 'typebox';
import { Account } from './account.ts';
import { BusinessEntity } from './business-entity.ts';
import { Cancellation } from './cancellation.ts';
import { equals, given, without, type Rule } from './conditions.ts';
import { FormatId } from './format-id.ts';
import { FormatKind, FormatOptionRef } from './format-option.ts';
import { Impairment } from './impairment.ts';
import { AvailableAction, MediaBuyAction } from './media-buy-action.ts';
import { MediaBuyStatus } from './media-buy-status.ts';
import { Amount, Count, Ordinal } from './numbers.ts';
import { Context, Ext, OpenObject, untyped } from './open-object.ts';
import type { Package } from './package.ts';
import { TargetingOverlay } from './targeting.ts';
import { Currency, DateTime } from './texts.ts';
import { WebhookActivity } from './webhook-activity.ts';

export const MEDIA_BUY_HEALTHS = ['ok', 'impaired'] as const;
export const SNAPSHOT_UNAVAILABLE_REASONS = [
  'SNAPSHOT_UNSUPPORTED', 'SNAPSHOT_TEMPORARILY_UNAVAILABLE', 'SNAPSHOT_PERMISSION_DENIED',
] as const;
export const CREATIVE_APPROVAL_STATUSES = ['pending_review', 'approved', 'rejected'] as const;

/** A time, or null for "not yet". */
export const NullableDateTime = Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' });

/** A buy that is not confirmed is neither active nor bound to report anything. */
export function unconfirmed(...statusMembers: readonly string[]): Rule {
  return given(
    { required: ['confirmed_at'], properties: { confirmed_at: { type: 'null' } } },
    {
      properties: { packages: { items: without('committed_metrics') } },
      not: { anyOf: statusMembers.map((member) => equals(member, 'active')) },
    },
  );
}

export const CreativeApproval = Type.Object({
  creative_id: Type.String(),
  approval_status: Type.Enum(CREATIVE_APPROVAL_STATUSES),
  rejection_reason: Type.Optional(Type.String()),
});
export type CreativeApproval = Static<typeof CreativeApproval>;

/** Delivery of a package at one moment. */
export const PackageSnapshot = Type.Object({
  as_of: DateTime,
  staleness_seconds: Count,
  impressions: Amount,
  spend: Amount,
  currency: Type.Optional(Currency),
  clicks: Type.Optional(Amount),
  pacing_index: Type.Optional(Amount),
  delivery_status: Type.Optional(Type.Enum([
    'delivering', 'not_delivering', 'completed', 'budget_exhausted', 'flight_ended', 'goal_met',
  ])),
  ext: Type.Optional(Ext),
});
export type PackageSnapshot = Static<typeof PackageSnapshot>;

/** AdCP names the first members here; the rest of a package may stand beside them and is shown as in `core/package`. */
export const MediaBuyPackage = Type.Object({
  package_id: Type.String(),
  product_id: Type.Optional(Type.String()),
  budget: Type.Optional(Amount),
  currency: Type.Optional(Currency),
  bid_price: Type.Optional(Amount),
  impressions: Type.Optional(Amount),
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  paused: Type.Optional(Type.Boolean()),
  canceled: Type.Optional(Type.Boolean()),
  cancellation: Type.Optional(Cancellation),
  format_ids: Type.Optional(Type.Array(FormatId, { minItems: 1 })),
  format_option_refs: Type.Optional(Type.Array(FormatOptionRef, { minItems: 1 })),
  format_kind: Type.Optional(FormatKind),
  params: Type.Optional(OpenObject),
  targeting_overlay: Type.Optional(TargetingOverlay),
  creative_deadline: Type.Optional(DateTime),
  creative_approvals: Type.Optional(Type.Array(CreativeApproval)),
  format_ids_pending: Type.Optional(Type.Array(FormatId)),
  snapshot: Type.Optional(PackageSnapshot),
  snapshot_unavailable_reason: Type.Optional(Type.Enum(SNAPSHOT_UNAVAILABLE_REASONS)),
  context: Type.Optional(Context),
  ext: Type.Optional(Ext),
  pricing_option_id: Type.Optional(untyped<string>()),
  pacing: Type.Optional(untyped<NonNullable<Package['pacing']>>()),
  optimization_goals: Type.Optional(untyped<NonNullable<Package['optimization_goals']>>()),
  measurement_terms: Type.Optional(untyped<NonNullable<Package['measurement_terms']>>()),
  performance_standards: Type.Optional(untyped<NonNullable<Package['performance_standards']>>()),
  committed_metrics: Type.Optional(untyped<NonNullable<Package['committed_metrics']>>()),
  catalogs: Type.Optional(untyped<NonNullable<Package['catalogs']>>()),
  creative_assignments: Type.Optional(untyped<NonNullable<Package['creative_assignments']>>()),
  agency_estimate_number: Type.Optional(untyped<string>()),
}, { dependencies: { params: ['format_kind'] } });
export type MediaBuyPackage = Static<typeof MediaBuyPackage>;

/** One change of a buy. */
export const HistoryEntry = Type.Object({
  revision: Ordinal,
  timestamp: DateTime,
  action: Type.String(),
  actor: Type.Optional(Type.String()),
  summary: Type.Optional(Type.String({ maxLength: 500 })),
  package_id: Type.Optional(Type.String()),
  ext: Type.Optional(Ext),
});
export type HistoryEntry = Static<typeof HistoryEntry>;

export const MediaBuy = Type.Object({
  media_buy_id: Type.String(),
  account: Type.Optional(Account),
  invoice_recipient: Type.Optional(BusinessEntity),
  status: MediaBuyStatus,
  status_as_of: Type.Optional(NullableDateTime),
  health: Type.Optional(Type.Enum(MEDIA_BUY_HEALTHS)),
  impairments: Type.Optional(Type.Array(Impairment)),
  rejection_reason: Type.Optional(Type.String()),
  currency: Currency,
  total_budget: Amount,
  start_time: Type.Optional(DateTime),
  end_time: Type.Optional(DateTime),
  creative_deadline: Type.Optional(DateTime),
  confirmed_at: NullableDateTime,
  cancellation: Type.Optional(Cancellation),
  revision: Ordinal,
  created_at: Type.Optional(DateTime),
  updated_at: Type.Optional(DateTime),
  context: Type.Optional(Context),
  valid_actions: Type.Optional(Type.Array(MediaBuyAction)),
  available_actions: Type.Optional(Type.Array(AvailableAction, { uniqueItems: true })),
  webhook_activity: Type.Optional(Type.Array(WebhookActivity, { maxItems: 200 })),
  history: Type.Optional(Type.Array(HistoryEntry)),
  packages: Type.Array(MediaBuyPackage),
  ext: Type.Optional(Ext),
}, { allOf: [unconfirmed('status')] });
export type MediaBuy = Static<typeof MediaBuy>;
