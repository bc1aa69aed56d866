/** One HTTP exchange with bounds on time and size. Redirects are followed only within the origin and only when they keep the method. */
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import type { HttpHead, TransportFailure, TransportFailureCode } from '../exchange.ts';
import { nodeHttp, nodeHttps } from './node-http.ts';
import { BARRED, type Reach, type Route } from './reach.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** Path and query byte for byte, in the place of what a URL parser makes of them. */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpLimits {
  /** For the whole exchange, from connecting to the last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export type HttpReply =
  | { readonly kind: 'reply'; readonly http: HttpHead; readonly body: string }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly http?: HttpHead };

export interface HttpOptions {
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  readonly reach: Reach;
  /** Redirects that are followed at most, 3 by default. */
  readonly maxRedirects?: number;
  /** Looks at the body so far; true ends the exchange early (a stream that has said what was asked). */
  readonly enough?: (http: HttpHead, body: string) => boolean;
}

const MAX_REDIRECTS = 3;
const CODES: Readonly<Record<string, TransportFailureCode>> = {
  ECONNREFUSED: 'refused', ENOTFOUND: 'unresolved_host', EAI_AGAIN: 'unresolved_host', ECONNRESET: 'closed', EPIPE: 'closed',
  EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', ETIMEDOUT: 'timed_out',
  [BARRED]: 'barred',
};
const plainAgent = new nodeHttp.Agent({ keepAlive: true });
let secureAgent: Agent | undefined;

/** Sends a request. Every way to fail is a value; only an aborted signal throws. */
export async function send(request: HttpRequest, options: HttpOptions): Promise<HttpReply> {
  let current = request;
  for (let hops = 0; ; hops += 1) {
    const reply = await sendOnce(current, options, true);
    const target = reply.kind === 'reply' ? redirectTarget(reply.http, current.url) : undefined;
    if (target === undefined) return reply;
    const keepsMethod = reply.http!.status === 307 || reply.http!.status === 308;
    if (!keepsMethod || target.origin !== new URL(current.url).origin || hops === (options.maxRedirects ?? MAX_REDIRECTS))
      return {
        kind: 'failed',
        failure: { code: 'redirected', message: `HTTP ${reply.http!.status} points to ${target.href}, which is not followed` },
        http: reply.http!,
      };
    current = { ...current, url: target.href };
  }
}

function redirectTarget(http: HttpHead, base: string): URL | undefined {
  const { location } = http.headers;
  return http.status >= 300 && http.status < 400 && location !== undefined && URL.canParse(location, base)
    ? new URL(location, base)
    : undefined;
}

/** A kept-alive connection may close while the request is on its way; that one case is tried again on a new one. */
async function sendOnce(request: HttpRequest, options: HttpOptions, mayRetry: boolean): Promise<HttpReply> {
  const route = options.reach.route(request.url);
  if (route.kind === 'barred') return { kind: 'failed', failure: { code: 'barred', message: route.reason } };
  const { reply, reused } = await attempt(request, route, options);
  const lost = reply.kind === 'failed' && reply.failure.code === 'closed' && reply.http === undefined && reused;
  return lost && mayRetry ? sendOnce(request, options, false) : reply;
}

function attempt(request: HttpRequest, route: OpenRoute, options: HttpOptions): Promise<{ reply: HttpReply; reused: boolean }> {
  return new Promise((resolve, reject) => {
    const requestOver = isSecure(route.url) ? nodeHttps().request : nodeHttp.request;
    const outgoing: ClientRequest = requestOver(route.url, requestOptions(request, route));
    const finish = (reply: HttpReply): void => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', abort);
      outgoing.destroy();
      resolve({ reply, reused: outgoing.reusedSocket });
    };
    const fail = (code: TransportFailureCode, message: string, http?: HttpHead): void =>
      finish({ kind: 'failed', failure: { code, message }, ...(http !== undefined && { http }) });
    const timer = setTimeout(
      () => fail('timed_out', `no complete reply within ${options.limits.timeoutMs / 1000} s`), options.limits.timeoutMs
    );
    const abort = (): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(options.signal.reason as Error);
    };
    if (options.signal.aborted) {
      abort();
      return;
    }
    options.signal.addEventListener('abort', abort, { once: true });
    outgoing.on('error', (error: NodeJS.ErrnoException) => fail(codeOf(error), error.message || (error.code ?? 'connection failed')));
    outgoing.on('response', (incoming) => readBody(incoming, options, finish, fail));
    outgoing.end(request.body);
  });
}

function requestOptions(request: HttpRequest, { url, host, lookup }: OpenRoute): RequestOptions {
  const length = request.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(request.body)) };
  return {
    method: request.method, ...(request.path !== undefined && { path: request.path }),
    headers: { ...(host !== undefined && { host }), ...request.headers, 'accept-encoding': 'identity', ...length },
    agent: isSecure(url) ? (secureAgent ??= new (nodeHttps().Agent)({ keepAlive: true })) : plainAgent, ...(lookup !== undefined && { lookup }),
  };
}

const isSecure = (url: URL): boolean => url.protocol === 'https:';

type OpenRoute = Extract<Route, { kind: 'open' }>;
type Finish = (reply: HttpReply) => void;
type Fail = (code: TransportFailureCode, message: string, http?: HttpHead) => void;

function readBody(incoming: IncomingMessage, { limits, enough }: HttpOptions, finish: Finish, fail: Fail): void {
  const http = headOf(incoming);
  const decoder = new TextDecoder();
  let bytes = 0;
  let body = '';
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.maxBytes) {
      fail('too_large', `the reply is larger than ${limits.maxBytes} bytes`, http);
      return;
    }
    body += decoder.decode(chunk, { stream: true });
    if (enough?.(http, body) === true) finish({ kind: 'reply', http, body });
  });
  incoming.on('end', () => {
    if (incoming.complete) finish({ kind: 'reply', http, body: body + decoder.decode() });
    else fail('closed', 'the connection closed before the reply was complete', http);
  });
  incoming.on('error', () => fail('closed', 'the connection closed before the reply was complete', http));
}

function headOf(incoming: IncomingMessage): HttpHead {
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]);
  return { status: incoming.statusCode ?? 0, headers: Object.fromEntries(headers) as Record<string, string> };
}

function codeOf(error: NodeJS.ErrnoException): TransportFailureCode {
  const code = error.code ?? '';
  if (Object.hasOwn(CODES, code)) return CODES[code]!;
  return /^(?:ERR_TLS|CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED|EPROTO|ERR_SSL)/.test(code)
    ? 'tls'
    : code.startsWith('HPE_') ? 'not_json_rpc'
    : 'closed';
}
