import { createHash, timingSafeEqual } from 'node:crypto';
import type { Principal } from '../domain/caller.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';

export interface KeyedPrincipal {
  readonly principal_id: string;
  /** SHA-256 of the API key, lower-case hex. */
  readonly key_sha256: string;
  readonly billing?: readonly string[];
}

/** Principals by API key. Keys are known by their hash only, and compared in constant time. */
export function keyPrincipals(configured: readonly KeyedPrincipal[]): PrincipalSource {
  const known = configured.map(({ key_sha256, principal_id, billing }) => ({
    hash: Buffer.from(key_sha256, 'hex'),
    principal: { principal_id, mode: 'live', ...(billing ? { billing } : {}) } satisfies Principal,
  }));
  return {
    async principal(token) {
      const hash = createHash('sha256').update(token).digest();
      let found: Principal | undefined;
      for (const each of known) if (timingSafeEqual(each.hash, hash)) found = each.principal;
      return found;
    },
  };
}
