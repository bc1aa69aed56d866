import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { Catalog } from './core/catalog.ts';
import { given, when, without } from './core/conditions.ts';
import { asyncErrorArm, request, response, submittedArm } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { Count } from './core/numbers.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { DateTime, IdempotencyKey } from './core/texts.ts';
import { SYNC_CREATIVE_ACTIONS, VALIDATION_MODES } from './sync-creatives.ts';

export const CATALOG_ITEM_STATUSES = ['approved', 'pending', 'rejected', 'warning', 'withdrawn'] as const;
export type CatalogItemStatus = (typeof CATALOG_ITEM_STATUSES)[number];

/** Without `catalogs` the stored ones are told. `catalog_ids` limits the call to these; `delete_missing` takes away what is not named. */
export const SyncCatalogsRequest = request({
  idempotency_key: IdempotencyKey,
  account: AccountRef,
  catalogs: Type.Optional(Type.Array(Catalog, { minItems: 1, maxItems: 50 })),
  catalog_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 50 })),
  delete_missing: Type.Optional(Type.Boolean()),
  dry_run: Type.Optional(Type.Boolean()),
  validation_mode: Type.Optional(Type.Enum(VALIDATION_MODES)),
  push_notification_config: Type.Optional(PushNotificationConfig),
}, given({ required: ['delete_missing'], properties: { delete_missing: { const: true } } }, { required: ['catalogs'] }));
export type SyncCatalogsRequest = Static<typeof SyncCatalogsRequest>;

/** What a buyer should know of one item: why it is not shown, or what would make it better. */
export const CatalogItemIssue = Type.Object({
  item_id: Type.String(),
  status: Type.Enum(CATALOG_ITEM_STATUSES),
  reasons: Type.Optional(Type.Array(Type.String())),
});
export type CatalogItemIssue = Static<typeof CatalogItemIssue>;

/** What became of one catalogue, with the state of its items. */
export const SyncedCatalog = Type.Object({
  catalog_id: Type.String(),
  action: Type.Enum(SYNC_CREATIVE_ACTIONS),
  platform_id: Type.Optional(Type.String()),
  item_count: Type.Optional(Count),
  items_approved: Type.Optional(Count),
  items_pending: Type.Optional(Count),
  items_rejected: Type.Optional(Count),
  item_issues: Type.Optional(Type.Array(CatalogItemIssue)),
  last_synced_at: Type.Optional(DateTime),
  next_fetch_at: Type.Optional(DateTime),
  changes: Type.Optional(Type.Array(Type.String())),
  errors: Type.Optional(Type.Array(AdcpError)),
  warnings: Type.Optional(Type.Array(Type.String())),
}, { allOf: [when('action', ['created', 'updated', 'unchanged'], { required: ['item_count'] })] });
export type SyncedCatalog = Static<typeof SyncedCatalog>;

export const SyncCatalogsSuccess = Type.Object({
  catalogs: Type.Array(SyncedCatalog),
  dry_run: Type.Optional(Type.Boolean()),
  sandbox: Type.Optional(Type.Boolean()),
}, without('errors'));
export type SyncCatalogsSuccess = Static<typeof SyncCatalogsSuccess>;

export const SyncCatalogsSubmitted = submittedArm('catalogs');
export type SyncCatalogsSubmitted = Static<typeof SyncCatalogsSubmitted>;

export const SyncCatalogsResponse = response(SyncCatalogsSuccess, SyncCatalogsSubmitted, asyncErrorArm('catalogs', 'dry_run', 'sandbox'));
export type SyncCatalogsResponse = Static<typeof SyncCatalogsResponse>;
