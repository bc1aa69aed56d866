/** AES-256-GCM: what a store holds of buyers' credentials is unreadable without the key. What is sealed names its key, so that keys can be changed. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { Vault } from '../domain/ports/vault.ts';

const CURRENT = 'v2.';
/** Sealed before keys had names: under whichever key opens it. */
const NAMELESS = 'v1.';
export const KEY_BYTES = 32;

/** Tells keys apart, and says nothing of them: they are random. */
export const vaultKeyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** All sealed texts in a text; a key's name in the first group, where there is one. */
export const SEALED = /\bv(?:1|2\.([0-9a-f]{12}))\.[\w-]{38,}/g;

/**
 * @param current 32 bytes, under which secrets are sealed
 * @param earlier open what was sealed under them
 */
export function aesVault(current: Buffer, ...earlier: readonly Buffer[]): Vault {
  const keys = new Map([current, ...earlier].map((key) => {
    if (key.length !== KEY_BYTES) throw new RangeError(`a vault key has ${KEY_BYTES} bytes`);
    return [vaultKeyId(key), key];
  }));
  const prefix = `${CURRENT}${vaultKeyId(current)}.`;
  return {
    seal(secret) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', current, iv);
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return prefix + Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
    },
    open(text) {
      if (text.startsWith(NAMELESS)) return openedByAny([...keys.values()], Buffer.from(text.slice(NAMELESS.length), 'base64url'));
      const [, key_id, bytes] = /^v2\.([0-9a-f]{12})\.([\w-]+)$/.exec(text) ?? [];
      if (key_id === undefined) throw new Error('not sealed by this vault');
      const key = keys.get(key_id);
      if (key === undefined) throw new Error(`sealed under the vault key ${key_id}, which is not here`);
      return opened(key, Buffer.from(bytes!, 'base64url'));
    },
  };
}

/** @throws Error when the text was changed, or sealed under another key */
function opened(key: Buffer, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
}

function openedByAny(keys: readonly Buffer[], bytes: Buffer): string {
  let fault: unknown;
  for (const key of keys) {
    try {
      return opened(key, bytes);
    } catch (error) {
      fault = error;
    }
  }
  throw fault;
}
