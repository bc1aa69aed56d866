import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { contentDigest } from './content-digest.ts';
import type { SigningKey } from './keys.ts';
import { COVERED, LABEL, MAX_WINDOW_SECONDS, WEBHOOK_TAG, type SigningAlgorithm } from './profile.ts';
import { signatureBase } from './signature-base.ts';
import { targetOf } from './target-uri.ts';

export interface ToSign {
  readonly url: string;
  /** The bytes that are sent, as text. */
  readonly body: string;
}

export interface SigningManner {
  /** At least 16 random bytes, base64url; given by tests. */
  readonly nonce?: string;
  /** The profile that it is signed for; default: webhooks. */
  readonly tag?: string;
}

/**
 * The headers that sign one attempt to POST a JSON body. Each attempt has a time and a nonce of its own.
 * @throws MalformedTarget
 */
export function signedHeaders(
  { url, body }: ToSign, key: SigningKey, now: Date, { nonce = randomBytes(16).toString('base64url'), tag = WEBHOOK_TAG }: SigningManner = {},
): Record<string, string> {
  const headers = { 'content-type': 'application/json', 'content-digest': contentDigest(body) };
  const created = Math.floor(now.getTime() / 1000);
  const params = `(${COVERED.map((name) => `"${name}"`).join(' ')});created=${created};expires=${created + MAX_WINDOW_SECONDS};nonce="${nonce}"`
    + `;keyid="${key.kid}";alg="${key.algorithm}";tag="${tag}"`;
  const base = signatureBase({ method: 'POST', target: targetOf(url), headers }, COVERED, params)!;
  return {
    ...headers,
    'signature-input': `${LABEL}=${params}`,
    signature: `${LABEL}=:${signatureOver(base, key.private_key, key.algorithm).toString('base64url')}:`,
  };
}

/** ECDSA signatures are the two numbers one after the other, not DER. */
export function signatureOver(base: string, key: KeyObject, algorithm: SigningAlgorithm): Buffer {
  return algorithm === 'ed25519' ? sign(null, Buffer.from(base), key) : sign('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' });
}
