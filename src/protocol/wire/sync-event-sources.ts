import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { without } from './core/conditions.ts';
import { errorArm, request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { EventSource, EventSourceHealth, EventSurface } from './core/event-source.ts';
import { ActionSource, EventType } from './core/event-type.ts';
import { Ext } from './core/open-object.ts';
import { IdempotencyKey } from './core/texts.ts';

/** Without `event_sources` nothing changes and the current ones are listed. */
export const SyncEventSourcesRequest = request({
  idempotency_key: IdempotencyKey,
  account: AccountRef,
  event_sources: Type.Optional(Type.Array(EventSource, { minItems: 1 })),
  delete_missing: Type.Optional(Type.Boolean()),
});
export type SyncEventSourcesRequest = Static<typeof SyncEventSourcesRequest>;

export const SYNC_ACTIONS = ['created', 'updated', 'unchanged', 'deleted', 'failed'] as const;
export type SyncAction = (typeof SYNC_ACTIONS)[number];
export const SNIPPET_TYPES = ['javascript', 'html', 'pixel_url', 'server_only'] as const;

export const SyncedEventSource = Type.Object({
  event_source_id: Type.String(),
  action: Type.Enum(SYNC_ACTIONS),
  name: Type.Optional(Type.String()),
  seller_id: Type.Optional(Type.String()),
  event_types: Type.Optional(Type.Array(EventType)),
  action_source: Type.Optional(ActionSource),
  surface: Type.Optional(EventSurface),
  managed_by: Type.Optional(Type.Enum(['buyer', 'seller'])),
  setup: Type.Optional(Type.Object({
    snippet: Type.Optional(Type.String()),
    snippet_type: Type.Optional(Type.Enum(SNIPPET_TYPES)),
    instructions: Type.Optional(Type.String()),
  })),
  health: Type.Optional(EventSourceHealth),
  errors: Type.Optional(Type.Array(AdcpError)),
  ext: Type.Optional(Ext),
});
export type SyncedEventSource = Static<typeof SyncedEventSource>;

export const SyncEventSourcesSuccess = Type.Object({
  event_sources: Type.Array(SyncedEventSource),
  sandbox: Type.Optional(Type.Boolean()),
}, without('errors'));
export type SyncEventSourcesSuccess = Static<typeof SyncEventSourcesSuccess>;

export const SyncEventSourcesResponse = response(SyncEventSourcesSuccess, errorArm('event_sources', 'sandbox'));
export type SyncEventSourcesResponse = Static<typeof SyncEventSourcesResponse>;
