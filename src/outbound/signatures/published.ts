/** What receivers of webhooks look up: who the seller's agent is, and the keys that it signs with. */
import type { SigningKey } from './keys.ts';

export const BRAND_PATH = '/.well-known/brand.json';
export const JWKS_PATH = '/.well-known/jwks.json';

/** The documents by their paths, for the origin that the agent is reached under. */
export function publishedIdentity(agent_url: string, keys: readonly SigningKey[]): ReadonlyMap<string, object> {
  const jwks_uri = new URL(JWKS_PATH, agent_url).href;
  return new Map<string, object>([
    [BRAND_PATH, { version: '1.0', agents: [{ type: 'sales', url: agent_url, id: 'sales', jwks_uri }] }],
    [JWKS_PATH, { keys: keys.map(({ jwk }) => jwk) }],
  ]);
}
