/** What is signed, and where the keys are found. */
import { Type } from 'typebox';
import { distinct, list } from './lists.ts';
import { HttpsUri, Uri } from './texts.ts';

const flag = Type.Optional(Type.Boolean());
const closed = { additionalProperties: false } as const;

const MethodName = Type.String({ pattern: '^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$' });

/** Signatures on calls that the seller receives. */
export const RequestSigning = Type.Object({
  supported: Type.Boolean(),
  covers_content_digest: Type.Optional(Type.Enum(['required', 'forbidden', 'either'])),
  required_for: list(Type.String()),
  warn_for: list(Type.String()),
  supported_for: list(Type.String()),
  protocol_methods_supported_for: list(MethodName),
  protocol_methods_warn_for: list(MethodName),
  protocol_methods_required_for: list(MethodName),
});

/** Signatures on calls that the seller makes. */
export const WebhookSigning = Type.Object({
  supported: Type.Boolean(),
  profile: Type.Optional(Type.Enum(['adcp/webhook-signing/v1'])),
  algorithms: distinct(Type.Enum(['ed25519', 'ecdsa-p256-sha256'])),
  legacy_hmac_fallback: flag,
});

/** Where to look up who the seller is. */
export const Identity = Type.Object({
  brand_json_url: Type.Optional(HttpsUri),
  per_principal_key_isolation: flag,
  key_origins: Type.Optional(Type.Object({
    governance_signing: Type.Optional(Uri), request_signing: Type.Optional(Uri),
    webhook_signing: Type.Optional(Uri), tmp_signing: Type.Optional(Uri),
  }, closed)),
  compromise_notification: Type.Optional(Type.Object({ emits: flag, accepts: flag }, closed)),
});
