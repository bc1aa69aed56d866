import { describe, expect, test } from 'vitest';
import { hasOfficial } from '../../../test/support/official-schemas.ts';
import { vectorFile, vectorFolder } from '../../../test/support/official-vectors.ts';
import { requiresSignature, type SigningCapability } from '../request-signing/requirement.ts';
import type { Jwk } from './jwk.ts';
import type { SignedMessage } from './message.ts';
import { NonceStore } from './nonce-store.ts';
import { requestProfile, type SignatureProfile, WEBHOOK_PROFILE } from './profile.ts';
import { signedHeaders } from './sign.ts';
import { signatureBase } from './signature-base.ts';
import { readSignature } from './signature-fields.ts';
import { canonicalTarget } from './target-uri.ts';
import { faultCode, verifySignature } from './verify.ts';

interface Vector {
  readonly reference_now: number;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Record<string, string>; readonly body: string };
  readonly jwks_ref?: readonly string[];
  readonly jwks_override?: { readonly keys: readonly Jwk[] } | Readonly<Record<string, Jwk>>;
  readonly verifier_capability?: SigningCapability;
  readonly expected_signature_base?: string;
  readonly expected_outcome: { readonly success: boolean; readonly error_code?: string };
  readonly test_harness_state?: {
    readonly replay_cache_entries?: readonly { readonly keyid: string; readonly nonce: string }[];
    readonly replay_cache_per_keyid_cap_hit?: { readonly keyid: string };
    readonly per_keyid_cap_filled_for?: string;
    readonly revocation_list?: { readonly revoked_kids?: readonly string[] };
    readonly revoked_kids?: readonly string[];
    readonly revocation_list_stale_seconds?: number;
  };
}

const messageOf = ({ request }: Vector): SignedMessage => ({
  method: request.method, url: request.url, body: Buffer.from(request.body),
  headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
});

function keysFor(vector: Vector, published: readonly Jwk[]): readonly Jwk[] {
  const { jwks_override: override, jwks_ref: refs = [] } = vector;
  if (override !== undefined) return 'keys' in override && Array.isArray(override.keys) ? override.keys : Object.values(override) as Jwk[];
  return published.filter(({ kid }) => refs.includes(String(kid)));
}

/** What the judge's verifier makes of a vector: `verified`, or the code of the refusal. */
function outcomeOf(vector: Vector, published: readonly Jwk[], profile: SignatureProfile): string {
  const state = vector.test_harness_state ?? {};
  const filled = state.replay_cache_per_keyid_cap_hit?.keyid ?? state.per_keyid_cap_filled_for;
  const nonces = new NonceStore(filled === undefined ? undefined : 1);
  const until = vector.reference_now + 300;
  for (const { keyid, nonce } of state.replay_cache_entries ?? []) nonces.add(keyid, nonce, until);
  if (filled !== undefined) nonces.add(filled, 'an-earlier-nonce', until);
  const trust = {
    keys: keysFor(vector, published), nonces, revocationStale: (state.revocation_list_stale_seconds ?? 0) > 0,
    revoked: new Set([...(state.revoked_kids ?? []), ...(state.revocation_list?.revoked_kids ?? [])]),
  };
  const message = messageOf(vector);
  const result = verifySignature(message, profile, trust, vector.reference_now);
  if (result.kind === 'refused') return faultCode(profile, result.fault);
  const needed = vector.verifier_capability !== undefined && requiresSignature(message, vector.verifier_capability);
  return result.kind === 'unsigned' && needed ? faultCode(profile, 'required') : result.kind;
}

const expected = ({ expected_outcome: outcome }: Vector): string => (outcome.success ? 'verified' : outcome.error_code!);
const official = hasOfficial('that the judge\'s verifier decides AdCP\'s signature vectors as they say');

describe.runIf(official)('official vectors of signatures', () => {
  const folders = official ? ['request-signing', 'webhook-signing'] as const : [];
  describe.each(folders)('%s', (folder) => {
    const published = vectorFile<{ keys: readonly Jwk[] }>(`${folder}/keys.json`).keys;
    const vectors = [...vectorFolder<Vector>(`${folder}/positive`), ...vectorFolder<Vector>(`${folder}/negative`)];
    const profileOf = (vector: Vector): SignatureProfile =>
      (folder === 'webhook-signing' ? WEBHOOK_PROFILE : requestProfile(vector.verifier_capability?.covers_content_digest ?? 'either'));

    test('are all there', () => {
      expect(vectors.length).toBe(folder === 'webhook-signing' ? 29 : 40);
    });

    test.each(vectors)('%s', (_name, vector) => {
      expect(outcomeOf(vector, published, profileOf(vector))).toBe(expected(vector));
    });

    const withBase = vectors.filter(([, { expected_signature_base: base, expected_outcome: outcome }]) => base !== undefined && outcome.success);

    test.each(withBase)('%s: the text that is signed is the official one', (_name, vector) => {
      const read = readSignature(messageOf(vector));
      if (read.kind !== 'fields') throw new Error('unreadable');
      const target = canonicalTarget(vector.request.url)!;
      expect(signatureBase(messageOf(vector), target, read.fields.components, read.fields.parametersText)).toBe(vector.expected_signature_base);
    });

    test.each(withBase)('%s: what the judge signs, it verifies; with Ed25519 the bytes are the official ones', (_name, vector) => {
      const read = readSignature(messageOf(vector));
      if (read.kind !== 'fields') throw new Error('unreadable');
      const { components, parameters } = read.fields;
      const jwk = published.find(({ kid }) => kid === parameters.keyid)!;
      const { signature: _, 'signature-input': __, ...headers } = messageOf(vector).headers;
      const { created, expires, nonce, keyid, alg, tag } = parameters as Required<typeof parameters>;
      const signed = signedHeaders({ ...messageOf(vector), headers }, { jwk, d: String(jwk['_private_d_for_test_only']) },
        { components, created, expires, nonce, keyid, alg, tag });
      const again = readSignature({ ...messageOf(vector), headers: signed });
      if (again.kind !== 'fields') throw new Error('unreadable');
      const same = Buffer.from(again.fields.signature).equals(read.fields.signature);
      expect(same).toBe(alg === 'ed25519');
      const request = { ...vector.request, headers: signed };
      expect(outcomeOf({ ...vector, request }, published, profileOf(vector))).toBe('verified');
    });
  });

  interface Case {
    readonly name: string;
    readonly input_url: string;
    readonly expected_target_uri?: string;
    readonly expected_authority?: string;
    readonly reject?: boolean;
    readonly expected_error_code?: string;
  }
  const cases = official ? vectorFile<{ cases: readonly Case[] }>('request-signing/canonicalization.json').cases : [];

  test.each(cases)('canonical address: $name', ({ input_url: url, expected_target_uri: uri, expected_authority: authority, ...rest }) => {
    const { reject, expected_error_code: code } = rest;
    expect(canonicalTarget(url)).toEqual(reject === true ? undefined : { uri, authority });
    expect(code).toBe(reject === true ? faultCode(requestProfile('either'), 'target_uri_malformed') : undefined);
  });
});
