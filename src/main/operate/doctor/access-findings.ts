/** Whether anybody can call, and for how long. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../../config/config.ts';
import { keyStanding, type ApiKey } from '../../../domain/api-key.ts';
import { fine, failure, warning, type Finding } from './finding.ts';

/** Before the end of a key its holder wants to hear of it. */
const SOON_MS = 14 * 86_400_000;
/** A key that nobody has used for so long is nobody's. */
const FORGOTTEN_MS = 90 * 86_400_000;

export function accessFindings(config: Config, keys: readonly ApiKey[], now: Date): readonly Finding[] {
  return [callersFinding(config, keys, now), ...keys.flatMap((key) => keyFinding(key, now)), ...secretFindings(config.data)];
}

function callersFinding({ sandbox, principals, oauth }: Config, keys: readonly ApiKey[], now: Date): Finding {
  if (sandbox) return warning('callers', 'the sandbox has keys that everybody knows', 'nothing, to try things out; to trade, start without --sandbox');
  const active = keys.filter((key) => keyStanding(key, now) === 'active').length + principals.length;
  if (active === 0 && oauth === undefined) return failure('callers', 'nobody can call: there is no key, and no issuer of tokens', 'adwright key create --principal NAME');
  return fine('callers', `${active} ${active === 1 ? 'key opens' : 'keys open'}${oauth ? `, and tokens of ${oauth.issuer}` : ''}`);
}

function keyFinding(key: ApiKey, now: Date): Finding[] {
  if (keyStanding(key, now) !== 'active') return [];
  const subject = `key ${key.key_id}`;
  const left = key.expires_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(key.expires_at) - now.getTime();
  if (left <= SOON_MS) return [warning(subject, `of ${key.principal_id} ends at ${key.expires_at}`, `adwright key rotate ${key.key_id}, and hand the new one over`)];
  const idle = now.getTime() - Date.parse(key.last_used_at ?? key.created_at);
  return idle > FORGOTTEN_MS ? [warning(subject, `of ${key.principal_id} was not used for ${Math.floor(idle / 86_400_000)} days`, `adwright key revoke ${key.key_id}, if nobody needs it`)] : [];
}

/** What only the server should be able to read. */
function secretFindings(data: string): Finding[] {
  return ['vault.key', 'signing-keys'].filter((name) => existsSync(join(data, name))).map((name) => {
    const open = statSync(join(data, name)).mode & 0o077;
    return open === 0 ? fine(name, 'is readable by its owner only') : failure(name, 'can be read by others on this machine', `chmod go= ${join(data, name)}`);
  });
}
