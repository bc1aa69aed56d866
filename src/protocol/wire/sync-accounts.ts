import { Type, type Static } from 'typebox';
import {
  ACCOUNT_SCOPES, ACCOUNT_STATUSES, AccountAuthorization, AccountSetup, BILLING_PARTIES, CLOUD_STORAGE_PROTOCOLS, CreditLimit,
  PAYMENT_TERMS,
} from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { BrandRef } from './core/brand-ref.ts';
import { BusinessEntity } from './core/business-entity.ts';
import { given, without } from './core/conditions.ts';
import { errorArm, request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { NotificationConfig, NotificationConfigRequest } from './core/notification-config.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { Domain, IdempotencyKey } from './core/texts.ts';

/**
 * An account to be: brand, operator and billing (created or updated on that key), or changed settings of one that is
 * there, named by `account`. `notification_configs` replaces the whole set, and an empty one clears it.
 */
export const SyncAccountsEntry = Type.Object({
  account: Type.Optional(AccountRef),
  brand: Type.Optional(BrandRef),
  operator: Type.Optional(Domain),
  billing: Type.Optional(Type.Enum(BILLING_PARTIES)),
  billing_entity: Type.Optional(BusinessEntity),
  payment_terms: Type.Optional(Type.Enum(PAYMENT_TERMS)),
  sandbox: Type.Optional(Type.Boolean()),
  preferred_reporting_protocol: Type.Optional(Type.Enum(CLOUD_STORAGE_PROTOCOLS)),
  notification_configs: Type.Optional(Type.Array(NotificationConfigRequest, { maxItems: 16 })),
}, given(
  // Whoever names none of the four changes settings and forgot whose.
  { anyOf: [{ required: ['account'] }, { not: { anyOf: [{ required: ['brand'] }, { required: ['operator'] }, { required: ['billing'] }] } }] },
  { required: ['account'], properties: { brand: Type.Never(), operator: Type.Never(), billing: Type.Never() } },
  { required: ['brand', 'operator', 'billing'] },
));
export type SyncAccountsEntry = Static<typeof SyncAccountsEntry>;

export const SyncAccountsRequest = request({
  idempotency_key: IdempotencyKey,
  accounts: Type.Array(SyncAccountsEntry, { maxItems: 1000 }),
  delete_missing: Type.Optional(Type.Boolean()),
  dry_run: Type.Optional(Type.Boolean()),
  push_notification_config: Type.Optional(PushNotificationConfig),
});
export type SyncAccountsRequest = Static<typeof SyncAccountsRequest>;

export const SYNC_ACCOUNT_ACTIONS = ['created', 'updated', 'unchanged', 'failed'] as const;

/** What became of the entry at the same place. */
export const SyncedAccount = Type.Object({
  account_id: Type.Optional(Type.String()),
  brand: BrandRef,
  operator: Type.String(),
  name: Type.Optional(Type.String()),
  action: Type.Enum(SYNC_ACCOUNT_ACTIONS),
  status: Type.Enum(ACCOUNT_STATUSES),
  billing: Type.Optional(Type.Enum(BILLING_PARTIES)),
  billing_entity: Type.Optional(BusinessEntity),
  account_scope: Type.Optional(Type.Enum(ACCOUNT_SCOPES)),
  setup: Type.Optional(AccountSetup),
  rate_card: Type.Optional(Type.String()),
  payment_terms: Type.Optional(Type.Enum(PAYMENT_TERMS)),
  credit_limit: Type.Optional(CreditLimit),
  errors: Type.Optional(Type.Array(AdcpError)),
  warnings: Type.Optional(Type.Array(Type.String())),
  sandbox: Type.Optional(Type.Boolean()),
  notification_configs: Type.Optional(Type.Array(NotificationConfig, { maxItems: 16 })),
  authorization: Type.Optional(AccountAuthorization),
});
export type SyncedAccount = Static<typeof SyncedAccount>;

export const SyncAccountsSuccess = Type.Object({
  accounts: Type.Array(SyncedAccount),
  dry_run: Type.Optional(Type.Boolean()),
}, without('errors'));
export type SyncAccountsSuccess = Static<typeof SyncAccountsSuccess>;

export const SyncAccountsResponse = response(SyncAccountsSuccess, errorArm('accounts', 'dry_run'));
export type SyncAccountsResponse = Static<typeof SyncAccountsResponse>;
