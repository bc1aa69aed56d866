/** Fetches feeds of catalogues: public addresses only, a few redirects, bounded in size and time. */
import type { FetchedFeed, Feeds } from '../domain/ports/feeds.ts';
import type { FeedState } from '../domain/catalog/catalog.ts';
import { TOO_LATE, type Reply, type Sender } from './sender.ts';

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** @param clock tells how much of the patience is left after a redirect */
export function fetchedFeeds(sender: Sender, clock: { now(): Date }): Feeds {
  return {
    async read(url, known, patienceMs) {
      const until = clock.now().getTime() + patienceMs;
      let target = url;
      for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
        const timeoutMs = until - clock.now().getTime();
        if (timeoutMs <= 0) return { kind: 'late' };
        const reply = await sender.post({ method: 'GET', url: target, headers: headersFor(known), body: '', timeoutMs, maxReplyBytes: MOST_BYTES });
        const next = reply.kind === 'reply' && REDIRECTS.includes(reply.status) ? reply.headers['location'] : undefined;
        if (next === undefined) return meaningOf(reply);
        target = URL.parse(next, target)?.href ?? next;
      }
      return { kind: 'failed', reason: `it redirects more than ${MOST_REDIRECTS} times` };
    },
  };
}

const headersFor = (known: FeedState | undefined): Record<string, string> => ({
  accept: 'application/json, application/xml, text/xml, text/csv, text/tab-separated-values, */*;q=0.1',
  'accept-encoding': 'identity',
  ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
  ...(known?.last_modified === undefined ? {} : { 'if-modified-since': known.last_modified }),
});

/** What an upstream says of itself never reaches a buyer; only that it said something. */
function meaningOf(reply: Reply): FetchedFeed {
  if (reply.kind === 'barred') return { kind: 'failed', reason: 'the address may not be called; a feed stands at a public https URL' };
  if (reply.kind === 'no_reply') return reply.reason === TOO_LATE ? { kind: 'late' } : { kind: 'failed', reason: `the server does not answer, or with more than ${MOST_BYTES / 1024 / 1024} MB` };
  const { status, headers, body } = reply;
  if (status === 304) return { kind: 'unchanged' };
  if (status < 200 || status > 299) return { kind: 'failed', reason: `the server answers with status ${status}` };
  const { etag, 'last-modified': last_modified, 'content-type': content_type = '' } = headers;
  return { kind: 'feed', text: body, content_type, ...(etag === undefined ? {} : { etag }), ...(last_modified === undefined ? {} : { last_modified }) };
}
