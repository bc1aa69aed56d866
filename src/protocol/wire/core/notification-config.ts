/** A subscriber to what happens on an account. */
import { Type, type Static } from 'typebox';
import { Ext } from './open-object.ts';
import { Uri } from './texts.ts';
import { ShownWebhookAuthentication, WebhookAuthentication } from './webhook-authentication.ts';

export const NOTIFICATION_TYPES = [
  'scheduled', 'final', 'delayed', 'adjusted', 'impairment', 'creative.status_changed', 'creative.purged',
  'product.created', 'product.updated', 'product.priced', 'product.removed',
  'signal.created', 'signal.updated', 'signal.priced', 'signal.removed', 'wholesale_feed.bulk_change',
] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

const members = {
  subscriber_id: Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,64}$', minLength: 1, maxLength: 64 }),
  url: Uri,
  event_types: Type.Array(Type.Enum(NOTIFICATION_TYPES), { minItems: 1, uniqueItems: true }),
  active: Type.Optional(Type.Boolean()),
  ext: Type.Optional(Ext),
};

/** As the seller shows it: without the secret. */
export const NotificationConfig = Type.Object(
  { ...members, authentication: Type.Optional(ShownWebhookAuthentication) }, { additionalProperties: false },
);
export type NotificationConfig = Static<typeof NotificationConfig>;

/** As the buyer sends it: a scheme comes with its secret. */
export const NotificationConfigRequest = Type.Object(
  { ...members, authentication: Type.Optional(WebhookAuthentication) }, { additionalProperties: false },
);
export type NotificationConfigRequest = Static<typeof NotificationConfigRequest>;
