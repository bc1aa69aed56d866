import { hmacHeaders } from './hmac-headers.ts';
import type { SigningKey } from '../protocol/signatures/keys.ts';
import { signedHeaders, type ToSign } from '../protocol/signatures/sign.ts';

/** How a receiver wants to recognise us instead of by our signature: one scheme and its secret, opened. */
export interface LegacyAuthentication {
  readonly schemes: readonly string[];
  readonly credentials: string;
}

/**
 * The headers of one attempt. Signed (RFC 9421) unless the receiver registered a scheme of its own: then that takes the place
 * of the signature (seller specification §5.6).
 * @throws MalformedTarget when the URL cannot be signed
 */
export function webhookHeaders(call: ToSign, key: SigningKey, now: Date, legacy?: LegacyAuthentication): Record<string, string> {
  switch (legacy?.schemes[0]) {
    case undefined: return signedHeaders(call, key, now);
    case 'Bearer': return { 'content-type': 'application/json', authorization: `Bearer ${legacy!.credentials}` };
    default: return { 'content-type': 'application/json', ...hmacHeaders(call.body, legacy!.credentials, now) };
  }
}
