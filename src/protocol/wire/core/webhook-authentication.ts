/** How a receiver recognises our calls when it does not check signatures. */
import { Type, type Static } from 'typebox';

export const AUTH_SCHEMES = ['Bearer', 'HMAC-SHA256'] as const;

const schemes = Type.Array(Type.Enum(AUTH_SCHEMES), { minItems: 1, maxItems: 1 });
const credentials = Type.String({ minLength: 32 });

/** One scheme and its secret. The secret is never sent back. */
export const WebhookAuthentication = Type.Object({ schemes, credentials }, { additionalProperties: false });
export type WebhookAuthentication = Static<typeof WebhookAuthentication>;

/** The same, as it is shown again: the secret may be left out. */
export const ShownWebhookAuthentication = Type.Object({ schemes, credentials: Type.Optional(credentials) }, { additionalProperties: false });
