/** Key pairs that webhooks are signed with, and the half of them that is published. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { SigningAlgorithm } from './profile.ts';

/** A public key as a JWKS holds it (RFC 7517). */
export interface PublicJwk {
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  /** P-256 only. */
  readonly y?: string;
  readonly alg: string;
  readonly use: string;
  readonly key_ops: readonly string[];
  readonly adcp_use: string;
}

export interface SigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly private_key: KeyObject;
  /** What is published of it. */
  readonly jwk: PublicJwk;
}

const JOSE = { ed25519: 'EdDSA', 'ecdsa-p256-sha256': 'ES256' } as const;

/** A fresh key pair as a private JWK, to be kept. */
export function newPrivateJwk(algorithm: SigningAlgorithm): JsonWebKey {
  const pair = algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return pair.privateKey.export({ format: 'jwk' });
}

/**
 * A key to sign with, named by the thumbprint of its public half (RFC 7638) unless it has a name.
 * @throws Error when it is neither Ed25519 nor P-256, or has no private half
 */
export function signingKey(jwk: JsonWebKey): SigningKey {
  const private_key = createPrivateKey({ key: jwk, format: 'jwk' });
  const { kty, crv, x, y } = createPublicKey(private_key).export({ format: 'jwk' });
  const algorithm = crv === 'Ed25519' ? 'ed25519' : crv === 'P-256' ? 'ecdsa-p256-sha256' : undefined;
  if (algorithm === undefined) throw new Error(`a signing key is Ed25519 or P-256, not ${crv ?? kty}`);
  const members = { crv: crv!, kty: kty!, x: x!, ...(y === undefined ? {} : { y }) };
  const kid = typeof jwk['kid'] === 'string' ? jwk['kid'] : createHash('sha256').update(JSON.stringify(members)).digest('base64url');
  return {
    kid, algorithm, private_key,
    jwk: { kid, ...members, alg: JOSE[algorithm], use: 'sig', key_ops: ['verify'], adcp_use: 'request-signing' },
  };
}
