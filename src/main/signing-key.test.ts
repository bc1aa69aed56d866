import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { newPrivateJwk } from '../protocol/signatures/keys.ts';
import { signingKeys } from './signing-key.ts';

function folder() {
  const data = mkdtempSync(join(tmpdir(), 'adwright-keys-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

test('a key is made once, and is for its owner only', () => {
  const data = folder();
  const { current } = signingKeys(data, 'ed25519');
  expect(signingKeys(data, 'ed25519').current.kid).toBe(current.kid);
  const [file] = readdirSync(join(data, 'signing-keys'));
  expect(statSync(join(data, 'signing-keys', file!)).mode & 0o077).toBe(0);
});

test('another algorithm signs with another key, and receivers learn both', () => {
  const data = folder();
  const before = signingKeys(data, 'ed25519').current;
  const { current, known } = signingKeys(data, 'ecdsa-p256-sha256');
  expect(current.algorithm).toBe('ecdsa-p256-sha256');
  expect(known.map(({ kid }) => kid).toSorted()).toEqual([before.kid, current.kid].toSorted());
});

test('a key that is put beside the others is published before it is used', () => {
  const data = folder();
  const { current } = signingKeys(data, 'ed25519');
  writeFileSync(join(data, 'signing-keys', 'next.jwk'), JSON.stringify({ ...newPrivateJwk('ed25519'), kid: 'next' }));
  const again = signingKeys(data, 'ed25519');
  expect([again.current.kid, again.known.map(({ kid }) => kid)]).toEqual([current.kid, expect.arrayContaining(['next', current.kid])]);
});

test('a file that holds no key is named', () => {
  const data = folder();
  signingKeys(data, 'ed25519');
  writeFileSync(join(data, 'signing-keys', 'next.jwk'), '{}');
  expect(() => signingKeys(data, 'ed25519')).toThrow(/next\.jwk does not hold a signing key/);
});
