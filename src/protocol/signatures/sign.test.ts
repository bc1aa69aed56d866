import { describe, expect, test } from 'vitest';
import { newPrivateJwk, signingKey } from './keys.ts';
import { ALGORITHMS, WEBHOOK_PROFILE } from './profile.ts';
import { signedHeaders } from './sign.ts';
import { verifySignature, type Nonces, type Received, type Trust } from './verify.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const fresh: Nonces = { seen: () => false, full: () => false, remember: () => {} };
const CALL = { url: 'https://Buyer.example:443/hooks/a%2fb?x=1&&y', body: '{"note":"über"}' };

describe.each(ALGORITHMS)('a webhook signed with %s', (algorithm) => {
  const key = signingKey(newPrivateJwk(algorithm));
  const received = (change: Partial<Received> = {}): Received => ({ method: 'POST', ...CALL, headers: signedHeaders(CALL, key, NOW), ...change });
  const verdict = (request: Received, trust: Partial<Trust> = {}) => verifySignature(request, WEBHOOK_PROFILE, { keys: [key.jwk], nonces: fresh, now: NOW, ...trust });

  test('is verified with the published half of the key', () => {
    expect(verdict(received())).toEqual({ kind: 'verified', keyid: key.kid });
    expect(Object.keys(key.jwk)).not.toContain('d');
  });

  test.each([
    ['another body', { body: '{"note":"unter"}' }, 'digest_mismatch'],
    ['another address', { url: 'https://buyer.example/hooks/other' }, 'invalid'],
    ['another method', { method: 'PUT' }, 'invalid'],
    ['another content type', { headers: { ...signedHeaders(CALL, key, NOW), 'content-type': 'text/plain' } }, 'invalid'],
  ])('does not vouch for %s', (_what, change, fault) => {
    expect(verdict(received(change))).toEqual({ kind: 'refused', code: `webhook_signature_${fault}` });
  });

  test('is no longer valid after five minutes and the skew of clocks', () => {
    const after = (seconds: number) => ({ now: new Date(NOW.getTime() + seconds * 1000) });
    expect(verdict(received(), after(359)).kind).toBe('verified');
    expect(verdict(received(), after(361))).toEqual({ kind: 'refused', code: 'webhook_signature_window_invalid' });
  });

  test('has a nonce of its own each time', () => {
    const [first, second] = [signedHeaders(CALL, key, NOW), signedHeaders(CALL, key, NOW)];
    expect(first['signature-input']).not.toBe(second['signature-input']);
    expect(first['content-digest']).toBe(second['content-digest']);
  });
});

test('a key keeps its name, or is named by its thumbprint', () => {
  const jwk = newPrivateJwk('ed25519');
  expect(signingKey(jwk).kid).toBe(signingKey(jwk).kid);
  expect(signingKey(jwk).kid).toMatch(/^[\w-]{43}$/);
  expect(signingKey({ ...jwk, kid: 'spring' }).jwk.kid).toBe('spring');
});

test('a key of another kind is refused', () => {
  expect(() => signingKey({ kty: 'OKP', crv: 'X25519', x: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo', d: 'dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo' }))
    .toThrow('a signing key is Ed25519 or P-256, not X25519');
});
