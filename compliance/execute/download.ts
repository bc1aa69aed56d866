/** A file over HTTPS, as bytes: bounded in size and time, redirects followed to HTTPS only. */
import type { IncomingMessage } from 'node:http';
import type { HttpLimits } from './http.ts';
import { nodeHttp, nodeHttps } from './node-http.ts';
import type { Reach } from './reach.ts';

export interface DownloadOptions {
  readonly limits: HttpLimits;
  readonly reach: Reach;
  readonly signal: AbortSignal;
}

const MAX_REDIRECTS = 5;

/** @throws Error with one line for people */
export async function download(url: string, options: DownloadOptions): Promise<Buffer> {
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(options.limits.timeoutMs)]);
  let current = new URL(url);
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    if (current.protocol !== 'https:') throw new Error(`${current.href} is not https`);
    const incoming = await open(current, options.reach, signal);
    const { statusCode: status = 0, headers: { location } } = incoming;
    if (status === 200) return readAll(incoming, current, options.limits.maxBytes);
    incoming.destroy();
    if (status < 300 || status >= 400 || location === undefined || !URL.canParse(location, current.href))
      throw new Error(`${current.href} answers HTTP ${status}`);
    current = new URL(location, current);
  }
  throw new Error(`${url} redirects more than ${MAX_REDIRECTS} times`);
}

function open(url: URL, reach: Reach, signal: AbortSignal): Promise<IncomingMessage> {
  const route = reach.route(url.href);
  if (route.kind === 'barred') throw new Error(route.reason);
  const { host, lookup } = route;
  const settings = { signal, ...(host !== undefined && { headers: { host } }), ...(lookup !== undefined && { lookup }) };
  return new Promise((resolve, reject) => {
    (route.url.protocol === 'https:' ? nodeHttps() : nodeHttp).request(route.url, settings, resolve)
      .on('error', (error) => reject(new Error(`${url.href} cannot be reached: ${error.message}`))).end();
  });
}

async function readAll(incoming: IncomingMessage, url: URL, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error(`${url.href} is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
