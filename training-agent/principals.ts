import { createHash } from 'node:crypto';
import type { Headers, PrincipalSource } from '../src/pipeline/principals.ts';
import { kitOfToken, principalIdOf } from './kits.ts';

/** Names the run that a call belongs to; each run sees only what it did itself. */
const SESSION_HEADER = 'x-test-session-id';

/** Principals by the beginning of a demo token. Whoever knows no kit is nobody. */
export const kitPrincipals: PrincipalSource = {
  async principal(token, headers) {
    const kit = kitOfToken(token);
    if (kit === undefined) return undefined;
    return { principal_id: principalIdOf(kit, sessionOf(headers)), mode: kit.mode, ...(kit.billing ? { billing: kit.billing } : {}) };
  },
};

/** The session as a short, plain name: as it came where it is one, else a digest of it, so that two never become the same. */
function sessionOf(headers: Headers): string | undefined {
  const given = headers[SESSION_HEADER];
  const text = Array.isArray(given) ? given.join() : given;
  if (text === undefined || text === '') return undefined;
  return /^[A-Za-z0-9_.-]{1,64}$/.test(text) ? text : `sha256-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
}
