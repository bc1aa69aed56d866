/** What each scenario of the test controller takes. Fixtures are kept as they come. */
import { Type, type Static, type TSchema } from 'typebox';
import { MOST_MONEY } from '../limits.ts';
import { ACCOUNT_STATUSES } from './core/account.ts';
import { AUDIENCE_STATUSES } from './core/audience.ts';
import { BrandRef } from './core/brand-ref.ts';
import { anyOfMembers, when } from './core/conditions.ts';
import { CREATIVE_STATUSES } from './core/creative-asset.ts';
import { Viewability } from './core/delivery-metrics.ts';
import { IMPAIRMENT_REASONS } from './core/impairment.ts';
import { MEDIA_BUY_STATUSES } from './core/media-buy-status.ts';
import { VendorMetricId, VendorMetricValue } from './core/metric.ts';
import { Amount, Percent } from './core/numbers.ts';
import { OpenObject } from './core/open-object.ts';
import { ReachWindow } from './core/reach.ts';
import { Currency, DateTime, Sha256Hex } from './core/texts.ts';
import { CREATIVE_EVENT_REASONS } from './list-creatives.ts';

const Id = Type.String();
const fixture = { fixture: Type.Optional(OpenObject) };
const taskId = Type.String({ maxLength: 128 });
const note = Type.Optional(Type.String({ maxLength: 2000 }));

const submittedOnly = Type.Object({ arm: Type.Literal('submitted'), task_id: taskId, message: note });

/** What a platform reports is counted in whole numbers that stay exact, and in money that can be reckoned with. */
const Counted = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Money = Type.Number({ minimum: 0, maximum: MOST_MONEY });

const counted = Type.Optional(Counted);
/** What a platform may count beside what every report has; AdCP's test controller takes other members as well. */
const MORE_COUNTED = {
  engagements: counted, follows: counted, saves: counted, profile_visits: counted, leads: counted, downloads: counted, units_sold: counted,
  new_to_brand_units: counted, plays: counted,
};

/** Counters add up over calls; the others replace what an earlier call said. */
export const SimulateDelivery = Type.Object({
  media_buy_id: Id,
  impressions: Type.Optional(Counted),
  clicks: Type.Optional(Counted),
  conversions: Type.Optional(Counted),
  conversion_value: Type.Optional(Money),
  views: Type.Optional(Counted),
  completed_views: Type.Optional(Counted),
  ...MORE_COUNTED,
  grps: Type.Optional(Money),
  quartile_data: Type.Optional(Type.Object({ q1_views: Type.Optional(Counted), q2_views: Type.Optional(Counted), q3_views: Type.Optional(Counted), q4_views: Type.Optional(Counted) })),
  reported_spend: Type.Optional(Type.Object({ amount: Money, currency: Currency })),
  reach: Type.Optional(Amount),
  frequency: Type.Optional(Amount),
  reach_window: Type.Optional(ReachWindow),
  viewability: Type.Optional(Viewability),
  vendor_metric_values: Type.Optional(Type.Array(VendorMetricValue)),
  is_final: Type.Optional(Type.Boolean()),
  finalized_at: Type.Optional(DateTime),
  measurement_window: Type.Optional(Type.String()),
});
export type SimulateDelivery = Static<typeof SimulateDelivery>;

/** `limit` counts calls, newest first. */
export const QueryUpstreamTraffic = Type.Object({
  since_timestamp: Type.Optional(DateTime),
  endpoint_pattern: Type.Optional(Type.String()),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  attestation_mode: Type.Optional(Type.Enum(['raw', 'digest'])),
  identifier_value_digests: Type.Optional(Type.Array(Sha256Hex, { maxItems: 64 })),
});
export type QueryUpstreamTraffic = Static<typeof QueryUpstreamTraffic>;

