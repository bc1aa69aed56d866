import { hash, timingSafeEqual } from 'node:crypto';
import { isWorthNoting, keyStanding, type ApiKey } from '../domain/api-key.ts';
import type { Principal } from '../domain/caller.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { StoreUnavailable } from '../domain/ports/hindrance.ts';
import type { Store } from '../domain/ports/store.ts';
import { CredentialsUnavailable, type PrincipalSource } from '../pipeline/principals.ts';

export interface KeyedPrincipal {
  readonly principal_id: string;
  /** SHA-256 of the API key, lower-case hex. */
  readonly key_sha256: string;
  readonly billing?: readonly string[];
}

const hashOf = (token: string): Buffer => hash('sha256', token, 'buffer');

/** Principals of the configuration. Keys are known by their hash only, and compared in constant time. */
export function keyPrincipals(configured: readonly KeyedPrincipal[]): PrincipalSource {
  const known = configured.map(({ key_sha256, principal_id, billing }) => ({
    hash: Buffer.from(key_sha256, 'hex'),
    principal: { principal_id, mode: 'live', ...(billing ? { billing } : {}) } satisfies Principal,
  }));
  return {
    async principal(token) {
      const asked = hashOf(token);
      let found: Principal | undefined;
      for (const each of known) if (timingSafeEqual(each.hash, asked)) found = each.principal;
      return found;
    },
  };
}

/** How soon after an attempt to note a use the next one is made, whatever came of it. */
const NOTED_EVERY_MS = 60_000;

/**
 * Principals by the keys that an operator made (`adwright key`): looked up at each call, so that one that is revoked or has
 * expired opens nothing from then on. Looking up by hash tells nothing by its time: who doesn't know a key cannot steer its hash.
 * When a key is used is noted beside the call, which neither waits for it nor fails with it.
 */
export function storedKeyPrincipals(store: Pick<Store, 'apiKey' | 'apiKeyUsed'>, clock: Clock): PrincipalSource {
  const noted = new Map<string, number>();
  const note = (key: ApiKey, now: Date): void => {
    if (!isWorthNoting(key, now) || now.getTime() - (noted.get(key.key_id) ?? 0) < NOTED_EVERY_MS) return;
    noted.set(key.key_id, now.getTime());
    store.apiKeyUsed(key.key_id, now.toISOString()).catch(() => {});
  };
  return {
    async principal(token) {
      const key = await heldKey(token, store);
      const now = clock.now();
      if (key === undefined || keyStanding(key, now) !== 'active') return undefined;
      note(key, now);
      const { principal_id, billing, grant } = key;
      return { principal_id, mode: 'live', ...(billing ? { billing } : {}), ...(grant ? { grant } : {}) };
    },
  };
}

/** @throws CredentialsUnavailable while the store cannot be read */
async function heldKey(token: string, store: Pick<Store, 'apiKey'>): Promise<ApiKey | undefined> {
  try {
    return await store.apiKey(hashOf(token).toString('hex'));
  } catch (error) {
    throw error instanceof StoreUnavailable ? new CredentialsUnavailable(error.message) : error;
  }
}

/** Asks one source after the other. */
export const firstOf = (...sources: readonly PrincipalSource[]): PrincipalSource => ({
  async principal(token, headers) {
    for (const source of sources) {
      const found = await source.principal(token, headers);
      if (found) return found;
    }
    return undefined;
  },
});
