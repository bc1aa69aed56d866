import { Type, type Static } from 'typebox';
import { Account } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { when, without } from './core/conditions.ts';
import { CREATIVE_STATUSES, CreativeAsset } from './core/creative-asset.ts';
import { asyncErrorArm, NOT_SUBMITTED, request, response, submittedArm } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { Percent } from './core/numbers.ts';
import { PushNotificationConfig } from './core/push-notification-config.ts';
import { DateTime, IdempotencyKey, Uri } from './core/texts.ts';

/** Puts a creative of the library onto a package. */
export const BulkAssignment = Type.Object({
  creative_id: Type.String(),
  package_id: Type.String(),
  weight: Type.Optional(Percent),
  placement_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
}, { additionalProperties: false });
export type BulkAssignment = Static<typeof BulkAssignment>;

export const VALIDATION_MODES = ['strict', 'lenient'] as const;

/** `creative_ids` limits the call to these; `delete_missing` takes out of the library what is not named. */
export const SyncCreativesRequest = request({
  idempotency_key: IdempotencyKey,
  account: AccountRef,
  creatives: Type.Array(CreativeAsset, { minItems: 1, maxItems: 100 }),
  creative_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1, maxItems: 100 })),
  assignments: Type.Optional(Type.Array(BulkAssignment, { minItems: 1 })),
  delete_missing: Type.Optional(Type.Boolean()),
  dry_run: Type.Optional(Type.Boolean()),
  validation_mode: Type.Optional(Type.Enum(VALIDATION_MODES)),
  push_notification_config: Type.Optional(PushNotificationConfig),
});
export type SyncCreativesRequest = Static<typeof SyncCreativesRequest>;

export const SYNC_CREATIVE_ACTIONS = ['created', 'updated', 'unchanged', 'failed', 'deleted'] as const;

/** What became of one creative; one that is not in the library has no status. */
export const SyncedCreative = Type.Object({
  creative_id: Type.String(),
  action: Type.Enum(SYNC_CREATIVE_ACTIONS),
  status: Type.Optional(Type.Enum(CREATIVE_STATUSES)),
  account: Type.Optional(Account),
  platform_id: Type.Optional(Type.String()),
  changes: Type.Optional(Type.Array(Type.String())),
  errors: Type.Optional(Type.Array(AdcpError)),
  warnings: Type.Optional(Type.Array(Type.String())),
  preview_url: Type.Optional(Uri),
  expires_at: Type.Optional(DateTime),
  assigned_to: Type.Optional(Type.Array(Type.String())),
  assignment_errors: Type.Optional(Type.Unsafe<Record<string, string>>({
    type: 'object', patternProperties: { '^[a-zA-Z0-9_-]+$': { type: 'string' } },
  })),
}, { allOf: [when('action', ['failed', 'deleted'], without('status'))] });
export type SyncedCreative = Static<typeof SyncedCreative>;

export const SyncCreativesSuccess = Type.Object({
  creatives: Type.Array(SyncedCreative),
  dry_run: Type.Optional(Type.Boolean()),
  sandbox: Type.Optional(Type.Boolean()),
}, { allOf: [without('errors', 'task_id'), NOT_SUBMITTED] });
export type SyncCreativesSuccess = Static<typeof SyncCreativesSuccess>;

export const SyncCreativesSubmitted = submittedArm('creatives');
export type SyncCreativesSubmitted = Static<typeof SyncCreativesSubmitted>;

export const SyncCreativesResponse = response(
  SyncCreativesSuccess, SyncCreativesSubmitted, asyncErrorArm('creatives', 'dry_run', 'sandbox', 'task_id'),
);
export type SyncCreativesResponse = Static<typeof SyncCreativesResponse>;
