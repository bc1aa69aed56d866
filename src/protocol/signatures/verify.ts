/** The verifier's side of AdCP's profiles of RFC 9421: calls that we receive, and in tests the webhooks that we send. */
import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { digestFits, readsOneWay } from './content-digest.ts';
import type { PublicJwk } from './keys.ts';
import { ALGORITHMS, LABEL, MAX_WINDOW_SECONDS, SKEW_SECONDS, type SignatureProfile, type SigningAlgorithm } from './profile.ts';
import { signatureBase } from './signature-base.ts';
import { signatureBytes, signatureInput, type SignatureParams } from './signature-input.ts';
import { MalformedTarget, targetOf, type Target } from './target-uri.ts';

export type SignatureFault =
  | 'required' | 'header_malformed' | 'params_incomplete' | 'tag_invalid' | 'alg_not_allowed' | 'window_invalid' | 'components_incomplete' | 'components_unexpected'
  | 'key_unknown' | 'key_purpose_invalid' | 'key_revoked' | 'revocation_stale' | 'rate_abuse' | 'invalid' | 'digest_mismatch' | 'replayed';

export type FaultCode<Prefix extends SignatureProfile['prefix'] = SignatureProfile['prefix']> = `${Prefix}${SignatureFault}`;

export type Verdict<Prefix extends SignatureProfile['prefix'] = SignatureProfile['prefix']> =
  | { readonly kind: 'verified'; readonly keyid: string }
  | { readonly kind: 'refused'; readonly code: FaultCode<Prefix> };

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  /** As the other side addressed it. */
  readonly url: string;
  /** Names in lower case; a header that came more than once is refused. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came; a text stands for its UTF-8. */
  readonly body: string | Uint8Array;
}

/** What a verifier remembers of signers. */
export interface Nonces {
  seen(keyid: string, nonce: string): boolean;
  /** No room for more nonces of this key. */
  full(keyid: string): boolean;
  /** @param until seconds since 1970, when the signature cannot be sent again anyway */
  remember(keyid: string, nonce: string, until: number): void;
}

export interface Trust {
  readonly keys: readonly PublicJwk[];
  readonly nonces: Nonces;
  readonly now: Date;
  readonly revoked?: ReadonlySet<string>;
  /** The list of revoked keys is too old to rely on. */
  readonly revocation_stale?: boolean;
}

type Complete = Required<SignatureParams>;

/** A request whose signature could be read, and says all that it must. */
export interface Signed {
  readonly kind: 'signed';
  readonly params: Complete;
  readonly message: Parameters<typeof signatureBase>[0];
  readonly signature: Buffer;
  readonly body: Received['body'];
}

/** Judges a request in the order of the profile's checklist; the first fault is told. */
export function verifySignature<Prefix extends SignatureProfile['prefix']>(received: Received, profile: SignatureProfile & { readonly prefix: Prefix }, trust: Trust): Verdict<Prefix> {
  const signed = readSigned(received, profile, trust.now);
  const fault = typeof signed === 'string' ? signed : faultOf(signed, profile, trust);
  return fault === undefined ? { kind: 'verified', keyid: (signed as Signed).params.keyid } : { kind: 'refused', code: `${profile.prefix}${fault}` };
}

/** The first half of the checklist, for which nobody needs to know the signer: what the request says of itself. */
export function readSigned(received: Received, profile: SignatureProfile, now: Date): Signed | SignatureFault {
  const signed = readHeaders(received);
  return typeof signed === 'string' ? signed : (paramsFault(signed.params, profile, now) ?? coverFault(signed, profile) ?? signed);
}

/** The second half, against what is known of the signer. What is good is remembered, and good only once. */
export function faultOf({ params, message, signature, body }: Signed, profile: SignatureProfile, trust: Trust): SignatureFault | undefined {
  const key = trust.keys.find(({ kid }) => kid === params.keyid);
  const fault = keyFault(key, params, profile, trust) ?? signatureFault(params, signature, key!, message);
  if (fault) return fault;
  if (params.components.includes(DIGEST) && !digestFits(message.headers[DIGEST]!, body)) return 'digest_mismatch';
  if (trust.nonces.seen(params.keyid, params.nonce)) return 'replayed';
  trust.nonces.remember(params.keyid, params.nonce, params.expires + SKEW_SECONDS);
  return undefined;
}

const DIGEST = 'content-digest';
const READ = ['signature-input', 'signature', 'content-type', DIGEST] as const;

