/**
 * The one place from which requests leave: time-outs, address rules, host map, bounded replies, recording.
 * One attempt a call; what to do about a failure is the caller's business.
 */
import { lookup } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../domain/ports/clock.ts';
import type { HttpCall } from '../domain/ports/platform.ts';
import type { Recorder } from '../domain/ports/recorder.ts';
import { isPublicAddress } from './addresses.ts';

export type Reply =
  | { readonly kind: 'reply'; readonly status: number; readonly body: string }
  | { readonly kind: 'no_reply'; readonly reason: string };

export interface Sender {
  /** @param by on whose behalf, and the headers that sign the platform in */
  send(call: HttpCall, by: SentBy): Promise<Reply>;
}

export interface SentBy {
  readonly principal_id: string;
  readonly credentials?: Readonly<Record<string, string>>;
}

export interface SenderOptions {
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** `https://host` -> another origin, for platforms that stand on this machine. Sandbox only. */
  readonly hosts?: ReadonlyMap<string, string>;
  readonly timeoutMs?: number;
  readonly maxReplyBytes?: number;
}

/** Resolves a name and refuses it when any of its addresses is not public, so that the address checked is the address used. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const found = error ? [] : addresses;
    const barred = found.find(({ address }) => !isPublicAddress(address));
    if (error) done(error, '', 0);
    else if (barred || found.length === 0) done(new Error(`${hostname} does not lead to a public address`), '', 0);
    else if (options.all) (done as unknown as (error: null, list: typeof found) => void)(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  });
};

export function sender(options: SenderOptions): Sender {
  return {
    async send(call, { principal_id, credentials = {} }) {
      const body = JSON.stringify(call.body);
      const timestamp = options.clock.now().toISOString();
      const reply = await exchange(call, body, credentials, options);
      options.recorder.record({
        principal_id, method: call.method, url: call.url, content_type: 'application/json', payload: body, timestamp,
        ...(reply.kind === 'reply' ? { status: reply.status } : {}),
      });
      return reply;
    },
  };
}

function exchange(call: HttpCall, body: string, credentials: Readonly<Record<string, string>>, options: SenderOptions): Promise<Reply> {
  const target = new URL(call.url);
  const mapped = options.hosts?.get(target.origin);
  if (mapped === undefined && target.protocol !== 'https:') return Promise.resolve({ kind: 'no_reply', reason: `${target.origin} is not https` });
  const literal = target.hostname.replace(/^\[|\]$/g, '');
  if (mapped === undefined && isIP(literal) && !isPublicAddress(literal)) return Promise.resolve({ kind: 'no_reply', reason: `${target.hostname} is not a public address` });

  const url = mapped === undefined ? target : new URL(target.pathname + target.search, mapped);
  const settings: RequestOptions = {
    method: call.method, timeout: options.timeoutMs ?? 10_000,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': call.idempotency_key, ...credentials },
    ...(mapped === undefined ? { lookup: publicLookup } : {}),
  };
  return new Promise((resolve) => {
    const outgoing = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, settings, (incoming) => {
      const chunks: Buffer[] = [];
      let room = options.maxReplyBytes ?? 1024 * 1024;
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        if ((room -= chunk.length) < 0) giveUp('the reply is too long');
      });
      incoming.on('end', () => resolve({ kind: 'reply', status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
      incoming.on('error', (error) => giveUp(error.message));
    });
    const giveUp = (reason: string): void => {
      resolve({ kind: 'no_reply', reason });
      outgoing.destroy();
    };
    outgoing.on('timeout', () => giveUp('no reply in time'));
    outgoing.on('error', (error) => giveUp(error.message));
    outgoing.end(body);
  });
}
