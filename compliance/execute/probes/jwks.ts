/** Whether a seller publishes keys, and one among them that its webhooks may be signed with. */
import type { JsonObject } from '../../json/object.ts';
import { fetchBrandKeys } from './brand-keys.ts';
import type { Probe, ProbeFault } from './probe.ts';

const SIGNING_USES: ReadonlySet<unknown> = new Set(['request-signing', 'webhook-signing']);

export const fetchBrandJwks: Probe = async ({ state, env }) => {
  const found = await fetchBrandKeys(env);
  const fetched = found.fetched === undefined ? {} : { fetched: found.fetched };
  if (found.kind === 'fault') return { kind: 'looked', data: {}, fault: found.fault, ...fetched };
  state.probed.set('fetch_brand_jwks', found.document);
  return { kind: 'looked', data: found.document, ...fetched };
};

/** Looks at the key set that an earlier step fetched; fetches it when none did. */
export const assertJwksPurpose: Probe = async (run) => {
  if (!run.state.probed.has('fetch_brand_jwks')) await fetchBrandJwks(run);
  const document = run.state.probed.get('fetch_brand_jwks');
  const keys = Array.isArray(document?.['keys']) ? document['keys'] as readonly JsonObject[] : [];
  const fault = purposeFault(keys);
  return { kind: 'looked', data: document ?? {}, ...(fault !== undefined && { fault }) };
};

function purposeFault(keys: readonly JsonObject[]): ProbeFault | undefined {
  const signing = keys.filter((key) => SIGNING_USES.has(key['adcp_use']));
  const shown = keys.slice(0, 20).map(({ kid, adcp_use: use, revoked }) => ({ kid, adcp_use: use, ...(revoked !== undefined && { revoked }) }));
  if (keys.length === 0) return { code: 'webhook_signing_keys_unpublished', subject: 'the key set', problem: 'holds no key', actual: shown };
  if (signing.length === 0)
    return {
      code: 'webhook_signing_keys_wrong_purpose', subject: 'the key set', actual: shown,
      problem: 'holds no key whose adcp_use is request-signing (or webhook-signing, its older name)',
    };
  return signing.every(isRevoked)
    ? { code: 'webhook_signing_keys_all_revoked', subject: 'the key set', problem: 'holds signing keys that are all revoked', actual: shown }
    : undefined;
}

const isRevoked = (key: JsonObject): boolean => key['revoked'] === true || typeof key['revoked_at'] === 'string' || key['status'] === 'revoked';
