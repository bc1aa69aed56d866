import { own } from '../../json/object.ts';
import { type FetchedDocument, fetchDocument } from './document.ts';
import type { Probe } from './probe.ts';

const WELL_KNOWN = '/.well-known/oauth-authorization-server';

/** Metadata of the first authorization server (RFC 8414) that the protected resource named. */
export const authorizationServer: Probe = async ({ state, env }) => {
  const servers = own(state.probed.get('protected_resource_metadata'), 'authorization_servers');
  const issuer: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (typeof issuer !== 'string' || !URL.canParse(issuer))
    return {
      kind: 'looked', data: {},
      fault: {
        code: 'authorization_server_unnamed', subject: 'authorization_servers[0]',
        problem: 'is no URL in the protected-resource metadata', actual: issuer ?? null,
      },
    };
  let fetched: FetchedDocument | undefined;
  for (const url of metadataUrls(issuer)) {
    fetched = await fetchDocument(url, env);
    if (fetched.kind === 'failed' || fetched.http.status !== 404) break;
  }
  const document = fetched?.kind === 'fetched' ? fetched.document : undefined;
  return { kind: 'looked', ...(fetched !== undefined && { fetched }), data: document ?? {} };
};

/** The well-known path goes before the path of the issuer; many servers with a path put it behind. */
function metadataUrls(issuer: string): readonly string[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/+$/, '');
  return path === '' ? [`${origin}${WELL_KNOWN}`] : [`${origin}${WELL_KNOWN}${path}`, `${origin}${path}${WELL_KNOWN}`];
}