export const CONTROLLER_PARAMS = {
  force_creative_status: Type.Object({
    creative_id: Id, status: Type.Enum(CREATIVE_STATUSES), rejection_reason: Type.Optional(Type.String()),
    reason_code: Type.Optional(Type.Enum(CREATIVE_EVENT_REASONS)), reason_detail: Type.Optional(Type.String()),
  }),
  force_creative_purge: Type.Object({
    creative_id: Id,
    purge_kind: Type.Optional(Type.Enum(['soft', 'hard'])),
    reason_code: Type.Optional(Type.Enum(CREATIVE_EVENT_REASONS)),
    reason_detail: Type.Optional(Type.String()),
  }),
  force_account_status: Type.Object({ account_id: Id, status: Type.Enum(ACCOUNT_STATUSES) }),
  force_media_buy_status: Type.Object({ media_buy_id: Id, status: Type.Enum(MEDIA_BUY_STATUSES), rejection_reason: Type.Optional(Type.String()) }),
  force_audience_status: Type.Object({ audience_id: Id, status: Type.Enum(AUDIENCE_STATUSES), reason: Type.Optional(Type.Enum(IMPAIRMENT_REASONS)) }),
  /** Ours: AdCP has no scenario about items of catalogues. */
  force_catalog_item_status: Type.Object({
    catalog_id: Id, item_id: Id, status: Type.Enum(['approved', 'rejected', 'withdrawn']), reason: Type.Optional(Type.String()),
    reason_code: Type.Optional(Type.Enum(IMPAIRMENT_REASONS)),
  }),
  force_create_media_buy_arm: Type.Object({
    arm: Type.Enum(['submitted', 'input-required']), task_id: Type.Optional(taskId), message: note,
  }, { allOf: [when('arm', 'submitted', { required: ['task_id'] })] }),
  force_get_products_arm: submittedOnly,
  force_get_signals_arm: submittedOnly,
  force_task_completion: Type.Object({ task_id: taskId, result: OpenObject }),
  force_upstream_unavailable: Type.Object({ tool: Type.String(), upstream_name: Type.Optional(Type.String()) }),
  simulate_delivery: SimulateDelivery,
  simulate_budget_spend: Type.Object({
    spend_percentage: Percent, account_id: Type.Optional(Id), media_buy_id: Type.Optional(Id),
  }, anyOfMembers('account_id', 'media_buy_id')),
  seed_account: Type.Object({ account_id: Id, ...fixture }),
  seed_product: Type.Object({ product_id: Id, ...fixture }),
  seed_pricing_option: Type.Object({ product_id: Id, pricing_option_id: Id, ...fixture }),
  seed_creative: Type.Object({ creative_id: Id, ...fixture }),
  seed_creative_format: Type.Object({ format_id: Id, ...fixture }),
  seed_plan: Type.Object({ plan_id: Id, ...fixture }),
  seed_media_buy: Type.Object({ media_buy_id: Id, ...fixture }),
  /** Ours: what a feed says is for a test to say. */
  seed_catalog_feed: Type.Object({
    path: Type.String({ pattern: '^/[\\w./-]{1,200}$', title: 'a path such as /shop/products.xml' }), body: Type.String({ maxLength: 1_000_000 }),
    content_type: Type.Optional(Type.String({ pattern: '^[\\w.+;= /-]{1,100}$', title: 'a media type such as text/csv' })),
    http_status: Type.Optional(Type.Integer({ minimum: 200, maximum: 599 })), delay_ms: Type.Optional(Type.Integer({ minimum: 0, maximum: 20_000 })),
  }),
  seed_measurement_catalog: Type.Object({
    vendor: BrandRef,
    metrics: Type.Array(Type.Object({ metric_id: VendorMetricId }), { minItems: 1, uniqueItems: true }),
  }),
  query_upstream_traffic: QueryUpstreamTraffic,
  query_provenance_audit_observations: Type.Object({ creative_id: Id }),
} satisfies Record<string, TSchema>;

export type ControllerScenario = keyof typeof CONTROLLER_PARAMS;
