/** Signs requests, rightly or with one thing wrong: whatever a caller asks for is what is signed. */
import { type Algorithm, algorithmOf, type Jwk, signWith } from './jwk.ts';
import type { SignedMessage } from './message.ts';
import { LABEL, MAX_WINDOW_SECONDS, type SignatureProfile } from './profile.ts';
import { signatureBase } from './signature-base.ts';
import { canonicalTarget } from './target-uri.ts';
import { contentDigest } from './content-digest.ts';

/** A key with its private half (`d`, base64url). */
export interface SigningKey {
  readonly jwk: Jwk;
  readonly d: string;
}

/** Everything that a signature says of itself. An absent parameter is left out. */
export interface SignatureChoice {
  readonly components: readonly string[];
  readonly created: number;
  readonly expires?: number;
  readonly nonce?: string;
  readonly keyid: string;
  readonly alg: string;
  readonly tag: string;
}

/** What a good signature of a message says: its digest is covered when `digest` is set. */
export function soundChoice(
  message: SignedMessage, key: SigningKey, profile: SignatureProfile, at: { readonly nowSeconds: number; readonly nonce: string }
): SignatureChoice {
  const algorithm: Algorithm = algorithmOf(key.jwk) ?? 'ed25519';
  return {
    components: [
      '@method', '@target-uri', '@authority', ...(message.body.length > 0 ? ['content-type'] : []),
      ...(profile.digest === 'required' ? ['content-digest'] : []),
    ],
    created: at.nowSeconds, expires: at.nowSeconds + MAX_WINDOW_SECONDS, nonce: at.nonce, keyid: String(key.jwk['kid']), alg: algorithm,
    tag: profile.tag,
  };
}

/**
 * The headers of a message with its signature. The digest is computed when it is covered and not there yet.
 * @throws RangeError when the address cannot be signed, or a covered component is missing
 */
export function signedHeaders(message: SignedMessage, key: SigningKey, choice: SignatureChoice): Readonly<Record<string, string>> {
  const target = canonicalTarget(message.url);
  const headers = choice.components.includes('content-digest') && message.headers['content-digest'] === undefined
    ? { ...message.headers, 'content-digest': contentDigest(message.body) }
    : message.headers;
  const parameters = parametersText(choice);
  const base = target === undefined ? undefined : signatureBase({ ...message, headers }, target, choice.components, parameters);
  if (base === undefined) throw new RangeError(`cannot sign ${message.url}: a covered component is missing or malformed`);
  return {
    ...headers, 'signature-input': `${LABEL}=${parameters}`, signature: `${LABEL}=:${signWith(key.jwk, key.d, base).toString('base64url')}:`,
  };
}

function parametersText({ components, created, expires, nonce, keyid, alg, tag }: SignatureChoice): string {
  const text = (value: string): string => `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
  return [
    `(${components.map(text).join(' ')})`, `created=${created}`, ...(expires === undefined ? [] : [`expires=${expires}`]),
    ...(nonce === undefined ? [] : [`nonce=${text(nonce)}`]), `keyid=${text(keyid)}`, `alg=${text(alg)}`, `tag=${text(tag)}`,
  ].join(';');
}
