/** The receiver's side of the webhook-signing profile: what we send is held to it in tests, as a buyer would. */
import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { digestFits } from './content-digest.ts';
import type { PublicJwk } from './keys.ts';
import { ALGORITHMS, COVERED, KEY_PURPOSES, LABEL, MAX_WINDOW_SECONDS, SKEW_SECONDS, WEBHOOK_TAG, type SigningAlgorithm } from './profile.ts';
import { signatureBase } from './signature-base.ts';
import { signatureBytes, signatureInput, type SignatureParams } from './signature-input.ts';
import { MalformedTarget, targetOf, type Target } from './target-uri.ts';

export type SignatureFault =
  | 'required' | 'header_malformed' | 'params_incomplete' | 'tag_invalid' | 'alg_not_allowed' | 'window_invalid' | 'components_incomplete'
  | 'key_unknown' | 'key_purpose_invalid' | 'key_revoked' | 'revocation_stale' | 'rate_abuse' | 'invalid' | 'digest_mismatch' | 'replayed';

export type Verdict = { readonly kind: 'verified'; readonly keyid: string } | { readonly kind: 'refused'; readonly code: `webhook_signature_${SignatureFault}` };

export interface Received {
  readonly method: string;
  readonly url: string;
  /** Names in lower case; a header that came more than once is refused. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** What a receiver remembers of signers. */
export interface Nonces {
  seen(keyid: string, nonce: string): boolean;
  /** No room for more nonces of this key. */
  full(keyid: string): boolean;
  remember(keyid: string, nonce: string): void;
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

/** Judges a webhook in the order of the profile's checklist; the first fault is told. */
export function verifyWebhook(received: Received, trust: Trust): Verdict {
  const read = readHeaders(received);
  if (typeof read === 'string') return refused(read);
  const { params, signature, headers, target } = read;
  const key = trust.keys.find(({ kid }) => kid === params.keyid);
  const fault = paramsFault(params, trust.now) ?? keyFault(key, params, trust) ?? signatureFault(params, signature, key!, { method: received.method, target, headers });
  if (fault) return refused(fault);
  if (!digestFits(headers['content-digest']!, received.body)) return refused('digest_mismatch');
  if (trust.nonces.seen(params.keyid, params.nonce)) return refused('replayed');
  trust.nonces.remember(params.keyid, params.nonce);
  return { kind: 'verified', keyid: params.keyid };
}

const refused = (fault: SignatureFault): Verdict => ({ kind: 'refused', code: `webhook_signature_${fault}` });

function readHeaders({ url, headers: received }: Received) {
  const headers: Record<string, string> = {};
  for (const name of ['signature-input', 'signature', 'content-type', 'content-digest']) {
    const value = received[name];
    if (value !== undefined && typeof value !== 'string') return 'header_malformed';
    if (value !== undefined) headers[name] = value;
  }
  const { 'signature-input': input, signature: bytes } = headers;
  if (input === undefined && bytes === undefined) return 'required';
  const [params, signature, target] = [signatureInput(input ?? '', LABEL), signatureBytes(bytes ?? '', LABEL), readTarget(url)];
  if (params === undefined || signature === undefined || target === undefined) return 'header_malformed';
  return isComplete(params) ? { params, signature, headers, target } : 'params_incomplete';
}

function readTarget(url: string): Target | undefined {
  try {
    return targetOf(url);
  } catch (error) {
    if (error instanceof MalformedTarget) return undefined;
    throw error;
  }
}

const isComplete = (params: SignatureParams): params is Complete =>
  (['created', 'expires', 'nonce', 'keyid', 'alg', 'tag'] as const).every((name) => params[name] !== undefined);

function paramsFault({ tag, alg, created, expires, components }: Complete, now: Date): SignatureFault | undefined {
  const seconds = now.getTime() / 1000;
  if (tag !== WEBHOOK_TAG) return 'tag_invalid';
  if (!ALGORITHMS.includes(alg as SigningAlgorithm)) return 'alg_not_allowed';
  if (expires <= created || expires - created > MAX_WINDOW_SECONDS) return 'window_invalid';
  if (created > seconds + SKEW_SECONDS || expires < seconds - SKEW_SECONDS) return 'window_invalid';
  return COVERED.every((name) => components.includes(name)) ? undefined : 'components_incomplete';
}

const CURVES: Readonly<Record<SigningAlgorithm, string>> = { ed25519: 'Ed25519', 'ecdsa-p256-sha256': 'P-256' };

function keyFault(key: PublicJwk | undefined, { alg, keyid }: Complete, { revoked, revocation_stale, nonces }: Trust): SignatureFault | undefined {
  if (key === undefined) return 'key_unknown';
  const fits = key.use === 'sig' && key.key_ops.includes('verify') && KEY_PURPOSES.includes(key.adcp_use) && key.crv === CURVES[alg as SigningAlgorithm];
  if (!fits) return 'key_purpose_invalid';
  if (revocation_stale) return 'revocation_stale';
  if (revoked?.has(keyid)) return 'key_revoked';
  return nonces.full(keyid) ? 'rate_abuse' : undefined;
}

function signatureFault({ components, raw, alg }: Complete, signature: Buffer, jwk: PublicJwk, message: Parameters<typeof signatureBase>[0]): SignatureFault | undefined {
  const base = signatureBase(message, components, raw);
  if (base === undefined) return 'components_incomplete';
  const key = createPublicKey({ key: jwk as unknown as JsonWebKey, format: 'jwk' });
  return holds(base, signature, key, alg as SigningAlgorithm) ? undefined : 'invalid';
}

function holds(base: string, signature: Buffer, key: KeyObject, algorithm: SigningAlgorithm): boolean {
  return algorithm === 'ed25519'
    ? verify(null, Buffer.from(base), key, signature)
    : verify('sha256', Buffer.from(base), { key, dsaEncoding: 'ieee-p1363' }, signature);
}
