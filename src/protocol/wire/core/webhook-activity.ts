/** One attempt to post a notification. */
import { Type, type Static } from 'typebox';
import { NOTIFICATION_TYPES } from './notification-config.ts';
import { Count, Ordinal } from './numbers.ts';
import { Ext } from './open-object.ts';
import { DateTime, Uri } from './texts.ts';

export const WebhookActivity = Type.Object({
  idempotency_key: Type.String(),
  fired_at: DateTime,
  notification_type: Type.Enum(NOTIFICATION_TYPES),
  attempt: Ordinal,
  status: Type.Enum(['success', 'failed', 'timeout', 'connection_error', 'pending']),
  url: Uri,
  subscriber_id: Type.Optional(Type.String()),
  completed_at: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], format: 'date-time' })),
  sequence_number: Type.Optional(Count),
  http_status_code: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 100, maximum: 599 })),
  response_time_ms: Type.Optional(Type.Unsafe<number | null>({ type: ['integer', 'null'], minimum: 0 })),
  payload_size_bytes: Type.Optional(Count),
  error_message: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'], maxLength: 500 })),
  ext: Type.Optional(Ext),
}, { additionalProperties: false });
export type WebhookActivity = Static<typeof WebhookActivity>;
