/**
 * The one place from which requests leave: time-outs, address rules, host map, bounded replies, recording.
 * One attempt a call; what to do about a failure is the caller's business.
 */
import { lookup } from 'node:dns';
import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../domain/ports/clock.ts';
import type { HttpCall } from '../domain/ports/platform.ts';
import type { Recorder } from '../domain/ports/recorder.ts';
import { isLoopbackAddress, isPublicAddress } from './addresses.ts';

export type Reply =
  /** Header names in lower case. */
  | { readonly kind: 'reply'; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly kind: 'no_reply'; readonly reason: string }
  /** The address may not be called; nothing was sent. */
  | { readonly kind: 'barred'; readonly reason: string };

/** One request, as its bytes will be. */
export interface Exchange {
  readonly method: HttpCall['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether what has come is all that is wanted, though the other side does not end: the rest is not waited for. */
  readonly enough?: (soFar: string) => boolean;
  /** In the place of the sender's own limits. */
  readonly timeoutMs?: number;
  readonly maxReplyBytes?: number;
}

export interface Sender {
  /** @param by on whose behalf, and the headers that sign the platform in */
  send(call: HttpCall, by: SentBy): Promise<Reply>;
  /** Sends exactly these bytes, and leaves no record: for what is no traffic of a platform. */
  post(exchange: Exchange): Promise<Reply>;
}

export interface SentBy {
  readonly principal_id: string;
  readonly credentials?: Readonly<Record<string, string>>;
}

export interface SenderOptions {
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** `https://host` -> another origin, for platforms that stand on this machine. Sandbox only. */
  readonly hosts?: Pick<ReadonlyMap<string, string>, 'get'>;
  /** Lets calls go to this machine itself, and without TLS. Sandbox only. */
  readonly loopback?: boolean;
  readonly timeoutMs?: number;
  readonly maxReplyBytes?: number;
  /** Told of every exchange as it ends. */
  readonly ended?: (what: 'platform' | 'other', reply: Reply) => void;
  /** Around every exchange, for traces. @param go sends it, with more headers */
  readonly around?: (exchange: { readonly method: string; readonly origin: string }, go: (headers: Readonly<Record<string, string>>) => Promise<Reply>) => Promise<Reply>;
  /** Ends what is under way, because the process is about to. */
  readonly stopping?: AbortSignal;
  /** What resolves names, all their addresses at once; default: the system. */
  readonly resolve?: typeof lookup;
}

/** What a reply that is not there in time is told as. */
export const TOO_LATE = 'no reply in time';

/** What a reply is told as that was not waited for, because the process stops. */
export const STOPPED = 'the seller was stopped';

/** Why a call was ended from our side. */
const whyEnded = ({ stopping }: SenderOptions): string => (stopping?.aborted ? STOPPED : TOO_LATE);

class Barred extends Error {}

/** Resolves a name and refuses it when any of its addresses may not be called, so that the address checked is the address used. */
const checkedLookup = (resolve: typeof lookup, allowed: (address: string) => boolean): LookupFunction => (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const found = error ? [] : addresses;
    const barred = found.find(({ address }) => !allowed(address));
    if (error) done(error, '', 0);
    else if (barred || found.length === 0) done(new Barred(`${hostname} does not lead to a public address`), '', 0);
    else if (options.all) (done as unknown as (error: null, list: typeof found) => void)(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  });
};

export function sender(options: SenderOptions): Sender {
  return {
    async send({ method, url, body: document, idempotency_key }, { principal_id, credentials = {} }) {
      const body = JSON.stringify(document);
      const timestamp = options.clock.now().toISOString();
      const headers = { 'content-type': 'application/json', 'idempotency-key': idempotency_key, ...credentials };
      const reply = await watched({ method, url, headers, body }, options);
      options.ended?.('platform', reply);
      options.recorder.record({
        principal_id, method, url, content_type: 'application/json', payload: body, timestamp,
        ...(reply.kind === 'reply' ? { status: reply.status } : {}),
      });
      return reply;
    },
    async post(call) {
      const reply = await watched(call, options);
      options.ended?.('other', reply);
      return reply;
    },
  };
}

/** Paths may name what is nobody else's business, and hold secrets of receivers: only the origin is told. */
function watched(call: Exchange, options: SenderOptions): Promise<Reply> {
  const go = (headers: Readonly<Record<string, string>>): Promise<Reply> => exchange({ ...call, headers: { ...call.headers, ...headers } }, options);
  return options.around ? options.around({ method: call.method, origin: URL.parse(call.url)?.origin ?? '' }, go) : exchange(call, options);
}

/** Why a URL may not be called, as far as it says so itself. */
function barrier(target: URL, loopback: boolean): string | undefined {
  const literal = target.hostname.replace(/^\[|\]$/g, '');
  const address = isIP(literal) ? literal : undefined;
  if (loopback && (target.hostname === 'localhost' || (address !== undefined && isLoopbackAddress(address)))) return undefined;
  if (target.protocol !== 'https:') return `${target.origin} is not https`;
  return address !== undefined && !isPublicAddress(address) ? `${target.hostname} is not a public address` : undefined;
}

function exchange({ method, url: asked, headers, body, enough, ...limits }: Exchange, options: SenderOptions): Promise<Reply> {
  const target = URL.parse(asked);
  if (target === null) return Promise.resolve({ kind: 'barred', reason: 'the URL cannot be read' });
  const { loopback = false } = options;
  const mapped = options.hosts?.get(target.origin);
  const bar = mapped === undefined ? barrier(target, loopback) : undefined;
  if (bar !== undefined) return Promise.resolve({ kind: 'barred', reason: bar });

  const url = mapped === undefined ? target : new URL(target.pathname + target.search, mapped);
  const mayBeCalled = (address: string): boolean => isPublicAddress(address) || (loopback && isLoopbackAddress(address));
  const patience = limits.timeoutMs ?? options.timeoutMs ?? 10_000;
  const settings: RequestOptions = {
    method, timeout: patience, signal: AbortSignal.any([AbortSignal.timeout(patience), ...(options.stopping ? [options.stopping] : [])]),
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    ...(mapped === undefined ? { lookup: checkedLookup(options.resolve ?? lookup, mayBeCalled) } : {}),
  };
  return new Promise((resolve) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, settings, (incoming) => {
      const chunks: Buffer[] = [];
      let room = limits.maxReplyBytes ?? options.maxReplyBytes ?? 1024 * 1024;
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if ((room -= chunk.length) < 0) giveUp('the reply is too long');
        else if (enough?.(come()) === true) {
          settle();
          outgoing.destroy();
        }
      });
      const come = () => Buffer.concat(chunks).toString('utf8');
      const settle = () => resolve({ kind: 'reply', status: incoming.statusCode ?? 0, headers: plainHeaders(incoming.headers), body: come() });
      incoming.on('end', settle);
      incoming.on('error', (error) => giveUp(error.message));
    });
    const giveUp = (reason: string): void => {
      resolve({ kind: 'no_reply', reason });
      outgoing.destroy();
    };
    outgoing.on('timeout', () => giveUp(TOO_LATE));
    outgoing.on('error', (error) => {
      if (error instanceof Barred) resolve({ kind: 'barred', reason: error.message });
      else giveUp(error.name === 'AbortError' || error.name === 'TimeoutError' ? whyEnded(options) : error.message);
    });
    outgoing.end(body);
  });
}

const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
