import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { BrandRef } from './core/brand-ref.ts';
import { BUYING_MODES } from './core/buying-mode.ts';
import { Catalog } from './core/catalog.ts';
import { anyOfMembers, equals, given, when, without } from './core/conditions.ts';
import { Duration } from './core/duration.ts';
import { request, response, submittedArm } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { Count } from './core/numbers.ts';
import { OpenObject } from './core/open-object.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';
import { DeliveryType, Product } from './core/product.ts';
import { ProductFilters } from './core/product-filters.ts';
import { Proposal } from './core/proposal.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { ListRef } from './core/targeting.ts';

export { BUYING_MODES, type BuyingMode } from './core/buying-mode.ts';

/** Members of a product that a caller may pick; those that every product must have come anyway. */
export const PRODUCT_FIELDS = [
  'product_id', 'name', 'description', 'publisher_properties', 'channels', 'video_placement_types', 'audio_distribution_types',
  'sponsored_placement_types', 'social_placement_surfaces', 'format_ids', 'format_options', 'placements', 'delivery_type',
  'exclusivity', 'pricing_options', 'forecast', 'outcome_measurement', 'delivery_measurement', 'reporting_capabilities',
  'creative_policy', 'catalog_types', 'metric_optimization', 'conversion_tracking', 'data_provider_signals', 'included_signals',
  'signal_targeting_allowed', 'signal_targeting_options', 'signal_targeting_rules', 'max_optimization_goals', 'catalog_match',
  'collections', 'collection_targeting_allowed', 'installments', 'brief_relevance', 'expires_at', 'product_card',
  'product_card_detailed', 'enforced_policies', 'trusted_match',
] as const;

const closed = { additionalProperties: false } as const;
const Ask = Type.String({ minLength: 1 });
const EntityId = Type.String({ minLength: 1 });

/** One wish about an earlier answer: about the whole, about a product, or about a proposal. */
export const RefineEntry = Type.Union([
  Type.Object({ scope: Type.Literal('request'), ask: Ask }, closed),
  Type.Object({
    scope: Type.Literal('product'), product_id: EntityId,
    action: Type.Optional(Type.Enum(['include', 'omit', 'more_like_this'])), ask: Type.Optional(Ask),
  }, closed),
  Type.Object({
    scope: Type.Literal('proposal'), proposal_id: EntityId,
    action: Type.Optional(Type.Enum(['include', 'omit', 'finalize'])), ask: Type.Optional(Ask),
  }, closed),
]);
export type RefineEntry = Static<typeof RefineEntry>;

const onlyWholesale = given(anyOfMembers('if_wholesale_feed_version', 'if_pricing_version'), equals('buying_mode', 'wholesale'));

/** `buying_mode` is `brief` when left out. */
export const GetProductsRequest = request({
  buying_mode: Type.Optional(Type.Enum(BUYING_MODES)),
  brief: Type.Optional(Type.String()),
  refine: Type.Optional(Type.Array(RefineEntry, { minItems: 1 })),
  account: Type.Optional(AccountRef),
  brand: Type.Optional(BrandRef),
  catalog: Type.Optional(Catalog),
  filters: Type.Optional(ProductFilters),
  preferred_delivery_types: Type.Optional(Type.Array(DeliveryType, { minItems: 1, uniqueItems: true })),
  property_list: Type.Optional(ListRef),
  fields: Type.Optional(Type.Array(Type.Enum(PRODUCT_FIELDS), { minItems: 1 })),
  time_budget: Type.Optional(Duration),
  required_policies: Type.Optional(Type.Array(Type.String())),
  if_wholesale_feed_version: Type.Optional(Type.String()),
  if_pricing_version: Type.Optional(Type.String()),
  pagination: Type.Optional(PaginationRequest),
  push_notification_config: Type.Optional(PushNotificationConfig),
}, { dependencies: { catalog: ['brand'], if_pricing_version: ['if_wholesale_feed_version'] }, allOf: [onlyWholesale] });
export type GetProductsRequest = Static<typeof GetProductsRequest>;

