/**
 * AdCP's verifier checklist for signed requests and webhooks. The order of the steps is part of it: what is cheap comes before the
 * cryptography, so that nobody can make a verifier work for nothing.
 */
import { checkContentDigest } from './content-digest.ts';
import { algorithmOf, isAlgorithm, type Jwk, servesPurpose, verifies } from './jwk.ts';
import type { SignedMessage } from './message.ts';
import type { NonceStore } from './nonce-store.ts';
import { CLOCK_SKEW_SECONDS, MAX_WINDOW_SECONDS, type SignatureProfile } from './profile.ts';
import { signatureBase } from './signature-base.ts';
import { readSignature, type SignatureFields, type SignatureParameters } from './signature-fields.ts';
import { parseDictionary } from './structured-field.ts';
import { canonicalTarget, type SignedTarget } from './target-uri.ts';

export interface Trust {
  /** The keys that the signer publishes. */
  readonly keys: readonly Jwk[];
  readonly revoked: ReadonlySet<string>;
  /** The list of revoked keys is too old to be relied on. */
  readonly revocationStale: boolean;
  readonly nonces: NonceStore;
}

export type SignatureFault =
  | 'header_malformed' | 'params_incomplete' | 'tag_invalid' | 'alg_not_allowed' | 'window_invalid' | 'components_incomplete'
  | 'components_unexpected' | 'key_unknown' | 'key_purpose_invalid' | 'key_revoked' | 'revocation_stale' | 'rate_abuse' | 'invalid'
  | 'digest_mismatch' | 'replayed' | 'target_uri_malformed';

export type Verification =
  | { readonly kind: 'verified'; readonly keyid: string; readonly label: string }
  /** Whether that is allowed is the caller's policy. */
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'refused'; readonly fault: SignatureFault; readonly detail: string };

const REQUIRED_COMPONENTS = ['@method', '@target-uri', '@authority'];
const DIGEST = 'content-digest';

/** Verifies a message at a time (seconds since 1970), and remembers the nonce of one that is good. */
export function verifySignature(message: SignedMessage, profile: SignatureProfile, trust: Trust, nowSeconds: number): Verification {
  const read = readSignature(message);
  if (read.kind === 'unsigned') return read;
  if (read.kind === 'malformed') return refused('header_malformed', read.problem);
  const { fields } = read;
  const target = canonicalTarget(message.url);
  const early = malformedMessage(message, fields) ?? badParameters(fields.parameters, profile, nowSeconds)
    ?? badComponents(fields.components, profile, message);
  if (early !== undefined) return early;
  if (target === undefined) return refused('target_uri_malformed', 'the address has no host, or an IPv6 host that cannot be read');
  const { keyid = '', nonce = '', expires = 0 } = fields.parameters;
  const found = usableKey(fields.parameters, profile, trust, nowSeconds);
  if (found.kind === 'refused') return found;
  const late = badCryptography(message, target, fields, found.key);
  if (late !== undefined) return late;
  if (trust.nonces.has(keyid, nonce)) return refused('replayed', `the nonce ${nonce} of key ${keyid} was seen before`);
  trust.nonces.add(keyid, nonce, expires + CLOCK_SKEW_SECONDS);
  return { kind: 'verified', keyid, label: fields.label };
}

/** The code by which AdCP names a fault. */
export function faultCode(profile: SignatureProfile, fault: SignatureFault | 'required'): string {
  return fault === 'target_uri_malformed' ? `${profile.prefix.replace('signature_', '')}${fault}` : `${profile.prefix}${fault}`;
}

