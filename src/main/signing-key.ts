import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newPrivateJwk, signingKey, type SigningKey } from '../protocol/signatures/keys.ts';
import type { SigningAlgorithm } from '../protocol/signatures/profile.ts';
import { madeOnce } from './made-once.ts';

export interface SigningKeys {
  /** What webhooks are signed with. */
  readonly current: SigningKey;
  /** All that receivers should know: the current one, and others that may still be out on the way. */
  readonly known: readonly SigningKey[];
}

/**
 * The keys that webhooks are signed with: private JWKs beside the store, one of each algorithm, made when first needed. Every
 * file of the folder is published, so that a key may be put there before it is used, and stay for a while after.
 */
export function signingKeys(data: string, algorithm: SigningAlgorithm): SigningKeys {
  const folder = join(data, 'signing-keys');
  const own = `${algorithm}.jwk`;
  madeOnce(join(folder, own), () => JSON.stringify(newPrivateJwk(algorithm)));
  const known = readdirSync(folder).filter((name) => name.endsWith('.jwk')).map((name) => ({ name, key: readKey(join(folder, name)) }));
  return { current: known.find(({ name }) => name === own)!.key, known: known.map(({ key }) => key) };
}

function readKey(file: string): SigningKey {
  try {
    return signingKey(JSON.parse(readFileSync(file, 'utf8')) as Parameters<typeof signingKey>[0]);
  } catch (error) {
    throw new Error(`${file} does not hold a signing key: ${(error as Error).message}`, { cause: error });
  }
}
