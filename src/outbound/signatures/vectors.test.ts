import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../../../test/support/official-schemas.ts';
import { signingKey, type PublicJwk } from './keys.ts';
import { COVERED } from './profile.ts';
import { signatureOver } from './sign.ts';
import { signatureBase } from './signature-base.ts';
import { signatureBytes, signatureInput } from './signature-input.ts';
import { targetOf } from './target-uri.ts';
import { verifyWebhook, type Nonces, type Received, type Trust } from './verify.ts';

type TestKey = PublicJwk & { readonly _private_d_for_test_only: string };

interface Vector {
  readonly reference_now: number;
  readonly request: { readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string };
  readonly jwks_ref?: readonly string[];
  readonly jwks_override?: Readonly<Record<string, PublicJwk>>;
  readonly expected_signature_base: string;
  readonly expected_outcome: { readonly error_code?: string };
  readonly test_harness_state?: {
    readonly replay_cache_entries?: readonly { readonly keyid: string; readonly nonce: string }[];
    readonly per_keyid_cap_filled_for?: string;
    readonly revoked_kids?: readonly string[];
    readonly revocation_list_stale_seconds?: number;
  };
}

const FOLDER = join(OFFICIAL_STORYBOARDS, 'test-vectors', 'webhook-signing');
const there = hasOfficial('that webhook signatures come out as AdCP\'s own vectors say');
const read = <Content>(...path: readonly string[]): Content => JSON.parse(readFileSync(join(FOLDER, ...path), 'utf8')) as Content;
const vectors = (folder: string) => (there ? readdirSync(join(FOLDER, folder)).map((file) => [file, read<Vector>(folder, file)] as const) : []);
const KEYS = there ? read<{ keys: readonly TestKey[] }>('keys.json').keys : [];

const received = ({ request }: Vector) => ({
  ...request, headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
}) satisfies Received;

function trustOf({ jwks_ref = [], jwks_override = {}, test_harness_state: state = {}, reference_now }: Vector): Trust {
  const seen = new Set((state.replay_cache_entries ?? []).map(({ keyid, nonce }) => `${keyid} ${nonce}`));
  const nonces: Nonces = {
    seen: (keyid, nonce) => seen.has(`${keyid} ${nonce}`),
    full: (keyid) => state.per_keyid_cap_filled_for === keyid,
    remember: (keyid, nonce) => void seen.add(`${keyid} ${nonce}`),
  };
  return {
    keys: KEYS.filter(({ kid }) => jwks_ref.includes(kid)).map((key) => jwks_override[key.kid] ?? key), nonces, now: new Date(reference_now * 1000),
    revoked: new Set(state.revoked_kids), revocation_stale: state.revocation_list_stale_seconds !== undefined,
  };
}

describe.runIf(there)('AdCP\'s webhook-signing vectors', () => {
  test.each(vectors('positive'))('%s is verified once, and refused as a replay after that', (_file, vector) => {
    const trust = trustOf(vector);
    expect(verifyWebhook(received(vector), trust)).toEqual({ kind: 'verified', keyid: vector.jwks_ref![0] });
    expect(verifyWebhook(received(vector), trust)).toEqual({ kind: 'refused', code: 'webhook_signature_replayed' });
  });

  test.each(vectors('negative'))('%s is refused with the code that it names', (_file, vector) => {
    expect(verifyWebhook(received(vector), trustOf(vector))).toEqual({ kind: 'refused', code: vector.expected_outcome.error_code });
  });

  const baseOf = (vector: Vector) => {
    const { method, url, headers } = received(vector);
    return signatureBase({ method, target: targetOf(url), headers }, COVERED, signatureInput(headers['signature-input']!, 'sig1')!.raw)!;
  };

  test.each(vectors('positive'))('%s gives the base that it expects', (_file, vector) => {
    expect(baseOf(vector)).toBe(vector.expected_signature_base);
  });

  test('an Ed25519 key signs each base to the bytes of its vector', () => {
    const signed = vectors('positive').flatMap(([, vector]) => {
      const { headers } = received(vector);
      const { kty, crv, x, y, kid, _private_d_for_test_only: d } = KEYS.find((key) => key.kid === vector.jwks_ref![0])!;
      const key = signingKey({ kty, crv, x, ...(y === undefined ? {} : { y }), d, kid });
      return key.algorithm === 'ed25519' ? [{ ours: signatureOver(baseOf(vector), key.private_key, key.algorithm), theirs: signatureBytes(headers['signature']!, 'sig1') }] : [];
    });
    expect(signed.length).toBeGreaterThan(0);
    for (const { ours, theirs } of signed) expect(ours).toEqual(theirs);
  });
});
