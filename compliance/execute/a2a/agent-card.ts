/** The card by which an A2A agent introduces itself, as it came. */
import type { HttpHead, TransportFailure } from '../../exchange.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { type HttpOptions, send } from '../http.ts';
import { parseBounded } from '../rpc-reply.ts';

export type FetchedCard =
  | { readonly kind: 'card'; readonly card: JsonObject; readonly skills: readonly string[] }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly http?: HttpHead };

const PLACES = ['/.well-known/agent-card.json', '/.well-known/agent.json'];

/**
 * Looks the card up: at the address itself when it names a file, else at the well-known places of its origin. Public cards need no
 * credential, so that none is sent at first.
 */
export async function fetchCard(url: string, authorization: Readonly<Record<string, string>>, options: HttpOptions): Promise<FetchedCard> {
  const { origin, pathname } = new URL(url);
  const places = pathname.endsWith('.json') ? [url] : PLACES.map((place) => `${origin}${place}`);
  let last: FetchedCard | undefined;
  for (const place of places) {
    last = await fetchOne(place, {}, options);
    if (last.kind === 'failed' && (last.http?.status === 401 || last.http?.status === 403)) last = await fetchOne(place, authorization, options);
    if (last.kind === 'card' || last.http?.status !== 404) return last;
  }
  return last!;
}

async function fetchOne(url: string, authorization: Readonly<Record<string, string>>, options: HttpOptions): Promise<FetchedCard> {
  const reply = await send({ method: 'GET', url, headers: { accept: 'application/json', 'a2a-version': '1.0', ...authorization } }, options);
  if (reply.kind === 'failed') return reply;
  const { http } = reply;
  if (http.status < 200 || http.status >= 300)
    return { kind: 'failed', failure: { code: 'http_status', message: `HTTP ${http.status} for the agent card ${url}` }, http };
  const parsed = parseBounded(reply.body);
  if (parsed.kind === 'unreadable') return { kind: 'failed', failure: parsed.failure, http };
  if (!isObject(parsed.value)) return { kind: 'failed', failure: { code: 'not_a2a', message: `the agent card ${url} is no JSON object` }, http };
  return { kind: 'card', card: parsed.value, skills: skillsOf(parsed.value) };
}

/** A skill's id is the name of the task that it does. */
function skillsOf(card: JsonObject): readonly string[] {
  const skills = Array.isArray(card['skills']) ? card['skills'].filter(isObject) : [];
  return skills.flatMap(({ id }) => (typeof id === 'string' ? [id] : []));
}
