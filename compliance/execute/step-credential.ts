import type { Credential } from '../credential.ts';
import { type JsonObject, own } from '../json/object.ts';
import { basicCredential } from '../plan/kit-credential.ts';
import type { StepAuth } from '../storyboard.ts';
import type { IdSource } from './id-source.ts';

/**
 * The credential that a step asks for instead of the run's own. Invalid ones are drawn anew in each run, so that none can be
 * allowed by accident.
 */
export function stepCredential(auth: StepAuth, kit: JsonObject, ids: IdSource): Credential {
  switch (auth.kind) {
    case 'none': return { kind: 'none' };
    case 'kit_api_key': {
      const key = at(kit, auth.path);
      return typeof key === 'string' ? { kind: 'bearer', token: key } : { kind: 'none' };
    }
    case 'kit_basic': return basicCredential(at(kit, auth.path)) ?? { kind: 'none' };
    case 'invalid_api_key': return { kind: 'bearer', token: `invalid-${ids.hex(32)}` };
    case 'invalid_basic': return { kind: 'basic', username: `invalid-${ids.hex(8)}`, password: ids.hex(24) };
    case 'invalid_jwt': return { kind: 'bearer', token: invalidJwt(ids) };
  }
}

/** A token that has the form of a JWT and no issuer anywhere. */
function invalidJwt(ids: IdSource): string {
  const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
  const payload = { sub: `invalid-${ids.hex(16)}`, aud: 'invalid-probe' };
  return [encode({ alg: 'RS256', typ: 'JWT' }), encode(payload), Buffer.from(ids.hex(256), 'hex').toString('base64url')].join('.');
}

const at = (kit: JsonObject, path: string): unknown => path.split('.').reduce<unknown>(own, kit);
