/** What receivers of webhooks look up: who the seller's agent is, and the keys that it signs with. */
import type { SigningKey } from './keys.ts';

export const BRAND_PATH = '/.well-known/brand.json';
export const JWKS_PATH = '/.well-known/jwks.json';

/** The documents by their paths, for the origin that the agent is reached under: by two transports, with the same keys. */
export function publishedIdentity(agent_url: string, keys: readonly SigningKey[]): ReadonlyMap<string, object> {
  const jwks_uri = new URL(JWKS_PATH, agent_url).href;
  const agents = [
    { type: 'sales', url: agent_url, id: 'sales', jwks_uri },
    { type: 'sales', url: new URL('/a2a', agent_url).href, id: 'sales_a2a', jwks_uri },
  ];
  return new Map<string, object>([
    [BRAND_PATH, { version: '1.0', agents }],
    [JWKS_PATH, { keys: keys.map(({ jwk }) => jwk) }],
  ]);
}
