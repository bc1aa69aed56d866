import { Type, type Static } from 'typebox';
import { Account } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { ADVERTISER_INDUSTRIES } from './core/advertiser-industry.ts';
import { BrandRef } from './core/brand-ref.ts';
import { BusinessEntity } from './core/business-entity.ts';
import { without } from './core/conditions.ts';
import { asyncErrorArm, request, response, submittedArm } from './core/envelope.ts';
import { AvailableAction, MediaBuyAction } from './core/media-buy-action.ts';
import { MediaBuyStatus } from './core/media-buy-status.ts';
import { NullableDateTime, unconfirmed } from './core/media-buy.ts';
import { Amount, Ordinal } from './core/numbers.ts';
import { Package } from './core/package.ts';
import { PackageRequest } from './core/package-request.ts';
import { PlannedDelivery } from './core/planned-delivery.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { ArtifactWebhook, ReportingWebhook } from './core/reporting-webhook.ts';
import { StartTiming } from './core/start-timing.ts';
import { Currency, DateTime, IdempotencyKey } from './core/texts.ts';

/** The buyer's word that it takes the insertion order of a proposal. */
export const IoAcceptance = Type.Object({
  io_id: Type.String(),
  accepted_at: DateTime,
  signatory: Type.String({ minLength: 1, maxLength: 250 }),
  signature_id: Type.Optional(Type.String()),
});
export type IoAcceptance = Static<typeof IoAcceptance>;

/** Either `packages`, or `proposal_id` with the budget for the whole; which of them is for the domain to ask. */
export const CreateMediaBuyRequest = request({
  idempotency_key: IdempotencyKey,
  account: AccountRef,
  brand: BrandRef,
  start_time: StartTiming,
  end_time: DateTime,
  packages: Type.Optional(Type.Array(PackageRequest, { minItems: 1 })),
  proposal_id: Type.Optional(Type.String()),
  total_budget: Type.Optional(Type.Object({ amount: Amount, currency: Type.String() }, { additionalProperties: false })),
  io_acceptance: Type.Optional(IoAcceptance),
  paused: Type.Optional(Type.Boolean()),
  plan_id: Type.Optional(Type.String()),
  po_number: Type.Optional(Type.String()),
  agency_estimate_number: Type.Optional(Type.String({ maxLength: 100 })),
  advertiser_industry: Type.Optional(Type.Enum(ADVERTISER_INDUSTRIES)),
  invoice_recipient: Type.Optional(BusinessEntity),
  push_notification_config: Type.Optional(PushNotificationConfig),
  reporting_webhook: Type.Optional(ReportingWebhook),
  artifact_webhook: Type.Optional(ArtifactWebhook),
}, { dependencies: { proposal_id: ['total_budget'] } });
export type CreateMediaBuyRequest = Static<typeof CreateMediaBuyRequest>;

/** The new buy. `total_budget` is a number here, in `currency`. */
export const CreateMediaBuySuccess = Type.Object({
  media_buy_id: Type.String(),
  media_buy_status: Type.Optional(MediaBuyStatus),
  confirmed_at: NullableDateTime,
  revision: Ordinal,
  packages: Type.Array(Package),
  account: Type.Optional(Account),
  currency: Type.Optional(Currency),
  total_budget: Type.Optional(Amount),
  creative_deadline: Type.Optional(DateTime),
  valid_actions: Type.Optional(Type.Array(MediaBuyAction)),
  available_actions: Type.Optional(Type.Array(AvailableAction, { uniqueItems: true })),
  planned_delivery: Type.Optional(PlannedDelivery),
  invoice_recipient: Type.Optional(BusinessEntity),
  sandbox: Type.Optional(Type.Boolean()),
}, { allOf: [unconfirmed('media_buy_status', 'status'), { properties: { status: MediaBuyStatus } }, without('errors')] });
export type CreateMediaBuySuccess = Static<typeof CreateMediaBuySuccess>;

export const CreateMediaBuySubmitted = submittedArm('media_buy_id', 'packages');
export type CreateMediaBuySubmitted = Static<typeof CreateMediaBuySubmitted>;

export const CreateMediaBuyResponse = response(
  CreateMediaBuySuccess, CreateMediaBuySubmitted, asyncErrorArm('media_buy_id', 'packages', 'sandbox'),
);
export type CreateMediaBuyResponse = Static<typeof CreateMediaBuyResponse>;
