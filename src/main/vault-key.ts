/** The keys under which buyers' credentials are sealed: out of the environment, or out of a file beside the store. */
import { randomBytes } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/yaml-file.ts';
import { KEY_BYTES } from '../outbound/vault.ts';
import { madeOnce } from './made-once.ts';

export interface VaultKeys {
  /** What is sealed from now on is sealed under it. */
  readonly current: Buffer;
  /** They open what was sealed before. */
  readonly earlier: readonly Buffer[];
  readonly from: 'environment' | 'file';
}

const fileOf = (folder: string): string => join(folder, 'vault.key');

/**
 * What the environment gives, keys in base64 with commas between them, the current one first; else the file `vault.key`, a key a line,
 * readable by its owner only, made when there is none.
 * @throws ConfigError; its message never holds a key
 */
export function vaultKeys({ data: folder, vault_key: given }: Pick<Config, 'data' | 'vault_key'>): VaultKeys {
  if (given !== undefined) return { ...read(given.split(','), 'ADWRIGHT_VAULT_KEY'), from: 'environment' };
  const file = fileOf(folder);
  const kept = madeOnce(file, () => newKey().toString('base64'));
  return { ...read(kept.split('\n').filter((line) => line.trim() !== ''), file), from: 'file' };
}

export const newKey = (): Buffer => randomBytes(KEY_BYTES);

/** Puts keys in the place of those in the file, all at once. */
export function keepVaultKeys(folder: string, { current, earlier }: Pick<VaultKeys, 'current' | 'earlier'>): void {
  const file = fileOf(folder);
  writeFileSync(`${file}.new`, `${[current, ...earlier].map((key) => key.toString('base64')).join('\n')}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function read(texts: readonly string[], where: string): Pick<VaultKeys, 'current' | 'earlier'> {
  const [current, ...earlier] = texts.map((text, at) => {
    const key = Buffer.from(text.trim(), 'base64');
    if (key.length !== KEY_BYTES || key.toString('base64') !== text.trim()) throw new ConfigError(`${where}: key ${at + 1} is not ${KEY_BYTES} bytes in base64; restore it from a backup, or make one with: openssl rand -base64 32`);
    return key;
  });
  if (current === undefined) throw new ConfigError(`${where} holds no key; restore it from a backup`);
  return { current, earlier };
}