const outcome = { status: Type.Enum(['applied', 'partial', 'unable']), notes: Type.Optional(Type.String()) };

/** What became of the entry of `refine` at the same place. */
export const RefinementApplied = Type.Union([
  Type.Object({ scope: Type.Literal('request'), ...outcome }, closed),
  Type.Object({ scope: Type.Literal('product'), product_id: Type.String(), ...outcome }, closed),
  Type.Object({ scope: Type.Literal('proposal'), proposal_id: Type.String(), ...outcome }, closed),
]);
export type RefinementApplied = Static<typeof RefinementApplied>;

/** A part that was not ready in time. */
export const IncompletePart = Type.Object({
  scope: Type.Enum(['products', 'pricing', 'forecast', 'proposals', 'wholesale_feed']),
  description: Type.String(),
  estimated_wait: Type.Optional(Duration),
}, closed);

/** How many candidates each filter took out. */
export const FilterDiagnostics = Type.Object({
  semantics: Type.Optional(Type.Enum(['only', 'any', 'approximate'])),
  total_candidates: Type.Optional(Count),
  excluded_by: Type.Optional(Type.Unsafe<Record<string, { count: number; values?: (string | object)[]; notes?: string }>>({
    type: 'object',
    additionalProperties: Type.Object({
      count: Count,
      values: Type.Optional(Type.Array(Type.Union([Type.String(), OpenObject]))),
      notes: Type.Optional(Type.String()),
    }, closed),
  })),
});
export type FilterDiagnostics = Static<typeof FilterDiagnostics>;

/** Which of the three answers this is: nothing new since the caller's version, a failure, or products. */
const KIND_OF_ANSWER = when(
  'unchanged', true,
  { required: ['wholesale_feed_version', 'cache_scope'], ...without('products') },
  when('status', 'failed', { required: ['errors'] }, { required: ['products', 'cache_scope'] }),
);

/** Members that a platform adds to products; the key pins their definition by URL and digest. */
const ExtensionMembers = Type.Object({
  extends: Type.String(), fields: OpenObject, version: Type.Optional(Type.String()), description: Type.Optional(Type.String()),
});

export const CACHE_SCOPES = ['public', 'account'] as const;

export const GetProductsSuccess = Type.Object({
  products: Type.Optional(Type.Array(Product)),
  proposals: Type.Optional(Type.Array(Proposal)),
  cache_scope: Type.Optional(Type.Enum(CACHE_SCOPES)),
  unchanged: Type.Optional(Type.Literal(true)),
  wholesale_feed_version: Type.Optional(Type.String()),
  pricing_version: Type.Optional(Type.String()),
  property_list_applied: Type.Optional(Type.Boolean()),
  catalog_applied: Type.Optional(Type.Boolean()),
  refinement_applied: Type.Optional(Type.Array(RefinementApplied)),
  incomplete: Type.Optional(Type.Array(IncompletePart, { minItems: 1 })),
  filter_diagnostics: Type.Optional(FilterDiagnostics),
  pagination: Type.Optional(PaginationResponse),
  errors: Type.Optional(Type.Array(AdcpError)),
  extensions: Type.Optional(Type.Unsafe<Record<string, { extends: string; fields: object; version?: string; description?: string }>>({
    type: 'object', patternProperties: { '^https?://[^@]+@sha256:[a-f0-9]{64}$': ExtensionMembers },
  })),
  sandbox: Type.Optional(Type.Boolean()),
}, KIND_OF_ANSWER);
export type GetProductsSuccess = Static<typeof GetProductsSuccess>;

export const GetProductsResponse = response(GetProductsSuccess);
export type GetProductsResponse = Static<typeof GetProductsResponse>;

/** The answer while the seller is still curating. */
export const GetProductsSubmitted = submittedArm('products', 'proposals', 'result');
export type GetProductsSubmitted = Static<typeof GetProductsSubmitted>;
