/** Access tokens of the configured issuer. */
import { readFileSync } from 'node:fs';
import { createLocalJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import type { OAuthSettings } from '../config/shape.ts';
import { ConfigError } from '../config/yaml-file.ts';
import type { Clock } from '../domain/ports/clock.ts';
import { protectedResource, protectedResourcePath } from '../http/protected-resource.ts';
import { tokenPrincipals, type TokenRules } from '../http/token-principals.ts';
import { issuerKeys } from '../outbound/issuer-keys.ts';
import type { Sender } from '../outbound/sender.ts';
import type { Access } from './access.ts';

/** @throws ConfigError when the issuer's keys are in a file that cannot be read */
export function tokenAccess(oauth: OAuthSettings, { agent_url, name, clock, send }: { readonly agent_url: string; readonly name: string; readonly clock: Clock; readonly send: Sender }): Access {
  const rules = rulesOf(oauth, agent_url);
  const path = protectedResourcePath(agent_url);
  return {
    principals: tokenPrincipals(rules, keysOf(oauth, send), clock),
    documents: new Map([[path, protectedResource(agent_url, name, { issuer: rules.issuer, scopes: [rules.read_scope, rules.write_scope] })]]),
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
