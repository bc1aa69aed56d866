import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { checkContentDigest, contentDigest } from './content-digest.ts';
import type { SignedMessage } from './message.ts';
import { NonceStore } from './nonce-store.ts';
import { requestProfile, WEBHOOK_PROFILE } from './profile.ts';
import { type SignatureChoice, signedHeaders, type SigningKey, soundChoice } from './sign.ts';
import { parseDictionary } from './structured-field.ts';
import { type Trust, verifySignature } from './verify.ts';

const NOW = 1_800_000_000;
const pairs = {
  ed25519: generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  'ecdsa-p256-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
};
function keyFor(alg: keyof typeof pairs, more: object = {}): SigningKey {
  const { d, ...jwk } = pairs[alg];
  return { d: d!, jwk: { ...jwk, kid: 'k1', use: 'sig', key_ops: ['verify'], adcp_use: 'request-signing', ...more } };
}

const message: SignedMessage = {
  method: 'POST', url: 'https://buyer.example:443/hook', headers: { 'content-type': 'application/json' }, body: Buffer.from('{"a":1}'),
};
const trust = (key: SigningKey, more: Partial<Trust> = {}): Trust =>
  ({ keys: [key.jwk], revoked: new Set(), revocationStale: false, nonces: new NonceStore(), ...more });
const choice = (key: SigningKey, more: Partial<SignatureChoice> = {}): SignatureChoice =>
  ({ ...soundChoice(message, key, WEBHOOK_PROFILE, { nowSeconds: NOW, nonce: 'n'.repeat(22) }), ...more });
const signed = (key: SigningKey, more: Partial<SignatureChoice> = {}): SignedMessage =>
  ({ ...message, headers: signedHeaders(message, key, choice(key, more)) });

describe('a signature', () => {
  test.each(['ed25519', 'ecdsa-p256-sha256'] as const)('made with %s verifies, once', (alg) => {
    const key = keyFor(alg);
    const known = trust(key);
    expect(verifySignature(signed(key), WEBHOOK_PROFILE, known, NOW)).toEqual({ kind: 'verified', keyid: 'k1', label: 'sig1' });
    expect(verifySignature(signed(key), WEBHOOK_PROFILE, known, NOW)).toMatchObject({ fault: 'replayed' });
    expect(verifySignature(signed(key, { nonce: 'm'.repeat(22) }), WEBHOOK_PROFILE, known, NOW + 360)).toMatchObject({ kind: 'verified' });
  });

  const key = keyFor('ed25519');
  const { nonce: _, ...noNonce } = choice(key);
  const without = (...names: string[]) => choice(key).components.filter((each) => !names.includes(each));
  test.each([
    ['tag_invalid', signed(key, { tag: 'adcp/request-signing/v1' })],
    ['alg_not_allowed', signed(key, { alg: 'hmac-sha256' })],
    ['window_invalid', signed(key, { expires: NOW + 301 })], ['window_invalid', signed(key, { expires: NOW })],
    ['window_invalid', signed(key, { created: NOW - 400, expires: NOW - 61 })],
    ['window_invalid', signed(key, { created: NOW + 61, expires: NOW + 200 })],
    ['components_incomplete', signed(key, { components: without('@authority') })],
    ['components_incomplete', signed(key, { components: without('content-digest') })],
    ['components_incomplete', signed(key, { components: without('content-type') })],
    ['key_unknown', signed(key, { keyid: 'k2' })],
    ['params_incomplete', { ...message, headers: signedHeaders(message, key, noNonce) }],
    ['invalid', { ...signed(key), url: 'https://buyer.example/other' }],
    ['digest_mismatch', { ...signed(key), body: Buffer.from('{"a":2}') }],
    ['header_malformed', { ...signed(key), headers: { ...signed(key).headers, 'signature-input': 'sig1=("@method"' } }],
    ['header_malformed', { ...message, headers: { ...message.headers, signature: 'sig1=:AAAA:' } }],
    ['target_uri_malformed', { ...signed(key), url: 'https://:443/p' }],
  ] as const)('is refused with %s', (fault, bad) => {
    expect(verifySignature(bad, WEBHOOK_PROFILE, trust(key), NOW)).toMatchObject({ kind: 'refused', fault });
  });

  test('is refused for its key: another purpose, no use for verifying, another type, revoked, a stale list, too many nonces', () => {
    const fault = (known: Trust) => verifySignature(signed(key), WEBHOOK_PROFILE, known, NOW);
    expect(fault(trust(keyFor('ed25519', { adcp_use: 'governance-signing' })))).toMatchObject({ fault: 'key_purpose_invalid' });
    expect(fault(trust(keyFor('ed25519', { key_ops: ['sign'] })))).toMatchObject({ fault: 'key_purpose_invalid' });
    expect(fault(trust(keyFor('ed25519', { alg: 'ES256' })))).toMatchObject({ fault: 'key_purpose_invalid' });
    expect(fault(trust(key, { revoked: new Set(['k1']) }))).toMatchObject({ fault: 'key_revoked' });
    expect(fault(trust(key, { revocationStale: true }))).toMatchObject({ fault: 'revocation_stale' });
    const nonces = new NonceStore(1);
    nonces.add('k1', 'other', NOW + 10);
    expect(fault(trust(key, { nonces }))).toMatchObject({ fault: 'rate_abuse' });
    nonces.add('k1', 'other', NOW - 1);
    expect(fault(trust(key, { nonces }))).toMatchObject({ kind: 'verified' });
  });

  test('may not cover the digest where the receiver forbids it', () => {
    const request = signed(key, { tag: 'adcp/request-signing/v1' });
    expect(verifySignature(request, requestProfile('forbidden'), trust(key), NOW)).toMatchObject({ fault: 'components_unexpected' });
    expect(verifySignature(request, requestProfile('either'), trust(key), NOW)).toMatchObject({ kind: 'verified' });
  });

  test('that is missing is no fault of its own', () => {
    expect(verifySignature(message, WEBHOOK_PROFILE, trust(key), NOW)).toEqual({ kind: 'unsigned' });
  });

  test('cannot be made over what is not there', () => {
    expect(() => signedHeaders(message, key, choice(key, { components: ['x-missing'] }))).toThrow(RangeError);
  });
});

describe('fields', () => {
  test('a digest is read in either alphabet of Base64', () => {
    const body = Buffer.from('{"plan_id":"plan_001"}');
    expect(checkContentDigest(contentDigest(body), body)).toBe('matches');
    expect(checkContentDigest(`sha-256=:${Buffer.from('x').toString('base64')}:`, body)).toBe('differs');
    expect(checkContentDigest('sha-512=:AAAA:', body)).toBe('malformed');
  });

  test.each([
    'a=1, a=2', 'a=(1 2', 'a=("x""y")', 'a="x', 'a=:AB-/:', 'a=1,', '=1', 'a=1 b=2', 'a="\u00e9"', 'a=1;b=2;b=3', 'A=1', 'a=1.5.2',
  ])('%s is no dictionary', (text) => {
    expect(parseDictionary(text)).toBeUndefined();
  });

  test('a dictionary keeps the text of a list, for that is what is signed', () => {
    const list = parseDictionary('x, sig1=("a"  "b");created=1;flag , y=?0')?.get('sig1');
    expect(list).toMatchObject({ kind: 'list', text: '("a"  "b");created=1;flag', items: [{ bare: { value: 'a' } }, { bare: { value: 'b' } }] });
  });
});
