/** Where the outcome of one call is to be posted. */
import { Type, type Static } from 'typebox';
import { Uri } from './texts.ts';
import { WebhookAuthentication } from './webhook-authentication.ts';

export const PushNotificationConfig = Type.Object({
  url: Uri,
  operation_id: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_.:-]{1,255}$', minLength: 1, maxLength: 255 })),
  token: Type.Optional(Type.String({ minLength: 16, maxLength: 4096 })),
  authentication: Type.Optional(WebhookAuthentication),
});
export type PushNotificationConfig = Static<typeof PushNotificationConfig>;
