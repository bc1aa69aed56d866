/** Where a caller without credentials learns who issues them (RFC 9728). */

/** The document's path for an agent at `/mcp`; RFC 9728, section 3.1. */
export const protectedResourcePath = (agent_url: string): string => `/.well-known/oauth-protected-resource${new URL(agent_url).pathname}`;

export const protectedResource = (agent_url: string, name: string, { issuer, scopes }: { readonly issuer: string; readonly scopes: readonly string[] }): object => ({
  resource: agent_url, authorization_servers: [issuer], bearer_methods_supported: ['header'], scopes_supported: scopes, resource_name: name,
});
