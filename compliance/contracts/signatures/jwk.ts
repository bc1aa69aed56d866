/** Keys that sign for an agent, as a JWK set publishes them, and what they are good for. */
import { createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject, sign, verify } from 'node:crypto';
import { isObject, type JsonObject, own } from '../../json/object.ts';

/** A key as published; members that are absent or of another type than expected are left as they came. */
export type Jwk = JsonObject;

/** Values of the signature parameter `alg` that AdCP allows. */
export const ALGORITHMS = ['ed25519', 'ecdsa-p256-sha256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

export const isAlgorithm = (value: string): value is Algorithm => (ALGORITHMS as readonly string[]).includes(value);

/** The keys of a set; anything else in it is passed over. Undefined when the document is no key set. */
export function keysOf(document: unknown): readonly Jwk[] | undefined {
  const keys = own(document, 'keys');
  return Array.isArray(keys) ? keys.filter(isObject) : undefined;
}

/** The algorithm that a key is made for; undefined when its type, curve and `alg` contradict each other. */
export function algorithmOf(key: Jwk): Algorithm | undefined {
  const { kty, crv, alg } = key;
  if (kty === 'OKP' && crv === 'Ed25519' && (alg === undefined || alg === 'EdDSA')) return 'ed25519';
  return kty === 'EC' && crv === 'P-256' && (alg === undefined || alg === 'ES256') ? 'ecdsa-p256-sha256' : undefined;
}

/** Whether a key may verify signatures of one of these purposes (`adcp_use`). */
export function servesPurpose(key: Jwk, purposes: readonly string[]): boolean {
  const { use, key_ops: operations, adcp_use: purpose } = key;
  return (use === undefined || use === 'sig') && (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))
    && typeof purpose === 'string' && purposes.includes(purpose);
}

/** Whether its publisher marks a key as revoked. */
export function isRevoked({ revoked, status }: Jwk): boolean {
  return revoked === true || status === 'revoked';
}

/** Whether a signature over `data` was made with the private half of a key. A key that cannot be read has made none. */
export function verifies(key: Jwk, data: string, signature: Uint8Array): boolean {
  try {
    const publicKey = createPublicKey({ key: publicHalf(key), format: 'jwk' });
    return verify(digestOf(publicKey), Buffer.from(data), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

/** Signs `data`; ECDSA signatures are r and s side by side. `d` is the private half, in base64url. */
export function signWith(key: Jwk, d: string, data: string): Buffer {
  const privateKey = createPrivateKey({ key: { ...publicHalf(key), d }, format: 'jwk' });
  return sign(digestOf(privateKey), Buffer.from(data), { key: privateKey, dsaEncoding: 'ieee-p1363' });
}

/** Ed25519 hashes by itself. */
const digestOf = (key: KeyObject): string | null => (key.asymmetricKeyType === 'ed25519' ? null : 'sha256');

function publicHalf(key: Jwk): JsonWebKey {
  const { kty, crv, x, y } = key as { kty?: string; crv?: string; x?: string; y?: string };
  return { ...(kty !== undefined && { kty }), ...(crv !== undefined && { crv }), ...(x !== undefined && { x }), ...(y !== undefined && { y }) };
}
