import { fetchDocument } from './document.ts';
import type { Probe } from './probe.ts';

/**
 * OAuth's protected-resource metadata (RFC 9728): the well-known path stands before the path of the agent. A seller that serves it
 * says that it speaks OAuth, so that the rest of its optional phase counts; 404 says that it does not.
 */
export const protectedResource: Probe = async ({ phase, state, env }) => {
  const { origin, pathname } = new URL(env.agent.url);
  const fetched = await fetchDocument(`${origin}/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`, env);
  if (fetched.kind === 'fetched' && fetched.http.status === 404) {
    const skip = {
      reason: 'not_applicable', cause: 'oauth_not_advertised', detail: `oauth_not_advertised: ${fetched.url} answers 404`,
    } as const;
    state.closedPhases.set(phase.id, skip);
    return { kind: 'skip', skip };
  }
  if (fetched.kind === 'fetched' && fetched.http.status >= 200 && fetched.http.status < 300) state.bindingPhases.add(phase.id);
  const document = fetched.kind === 'fetched' ? fetched.document : undefined;
  state.probed.set('protected_resource_metadata', document);
  return { kind: 'looked', fetched, data: document ?? {} };
};
