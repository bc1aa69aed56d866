/** AES-256-GCM under one key: what a store holds of buyers' credentials is unreadable without it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Vault } from '../domain/ports/vault.ts';

const PREFIX = 'v1.';

/** @param key 32 bytes */
export function aesVault(key: Buffer): Vault {
  if (key.length !== 32) throw new RangeError('a vault key has 32 bytes');
  return {
    seal(secret) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return PREFIX + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(text) {
      if (!text.startsWith(PREFIX)) throw new Error('not sealed by this vault');
      const bytes = Buffer.from(text.slice(PREFIX.length), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
