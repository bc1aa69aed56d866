import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../../../test/support/official-schemas.ts';
import { signingKey, type PublicJwk } from './keys.ts';
import { requestProfile, WEBHOOK_PROFILE, type DigestPolicy, type SignatureProfile } from './profile.ts';
import { signatureOver } from './sign.ts';
import { signatureBase } from './signature-base.ts';
import { signatureBytes, signatureInput } from './signature-input.ts';
import { targetOf } from './target-uri.ts';
import { verifySignature, type Nonces, type Received, type Trust } from './verify.ts';

type TestKey = PublicJwk & { readonly _private_d_for_test_only: string };

interface Vector {
  readonly reference_now: number;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly verifier_capability?: { readonly covers_content_digest: DigestPolicy };
  readonly jwks_ref?: readonly string[];
  /** By name of the key, or a set of keys in the place of all. */
  readonly jwks_override?: Readonly<Record<string, PublicJwk>> | { readonly keys: readonly PublicJwk[] };
  readonly expected_signature_base?: string;
  readonly expected_outcome: { readonly error_code?: string };
  readonly test_harness_state?: {
    readonly replay_cache_entries?: readonly { readonly keyid: string; readonly nonce: string }[];
    readonly per_keyid_cap_filled_for?: string;
    readonly replay_cache_per_keyid_cap_hit?: { readonly keyid: string };
    readonly revoked_kids?: readonly string[];
    readonly revocation_list?: { readonly revoked_kids: readonly string[] };
    readonly revocation_list_stale_seconds?: number;
  };
}

const there = hasOfficial('that signatures come out as AdCP\'s own vectors say');

const received = ({ request }: Vector) => ({
  ...request, headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
}) satisfies Received;

function trustOf({ jwks_ref = [], jwks_override = {}, test_harness_state: state = {}, reference_now }: Vector, published: readonly PublicJwk[]): Trust {
  const seen = new Set((state.replay_cache_entries ?? []).map(({ keyid, nonce }) => `${keyid} ${nonce}`));
  const full = state.per_keyid_cap_filled_for ?? state.replay_cache_per_keyid_cap_hit?.keyid;
  const nonces: Nonces = {
    seen: (keyid, nonce) => seen.has(`${keyid} ${nonce}`),
    full: (keyid) => full === keyid,
    remember: (keyid, nonce) => void seen.add(`${keyid} ${nonce}`),
  };
  const own = published.filter(({ kid }) => jwks_ref.includes(kid)).map((key) => (jwks_override as Record<string, PublicJwk>)[key.kid] ?? key);
  return {
    keys: 'keys' in jwks_override ? (jwks_override.keys as readonly PublicJwk[]) : own, nonces, now: new Date(reference_now * 1000),
    revoked: new Set(state.revoked_kids ?? state.revocation_list?.revoked_kids), revocation_stale: state.revocation_list_stale_seconds !== undefined,
  };
}

describe.runIf(there).each([
  ['webhook-signing', () => WEBHOOK_PROFILE, { positive: 8, negative: 21 }],
  ['request-signing', ({ verifier_capability }: Vector) => requestProfile(verifier_capability!.covers_content_digest), { positive: 12, negative: 28 }],
] as const)('AdCP\'s vectors of %s', (name, profileOf: (vector: Vector) => SignatureProfile, count) => {
  const folder = join(OFFICIAL_STORYBOARDS, 'test-vectors', name);
  const read = <Content>(...path: readonly string[]): Content => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as Content;
  const vectors = (side: string) => (there ? readdirSync(join(folder, side)).map((file) => [file, read<Vector>(side, file)] as const) : []);
  const keys = there ? read<{ keys: readonly TestKey[] }>('keys.json').keys : [];

  test('are all there', () => {
    expect({ positive: vectors('positive').length, negative: vectors('negative').length }).toEqual(count);
  });

  test.each(vectors('positive'))('%s is verified once, and refused as a replay after that', (_file, vector) => {
    const trust = trustOf(vector, keys);
    const profile = profileOf(vector);
    expect(verifySignature(received(vector), profile, trust)).toEqual({ kind: 'verified', keyid: vector.jwks_ref![0] });
    expect(verifySignature(received(vector), profile, trust)).toEqual({ kind: 'refused', code: `${profile.prefix}replayed` });
  });

  test.each(vectors('negative'))('%s is refused with the code that it names', (_file, vector) => {
    expect(verifySignature(received(vector), profileOf(vector), trustOf(vector, keys))).toEqual({ kind: 'refused', code: vector.expected_outcome.error_code });
  });

  const baseOf = (vector: Vector) => {
    const { method, url, headers } = received(vector);
    const { components, raw } = signatureInput(headers['signature-input']!, 'sig1')!;
    return signatureBase({ method, target: targetOf(url), headers }, components, raw)!;
  };

  test.each(vectors('positive').filter(([, vector]) => vector.expected_signature_base !== undefined))('%s gives the base that it expects', (_file, vector) => {
    expect(baseOf(vector)).toBe(vector.expected_signature_base);
  });

  test('an Ed25519 key signs each base to the bytes of its vector', () => {
    const signed = vectors('positive').flatMap(([, vector]) => {
      const { headers } = received(vector);
      const { kty, crv, x, y, kid, _private_d_for_test_only: d } = keys.find((key) => key.kid === vector.jwks_ref![0])!;
      const key = signingKey({ kty, crv, x, ...(y === undefined ? {} : { y }), d, kid });
      return key.algorithm === 'ed25519' ? [{ ours: signatureOver(baseOf(vector), key.private_key, key.algorithm), theirs: signatureBytes(headers['signature']!, 'sig1') }] : [];
    });
    expect(signed.length).toBeGreaterThan(0);
    for (const { ours, theirs } of signed) expect(ours).toEqual(theirs);
  });
});
