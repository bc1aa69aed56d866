/** Whether what the server needs from outside answers, and whether the outside reaches the server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../../config/config.ts';
import { BRAND_PATH } from '../../../protocol/signatures/published.ts';
import type { Reply, Sender } from '../../../outbound/sender.ts';
import { fine, failure, warning, type Finding } from './finding.ts';

export async function reachFindings({ public_url, oauth }: Config, send: Pick<Sender, 'post'>): Promise<readonly Finding[]> {
  const get = (url: string) => send.post({ method: 'GET', url, headers: { accept: 'application/json' }, body: '' });
  const asked: Promise<Finding>[] = [];
  if (public_url === undefined)
    asked.push(Promise.resolve(warning('public_url', 'is not set: webhooks go out, and receivers cannot look up who signed them', 'set public_url to the https URL under which buyers reach the server')));
  else asked.push(get(new URL(BRAND_PATH, public_url).href).then((reply) => publicFinding(public_url, reply)));
  if (oauth?.jwks_uri !== undefined) asked.push(get(oauth.jwks_uri).then((reply) => issuerFinding(oauth.jwks_uri!, reply)));
  if (oauth?.jwks_file !== undefined) asked.push(Promise.resolve(fileFinding(oauth.jwks_file)));
  return Promise.all(asked);
}

function publicFinding(public_url: string, reply: Reply): Finding {
  if (reply.kind === 'reply' && reply.status === 200) return fine('public_url', `${public_url} leads to a seller that says who signs its webhooks`);
  return warning('public_url', `${join('/', BRAND_PATH)} under ${public_url} cannot be read from here (${why(reply)})`, 'start the server, and look at the proxy in front of it; from inside a network it may be out of reach all the same');
}

function issuerFinding(jwks_uri: string, reply: Reply): Finding {
  if (reply.kind === 'reply' && reply.status === 200 && keysIn(reply.body) > 0) return fine('issuer', `${jwks_uri} holds ${keysIn(reply.body)} keys`);
  return failure('issuer', `${jwks_uri} gives no keys (${why(reply)}): tokens cannot be checked`, 'correct oauth.jwks_uri, or open the way to it');
}

function fileFinding(file: string): Finding {
  try {
    const count = keysIn(readFileSync(file, 'utf8'));
    return count > 0 ? fine('issuer', `${file} holds ${count} keys`) : failure('issuer', `${file} holds no keys`, 'put the key set of the issuer there');
  } catch (error) {
    return failure('issuer', `${file} cannot be read (${(error as Error).message})`, 'correct oauth.jwks_file');
  }
}

const why = (reply: Reply): string => (reply.kind === 'reply' ? `HTTP ${reply.status}` : reply.reason);

function keysIn(text: string): number {
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown };
    return Array.isArray(keys) ? keys.length : 0;
  } catch {
    return 0;
  }
}
