/** The keys that a signer publishes (RFC 7517), wherever they stand. */
import type { PublicJwk } from '../../protocol/signatures/keys.ts';
import { keptDocument, type Fetching } from './kept-document.ts';

export interface KeySet {
  /** `unavailable`: nobody can say now. */
  named(kid: string): Promise<PublicJwk | undefined | 'unavailable'>;
}

/** Keys with a name; whether they may sign requests is seen when one does. */
export function readKeySet(document: unknown): readonly PublicJwk[] | undefined {
  const keys: unknown = (document as { readonly keys?: unknown } | null | undefined)?.keys;
  return Array.isArray(keys) ? keys.filter((key: PublicJwk | null): key is PublicJwk => typeof key?.kid === 'string') : undefined;
}

const find = (keys: readonly PublicJwk[], kid: string): PublicJwk | undefined => keys.find((key) => key.kid === kid);

export const givenKeys = (keys: readonly PublicJwk[]): KeySet => ({ named: async (kid) => find(keys, kid) });

/** Keys behind a URL: fetched again when a signature names one that is not among them. */
export function publishedKeys(jwks_uri: () => Promise<string | undefined>, means: Fetching): KeySet {
  const kept = keptDocument(jwks_uri, readKeySet, means);
  return {
    async named(kid) {
      const keys = await kept.current();
      if (keys === undefined) return 'unavailable';
      return find(keys, kid) ?? find((await kept.renewed()) ?? keys, kid);
    },
  };
}

/**
 * Keys of an agent, found through the `brand.json` of its operator.
 * @param agent_url must be that of an entry of `agents`, byte for byte
 */
export function agentKeys(brand_json_url: string, agent_url: string, means: Fetching): KeySet {
  const brand = keptDocument(async () => brand_json_url, (document) => {
    const agents: unknown = (document as { readonly agents?: unknown } | null | undefined)?.agents;
    const agent = Array.isArray(agents) ? agents.find((each: { readonly url?: unknown } | null) => each?.url === agent_url) as { readonly jwks_uri?: unknown } | undefined : undefined;
    return typeof agent?.jwks_uri === 'string' ? agent.jwks_uri : undefined;
  }, means);
  return publishedKeys(() => brand.current(), means);
}
