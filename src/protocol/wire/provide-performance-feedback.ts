import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { without } from './core/conditions.ts';
import { DateTimeRange } from './core/date-range.ts';
import { errorArm, request, response } from './core/envelope.ts';
import { Amount } from './core/numbers.ts';
import { IdempotencyKey } from './core/texts.ts';

export const FEEDBACK_METRICS = [
  'overall_performance', 'conversion_rate', 'brand_lift', 'click_through_rate', 'completion_rate', 'viewability', 'brand_safety', 'cost_efficiency',
] as const;
export type FeedbackMetric = (typeof FEEDBACK_METRICS)[number];

export const FEEDBACK_SOURCES = ['buyer_attribution', 'third_party_measurement', 'platform_analytics', 'verification_partner'] as const;
export type FeedbackSource = (typeof FEEDBACK_SOURCES)[number];

/** How well a buy does in the buyer's eyes: 1 is as expected, 0 worth nothing. AdCP finds the account by the buy; callers may name it all the same. */
export const ProvidePerformanceFeedbackRequest = request({
  idempotency_key: IdempotencyKey,
  account: Type.Optional(AccountRef),
  media_buy_id: Type.String({ minLength: 1 }),
  measurement_period: DateTimeRange,
  performance_index: Amount,
  package_id: Type.Optional(Type.String({ minLength: 1 })),
  creative_id: Type.Optional(Type.String({ minLength: 1 })),
  metric_type: Type.Optional(Type.Enum(FEEDBACK_METRICS)),
  feedback_source: Type.Optional(Type.Enum(FEEDBACK_SOURCES)),
});
export type ProvidePerformanceFeedbackRequest = Static<typeof ProvidePerformanceFeedbackRequest>;

export const ProvidePerformanceFeedbackSuccess = Type.Object({
  success: Type.Literal(true),
  sandbox: Type.Optional(Type.Boolean()),
}, without('errors'));
export type ProvidePerformanceFeedbackSuccess = Static<typeof ProvidePerformanceFeedbackSuccess>;

export const ProvidePerformanceFeedbackResponse = response(ProvidePerformanceFeedbackSuccess, errorArm('success', 'sandbox'));
export type ProvidePerformanceFeedbackResponse = Static<typeof ProvidePerformanceFeedbackResponse>;
