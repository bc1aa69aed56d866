import { expect, test } from 'vitest';
import { aesVault } from './vault.ts';

const key = Buffer.alloc(32, 7);

test('opens what it sealed, and seals the same secret differently each time', () => {
  const vault = aesVault(key);
  const sealed = vault.seal('a webhook secret of some length');
  expect(sealed).not.toContain('secret');
  expect(vault.seal('a webhook secret of some length')).not.toBe(sealed);
  expect(vault.open(sealed)).toBe('a webhook secret of some length');
});

test('refuses what another key sealed, or what was changed', () => {
  const sealed = aesVault(key).seal('x');
  expect(() => aesVault(Buffer.alloc(32, 8)).open(sealed)).toThrow(/authenticate/);
  expect(() => aesVault(key).open('plain')).toThrow('not sealed by this vault');
});