function readHeaders({ method, url, headers: received, body }: Received): Signed | SignatureFault {
  const headers: Record<string, string> = {};
  for (const name of READ) {
    const value = received[name];
    if (value !== undefined && typeof value !== 'string') return 'header_malformed';
    if (value !== undefined) headers[name] = value;
  }
  const { 'signature-input': input, signature: bytes } = headers;
  if (input === undefined && bytes === undefined) return 'required';
  const [params, signature, target] = [signatureInput(input ?? '', LABEL), signatureBytes(bytes ?? '', LABEL), readTarget(url)];
  if (params === undefined || signature === undefined || target === undefined) return 'header_malformed';
  const { components } = params;
  if (components.includes('content-type') && headers['content-type']?.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').includes(',')) return 'header_malformed';
  if (components.includes(DIGEST) && headers[DIGEST] !== undefined && !readsOneWay(headers[DIGEST])) return 'header_malformed';
  return isComplete(params) ? { kind: 'signed', params, signature, body, message: { method, target, headers: coverable(received) } } : 'params_incomplete';
}

/** Headers that a signature may cover: those that came once. */
const coverable = (headers: Received['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

/** The profile signs hosts in ASCII: whoever reads another spelling may read another host. */
function readTarget(url: string): Target | undefined {
  if (/[^\x21-\x7e]/.test(url)) return undefined;
  try {
    return targetOf(url);
  } catch (error) {
    if (error instanceof MalformedTarget) return undefined;
    throw error;
  }
}

const isComplete = (params: SignatureParams): params is Complete =>
  (['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'] as const).every((name) => params[name] !== undefined && params[name] !== '');

function paramsFault({ tag, alg, created, expires }: Complete, profile: SignatureProfile, now: Date): SignatureFault | undefined {
  const seconds = now.getTime() / 1000;
  if (tag !== profile.tag) return 'tag_invalid';
  if (!ALGORITHMS.includes(alg as SigningAlgorithm)) return 'alg_not_allowed';
  if (expires <= created || expires - created > MAX_WINDOW_SECONDS) return 'window_invalid';
  return created > seconds + SKEW_SECONDS || expires < seconds - SKEW_SECONDS ? 'window_invalid' : undefined;
}

function coverFault({ params: { components }, body }: Signed, { digest }: SignatureProfile): SignatureFault | undefined {
  const needed = ['@method', '@target-uri', '@authority', ...(body.length > 0 ? ['content-type'] : []), ...(digest === 'required' ? [DIGEST] : [])];
  if (!needed.every((name) => components.includes(name))) return 'components_incomplete';
  return digest === 'forbidden' && components.includes(DIGEST) ? 'components_unexpected' : undefined;
}

/** The one kind of key for each algorithm; `alg` may be left out of a key (RFC 7517), and must not contradict. */
const KEYS: Readonly<Record<SigningAlgorithm, Pick<PublicJwk, 'kty' | 'crv' | 'alg'>>> = {
  ed25519: { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA' }, 'ecdsa-p256-sha256': { kty: 'EC', crv: 'P-256', alg: 'ES256' },
};

function fits({ kty, crv, alg, use, key_ops, adcp_use }: PublicJwk, algorithm: SigningAlgorithm, { purposes }: SignatureProfile): boolean {
  const kind = KEYS[algorithm];
  return use === 'sig' && Array.isArray(key_ops) && key_ops.includes('verify') && purposes.includes(adcp_use)
    && kty === kind.kty && crv === kind.crv && (alg === undefined || alg === kind.alg);
}

function keyFault(key: PublicJwk | undefined, { alg, keyid }: Complete, profile: SignatureProfile, { revoked, revocation_stale, nonces }: Trust): SignatureFault | undefined {
  if (key === undefined) return 'key_unknown';
  if (!fits(key, alg as SigningAlgorithm, profile)) return 'key_purpose_invalid';
  if (revocation_stale) return 'revocation_stale';
  if (revoked?.has(keyid)) return 'key_revoked';
  return nonces.full(keyid) ? 'rate_abuse' : undefined;
}

function signatureFault({ components, raw, alg }: Complete, signature: Buffer, jwk: PublicJwk, message: Parameters<typeof signatureBase>[0]): SignatureFault | undefined {
  const base = signatureBase(message, components, raw);
  if (base === undefined) return 'components_incomplete';
  const key = publicKey(jwk);
  if (key === undefined) return 'key_purpose_invalid';
  return holds(base, signature, key, alg as SigningAlgorithm) ? undefined : 'invalid';
}

/** Undefined for numbers that are no point of the curve. */
function publicKey(jwk: PublicJwk): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk as unknown as JsonWebKey, format: 'jwk' });
  } catch {
    return undefined;
  }
}

function holds(base: string, signature: Buffer, key: KeyObject, algorithm: SigningAlgorithm): boolean {
  return algorithm === 'ed25519'
    ? verify(null, Buffer.from(base), key, signature)
    : verify('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
