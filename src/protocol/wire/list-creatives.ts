import { Type, type Static } from 'typebox';
import { Account } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { AssetMap } from './core/asset.ts';
import { eitherMember, when } from './core/conditions.ts';
import { CREATIVE_STATUSES } from './core/creative-asset.ts';
import { CreativeItem, CreativeVariable } from './core/creative-library.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { FormatId } from './core/format-id.ts';
import { FormatKind, FormatOptionRef } from './core/format-option.ts';
import { SNAPSHOT_UNAVAILABLE_REASONS } from './core/media-buy.ts';
import { Count } from './core/numbers.ts';
import { Ext } from './core/open-object.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';
import { DateTime } from './core/texts.ts';
import { VendorPricingOption } from './core/vendor-pricing-option.ts';
import { WebhookActivity } from './core/webhook-activity.ts';

const flag = Type.Optional(Type.Boolean());
const ids = Type.Optional(Type.Array(Type.String(), { minItems: 1 }));

export const CREATIVE_SORT_FIELDS = ['created_date', 'updated_date', 'name', 'status', 'assignment_count'] as const;
export const SORT_DIRECTIONS = ['asc', 'desc'] as const;
export const CREATIVE_FIELDS = [
  'creative_id', 'name', 'format_id', 'status', 'created_date', 'updated_date', 'tags', 'assignments', 'snapshot', 'items',
  'variables', 'concept', 'pricing_options',
] as const;
export const CREATIVE_EVENT_REASONS = [
  'review_passed', 'review_failure', 'processing_failure', 'seller_rereview', 'policy_revocation', 'content_drift',
  'identity_authorization_revoked', 'identity_authorization_expired', 'source_private', 'source_deleted', 'takedown_request',
  'advertiser_request', 'seller_archive', 'account_closed', 'account_suspended', 'retention_expired', 'legal_erasure',
] as const;

/** Joined by "and"; `tags` wants all of them, `tags_any` one. */
export const CreativeFilters = Type.Object({
  accounts: Type.Optional(Type.Array(AccountRef, { minItems: 1 })),
  statuses: Type.Optional(Type.Array(Type.Enum(CREATIVE_STATUSES), { minItems: 1 })),
  tags: ids,
  tags_any: ids,
  name_contains: Type.Optional(Type.String()),
  creative_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 100 })),
  created_after: Type.Optional(DateTime),
  created_before: Type.Optional(DateTime),
  updated_after: Type.Optional(DateTime),
  updated_before: Type.Optional(DateTime),
  assigned_to_packages: ids,
  media_buy_ids: ids,
  unassigned: flag,
  has_served: flag,
  concept_ids: ids,
  format_ids: Type.Optional(Type.Array(FormatId, { minItems: 1 })),
  has_variables: flag,
  ext: Type.Optional(Ext),
});
export type CreativeFilters = Static<typeof CreativeFilters>;

export const ListCreativesRequest = request({
  account: Type.Optional(AccountRef),
  filters: Type.Optional(CreativeFilters),
  sort: Type.Optional(Type.Object({
    field: Type.Optional(Type.Enum(CREATIVE_SORT_FIELDS)), direction: Type.Optional(Type.Enum(SORT_DIRECTIONS)),
  })),
  fields: Type.Optional(Type.Array(Type.Enum(CREATIVE_FIELDS), { minItems: 1 })),
  include_assignments: Type.Optional(Type.Boolean({ description: 'True when left out.' })),
  include_snapshot: flag,
  include_items: flag,
  include_variables: flag,
  include_pricing: flag,
  include_purged: flag,
  include_webhook_activity: flag,
  webhook_activity_limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  pagination: Type.Optional(PaginationRequest),
}, { allOf: [when('include_pricing', true, { required: ['account'] })] });
export type ListCreativesRequest = Static<typeof ListCreativesRequest>;

/** A creative of the library. */
export const ListedCreative = Type.Object({
  creative_id: Type.String(),
  name: Type.String(),
  status: Type.Enum(CREATIVE_STATUSES),
  created_date: DateTime,
  updated_date: DateTime,
  account: Type.Optional(Account),
  format_id: Type.Optional(FormatId),
  format_kind: Type.Optional(FormatKind),
  format_option_ref: Type.Optional(FormatOptionRef),
  assets: Type.Optional(AssetMap),
  tags: Type.Optional(Type.Array(Type.String())),
  concept_id: Type.Optional(Type.String()),
  concept_name: Type.Optional(Type.String()),
  variables: Type.Optional(Type.Array(CreativeVariable)),
  assignments: Type.Optional(Type.Object({
    assignment_count: Count,
    assigned_packages: Type.Optional(Type.Array(Type.Object({ package_id: Type.String(), assigned_date: DateTime }))),
  })),
  snapshot: Type.Optional(Type.Object({
    as_of: DateTime, staleness_seconds: Count, impressions: Count, last_served: Type.Optional(DateTime),
  })),
  snapshot_unavailable_reason: Type.Optional(Type.Enum(SNAPSHOT_UNAVAILABLE_REASONS)),
  items: Type.Optional(Type.Array(CreativeItem)),
  pricing_options: Type.Optional(Type.Array(VendorPricingOption, { minItems: 1 })),
  purge: Type.Optional(Type.Object({
    kind: Type.Enum(['soft']), at: DateTime, reason_code: Type.Enum(CREATIVE_EVENT_REASONS),
  }, { additionalProperties: false })),
  webhook_activity: Type.Optional(Type.Array(WebhookActivity, { maxItems: 200 })),
}, eitherMember('format_id', 'format_kind'));
export type ListedCreative = Static<typeof ListedCreative>;

/** `total_matching` counts the whole set, `returned` this page. */
export const QuerySummary = Type.Object({
  total_matching: Count,
  returned: Count,
  filters_applied: Type.Optional(Type.Array(Type.String())),
  sort_applied: Type.Optional(Type.Object({
    field: Type.Optional(Type.String()), direction: Type.Optional(Type.Enum(SORT_DIRECTIONS)),
  })),
});

export const ListCreativesSuccess = Type.Object({
  query_summary: QuerySummary,
  pagination: PaginationResponse,
  creatives: Type.Array(ListedCreative),
  format_summary: Type.Optional(Type.Unsafe<Record<string, number>>({
    type: 'object', patternProperties: { '^[a-zA-Z0-9_-]+$': Count },
  })),
  status_summary: Type.Optional(Type.Object({
    processing: Type.Optional(Count), approved: Type.Optional(Count), pending_review: Type.Optional(Count),
    rejected: Type.Optional(Count), archived: Type.Optional(Count),
  })),
  errors: Type.Optional(Type.Array(AdcpError)),
  sandbox: Type.Optional(Type.Boolean()),
});
export type ListCreativesSuccess = Static<typeof ListCreativesSuccess>;

export const ListCreativesResponse = response(ListCreativesSuccess);
export type ListCreativesResponse = Static<typeof ListCreativesResponse>;
