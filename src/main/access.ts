/** Who may call a server without the sandbox: keys of the configuration, keys of the store, tokens of the configured issuer. */
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { Config } from '../config/config.ts';
import type { OAuthSettings } from '../config/shape.ts';
import { ConfigError } from '../config/yaml-file.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import { firstOf, keyPrincipals, storedKeyPrincipals } from '../http/key-principals.ts';
import { protectedResource, protectedResourcePath } from '../http/protected-resource.ts';
import { tokenPrincipals, type TokenRules } from '../http/token-principals.ts';
import { issuerKeys } from '../outbound/issuer-keys.ts';
import type { Sender } from '../outbound/sender.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';

export interface Access {
  readonly principals: PrincipalSource;
  /** What anybody may read about it, by path. */
  readonly documents: ReadonlyMap<string, object>;
  /** The URL of the document for callers without credentials, when tokens are taken. */
  readonly resource_metadata?: string;
}

/** @throws ConfigError when the issuer's keys are in a file that cannot be read */
export function access(config: Config, agent_url: string, { store, clock, send }: { readonly store: Store; readonly clock: Clock; readonly send: Sender }): Access {
  const keyed = [keyPrincipals(config.principals), storedKeyPrincipals(store, clock)];
  if (config.oauth === undefined) return { principals: firstOf(...keyed), documents: new Map() };
  const rules = rulesOf(config.oauth, agent_url);
  const path = protectedResourcePath(agent_url);
  return {
    principals: firstOf(...keyed, tokenPrincipals(rules, keysOf(config.oauth, send), clock)),
    documents: new Map([[path, protectedResource(agent_url, config.seller.name, { issuer: rules.issuer, scopes: [rules.read_scope, rules.write_scope] })]]),
    resource_metadata: new URL(path, agent_url).href,
  };
}

const rulesOf = ({ issuer, audience, principal_claim = 'sub', accounts_claim, read_scope = 'adcp:read', write_scope = 'adcp:write' }: OAuthSettings, agent_url: string): TokenRules =>
  ({ issuer, audience: audience ?? agent_url, principal_claim, read_scope, write_scope, ...(accounts_claim ? { accounts_claim } : {}) });

function keysOf({ jwks_uri, jwks_file }: OAuthSettings, send: Sender): JWTVerifyGetKey {
  if (jwks_uri !== undefined) return issuerKeys(jwks_uri, send);
  try {
    return createLocalJWKSet(JSON.parse(readFileSync(jwks_file!, 'utf8')) as JSONWebKeySet);
  } catch (error) {
    throw new ConfigError(`oauth.jwks_file: ${jwks_file} holds no set of keys (RFC 7517): ${(error as Error).message}`);
  }
}
