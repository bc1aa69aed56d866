import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { madeOnce } from './made-once.ts';

/** The key under which buyers' credentials are sealed: kept beside the store, readable by its owner only, made when there is none. */
export function vaultKey(folder: string): Buffer {
  const file = join(folder, 'vault.key');
  const key = Buffer.from(madeOnce(file, () => randomBytes(32).toString('base64')), 'base64');
  if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes; restore it from a backup`);
  return key;
}
