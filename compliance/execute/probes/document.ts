/** Fetches a public document that a seller publishes for everybody: metadata, keys. No credential goes with the request. */
import { isObject } from '../../json/object.ts';
import type { HttpHead, TransportFailure } from '../../exchange.ts';
import { send } from '../http.ts';
import type { RunEnvironment } from '../run-environment.ts';
import { parseBounded } from '../rpc-reply.ts';

const MAX_DOCUMENT_MS = 10_000;
const MAX_DOCUMENT_BYTES = 64 * 1024;

export type FetchedDocument =
  | {
    readonly kind: 'fetched';
    readonly url: string;
    readonly http: HttpHead;
    /** The JSON object, undefined when the body is none. */
    readonly document?: Readonly<Record<string, unknown>>;
  }
  | { readonly kind: 'failed'; readonly url: string; readonly failure: TransportFailure; readonly http?: HttpHead };

/** One GET: https unless the operator vouches for the address, no redirects, 10 s and 64 KiB at most. */
export async function fetchDocument(url: string, env: Pick<RunEnvironment, 'reach' | 'limits' | 'signal'>): Promise<FetchedDocument> {
  const { reach, limits, signal } = env;
  if (!URL.canParse(url)) return { kind: 'failed', url, failure: { code: 'barred', message: `${JSON.stringify(url.slice(0, 200))} is no URL` } };
  if (new URL(url).protocol !== 'https:' && !reach.vouchedFor(url))
    return { kind: 'failed', url, failure: { code: 'barred', message: `${url} is not https, which needs --allow-private` } };
  const reply = await send({ method: 'GET', url, headers: { accept: 'application/json' } }, {
    limits: { timeoutMs: Math.min(limits.timeoutMs, MAX_DOCUMENT_MS), maxBytes: MAX_DOCUMENT_BYTES }, signal, reach, maxRedirects: 0,
  });
  if (reply.kind === 'failed') return { ...reply, url };
  const parsed = parseBounded(reply.body);
  const document = parsed.kind === 'json' && isObject(parsed.value) ? parsed.value : undefined;
  return { kind: 'fetched', url, http: reply.http, ...(document !== undefined && { document }) };
}
