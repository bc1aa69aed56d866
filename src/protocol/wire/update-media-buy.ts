import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { BusinessEntity } from './core/business-entity.ts';
import { without } from './core/conditions.ts';
import { asyncErrorArm, request, response, submittedArm } from './core/envelope.ts';
import { AvailableAction, MediaBuyAction } from './core/media-buy-action.ts';
import { MediaBuyStatus } from './core/media-buy-status.ts';
import { NullableDateTime } from './core/media-buy.ts';
import { Amount, Ordinal } from './core/numbers.ts';
import { Package } from './core/package.ts';
import { PackageRequest } from './core/package-request.ts';
import { PackageUpdate } from './core/package-update.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { ReportingWebhook } from './core/reporting-webhook.ts';
import { StartTiming } from './core/start-timing.ts';
import { Currency, DateTime, IdempotencyKey } from './core/texts.ts';

/** `revision`, when given, must be the buy's current one. `canceled` ends the buy, whatever else is asked. */
export const UpdateMediaBuyRequest = request({
  idempotency_key: IdempotencyKey,
  account: AccountRef,
  media_buy_id: Type.String(),
  revision: Type.Optional(Ordinal),
  paused: Type.Optional(Type.Boolean()),
  canceled: Type.Optional(Type.Literal(true)),
  cancellation_reason: Type.Optional(Type.String({ maxLength: 500 })),
  start_time: Type.Optional(StartTiming),
  end_time: Type.Optional(DateTime),
  packages: Type.Optional(Type.Array(PackageUpdate, { minItems: 1 })),
  new_packages: Type.Optional(Type.Array(PackageRequest, { minItems: 1 })),
  invoice_recipient: Type.Optional(BusinessEntity),
  reporting_webhook: Type.Optional(ReportingWebhook),
  push_notification_config: Type.Optional(PushNotificationConfig),
});
export type UpdateMediaBuyRequest = Static<typeof UpdateMediaBuyRequest>;

/** The buy after the change; `affected_packages` holds whole packages. */
export const UpdateMediaBuySuccess = Type.Object({
  media_buy_id: Type.String(),
  media_buy_status: Type.Optional(MediaBuyStatus),
  revision: Ordinal,
  currency: Type.Optional(Currency),
  total_budget: Type.Optional(Amount),
  implementation_date: Type.Optional(NullableDateTime),
  affected_packages: Type.Optional(Type.Array(Package)),
  valid_actions: Type.Optional(Type.Array(MediaBuyAction)),
  available_actions: Type.Optional(Type.Array(AvailableAction, { uniqueItems: true })),
  invoice_recipient: Type.Optional(BusinessEntity),
  sandbox: Type.Optional(Type.Boolean()),
}, { allOf: [{ properties: { status: MediaBuyStatus } }, without('errors')] });
export type UpdateMediaBuySuccess = Static<typeof UpdateMediaBuySuccess>;

export const UpdateMediaBuySubmitted = submittedArm('media_buy_id');
export type UpdateMediaBuySubmitted = Static<typeof UpdateMediaBuySubmitted>;

export const UpdateMediaBuyResponse = response(
  UpdateMediaBuySuccess, UpdateMediaBuySubmitted, asyncErrorArm('media_buy_id', 'affected_packages', 'sandbox'),
);
export type UpdateMediaBuyResponse = Static<typeof UpdateMediaBuyResponse>;
