import { createCipheriv } from 'node:crypto';
import { expect, test } from 'vitest';
import { aesVault, SEALED, vaultKeyId } from './vault.ts';

const key = Buffer.alloc(32, 7);
const newer = Buffer.alloc(32, 9);

test('opens what it sealed, and seals the same secret differently each time', () => {
  const vault = aesVault(key);
  const sealed = vault.seal('a webhook secret of some length');
  expect(sealed).not.toContain('secret');
  expect(vault.seal('a webhook secret of some length')).not.toBe(sealed);
  expect(vault.open(sealed)).toBe('a webhook secret of some length');
});

test('names the key that it seals under, by nothing that tells of it', () => {
  expect(aesVault(key).seal('x')).toMatch(new RegExp(`^v2\\.${vaultKeyId(key)}\\.`));
  expect(key.toString('hex')).not.toContain(vaultKeyId(key));
});

test('opens what was sealed under an earlier key, and seals under the current one', () => {
  const sealed = aesVault(key).seal('x');
  const vault = aesVault(newer, key);
  expect([vault.open(sealed), vault.seal('x').split('.')[1]]).toEqual(['x', vaultKeyId(newer)]);
  expect(() => aesVault(newer).open(sealed)).toThrow(`sealed under the vault key ${vaultKeyId(key)}, which is not here`);
});

test('opens what was sealed before keys had names', () => {
  const iv = Buffer.alloc(12, 1);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const text = Buffer.concat([cipher.update('old', 'utf8'), cipher.final()]);
  const nameless = `v1.${Buffer.concat([iv, cipher.getAuthTag(), text]).toString('base64url')}`;
  expect([aesVault(key).open(nameless), aesVault(newer, key).open(nameless)]).toEqual(['old', 'old']);
  expect(() => aesVault(newer).open(nameless)).toThrow(/authenticate/);
});

test('refuses what was changed, what was cut, and what was never sealed', () => {
  const vault = aesVault(key);
  const sealed = vault.seal('a secret');
  const at = sealed.length - 3;
  expect(() => vault.open(`${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`)).toThrow(/authenticate/);
  expect(() => vault.open(sealed.slice(0, 30))).toThrow(/authentication tag/i);
  expect(() => vault.open('plain')).toThrow('not sealed by this vault');
});

test('sealed texts are found where they stand, whatever is around them', () => {
  const sealed = [aesVault(key).seal(''), aesVault(newer).seal('x')];
  const record = JSON.stringify({ a: sealed[0], b: { c: [sealed[1]] }, version: 'v1.2.3', v: 'v2.0' });
  expect([...record.matchAll(SEALED)].map(([text]) => text)).toEqual(sealed);
});