function malformedMessage({ url, headers }: SignedMessage, { components }: SignatureFields): Verification | undefined {
  if (/[^\x21-\x7e]/.test(url)) return refused('header_malformed', 'the address is not in ASCII');
  const type = headers['content-type'];
  if (components.includes('content-type') && type !== undefined && /,/.test(type.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')))
    return refused('header_malformed', 'content-type is covered and has several values');
  if (components.includes(DIGEST) && headers[DIGEST] !== undefined && parseDictionary(headers[DIGEST]) === undefined)
    return refused('header_malformed', 'content-digest cannot be read, or names a digest twice');
  return undefined;
}

function badParameters(parameters: SignatureParameters, profile: SignatureProfile, nowSeconds: number): Verification | undefined {
  const { created, expires, nonce, keyid, alg, tag } = parameters;
  const missing = Object.entries({ created, expires, nonce, keyid, alg, tag }).find(([, value]) => value === undefined || value === '');
  if (missing !== undefined) return refused('params_incomplete', `the parameter ${missing[0]} is missing`);
  if (tag !== profile.tag) return refused('tag_invalid', `the tag is ${JSON.stringify(tag)}, not ${profile.tag}`);
  if (!isAlgorithm(alg!)) return refused('alg_not_allowed', `the algorithm ${JSON.stringify(alg)} is not allowed`);
  const [from, until] = [created!, expires!];
  if (until <= from) return refused('window_invalid', 'it expires before it was created');
  if (until - from > MAX_WINDOW_SECONDS) return refused('window_invalid', `it is valid for ${until - from} s, more than ${MAX_WINDOW_SECONDS}`);
  if (nowSeconds > until + CLOCK_SKEW_SECONDS) return refused('window_invalid', `it expired ${Math.round(nowSeconds - until)} s ago`);
  return from > nowSeconds + CLOCK_SKEW_SECONDS ? refused('window_invalid', 'it was created in the future') : undefined;
}

function badComponents(components: readonly string[], profile: SignatureProfile, message: SignedMessage): Verification | undefined {
  const needed = [
    ...REQUIRED_COMPONENTS, ...(message.body.length > 0 ? ['content-type'] : []), ...(profile.digest === 'required' ? [DIGEST] : []),
  ];
  const missing = needed.find((each) => !components.includes(each));
  if (missing !== undefined) return refused('components_incomplete', `${missing} is not covered`);
  return profile.digest === 'forbidden' && components.includes(DIGEST)
    ? refused('components_unexpected', 'content-digest is covered, which this receiver forbids')
    : undefined;
}

type FoundKey = { readonly kind: 'key'; readonly key: Jwk } | Extract<Verification, { kind: 'refused' }>;

function usableKey({ keyid = '', alg }: SignatureParameters, profile: SignatureProfile, trust: Trust, nowSeconds: number): FoundKey {
  const key = trust.keys.find(({ kid }) => kid === keyid);
  if (key === undefined) return refused('key_unknown', `the key ${JSON.stringify(keyid)} is not published`);
  if (!servesPurpose(key, profile.purposes))
    return refused('key_purpose_invalid', `the key is not published for verifying ${profile.purposes.join(' or ')}`);
  if (algorithmOf(key) !== alg) return refused('key_purpose_invalid', `the key's type, curve and alg do not make an ${alg} key`);
  if (trust.revocationStale) return refused('revocation_stale', 'the list of revoked keys is out of date');
  if (trust.revoked.has(keyid)) return refused('key_revoked', `the key ${keyid} is revoked`);
  return trust.nonces.isFull(keyid, nowSeconds) ? refused('rate_abuse', `the key ${keyid} signed too often`) : { kind: 'key', key };
}

function badCryptography(message: SignedMessage, target: SignedTarget, fields: SignatureFields, key: Jwk): Verification | undefined {
  const base = signatureBase(message, target, fields.components, fields.parametersText);
  if (base === undefined) return refused('components_incomplete', 'a covered component is missing from the message');
  if (!verifies(key, base, fields.signature)) return refused('invalid', 'the signature does not fit the message and the key');
  if (!fields.components.includes(DIGEST)) return undefined;
  return checkContentDigest(message.headers[DIGEST]!, message.body) === 'matches'
    ? undefined
    : refused('digest_mismatch', 'content-digest is not the SHA-256 of the body');
}

function refused(fault: SignatureFault, detail: string): Extract<Verification, { kind: 'refused' }> {
  return { kind: 'refused', fault, detail };
}
