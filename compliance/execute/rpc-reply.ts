import type { HttpHead, TransportFailure } from '../exchange.ts';
import { isObject, own } from '../json/object.ts';
import type { HttpReply } from './http.ts';
import { EventScanner } from './sse.ts';

/** The answer to one JSON-RPC request. */
export type RpcReply =
  | { readonly kind: 'result'; readonly result: unknown; readonly http: HttpHead }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly http?: HttpHead };

/** Nesting that a reply may have; deeper ones are refused before anything walks through them. */
const MAX_DEPTH = 512;

/** Reads the reply to the request with this id, from a JSON body or from a stream of events. */
export function readRpcReply(reply: HttpReply, id: number): RpcReply {
  if (reply.kind === 'failed') return reply;
  const { http, body } = reply;
  const texts = isEventStream(http) ? new EventScanner().take(ended(body)) : [body];
  const failures: TransportFailure[] = [];
  for (const text of texts) {
    const read = readMessage(text, id);
    if (read.kind === 'result') return { kind: 'result', result: read.result, http };
    if (read.kind === 'answered_with_error') return { kind: 'failed', failure: read.failure, http };
    failures.push(read.failure);
  }
  if (http.status >= 400)
    return {
      kind: 'failed',
      failure: { code: 'http_status', message: `HTTP ${http.status}${body.trim() === '' ? '' : `: ${body.trim().slice(0, 120)}`}` }, http,
    };
  return { kind: 'failed', failure: failures[0] ?? { code: 'not_json_rpc', message: 'the stream ended without an answer' }, http };
}

/** Tells when a stream has brought the answer, so that the rest need not be awaited. */
export function answerWatcher(id: number): (http: HttpHead, body: string) => boolean {
  const scanner = new EventScanner();
  return (http, body) => isEventStream(http) && scanner.take(body).some((text) => readMessage(text, id).kind !== 'no_answer');
}

type ReadMessage =
  | { readonly kind: 'result'; readonly result: unknown }
  | { readonly kind: 'answered_with_error'; readonly failure: TransportFailure }
  | { readonly kind: 'no_answer'; readonly failure: TransportFailure };

export type BoundedJson =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'unreadable'; readonly failure: TransportFailure };

/** Parses a text from outside; what nests too deep for anybody to walk through is refused before. */
export function parseBounded(text: string): BoundedJson {
  if (isTooDeep(text))
    return { kind: 'unreadable', failure: { code: 'too_deep', message: `the reply nests deeper than ${MAX_DEPTH} levels` } };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'unreadable', failure: { code: 'not_json', message: `the reply is no JSON: ${text.trimStart().slice(0, 60)}` } };
  }
}

function readMessage(text: string, id: number): ReadMessage {
  const parsed = parseBounded(text);
  if (parsed.kind === 'unreadable') return { kind: parsed.failure.code === 'too_deep' ? 'answered_with_error' : 'no_answer', failure: parsed.failure };
  const message = parsed.value;
  const error = own(message, 'error');
  if (own(message, 'jsonrpc') !== '2.0' || (own(message, 'id') !== id && !(isObject(error) && own(message, 'id') === null)))
    return { kind: 'no_answer', failure: { code: 'not_json_rpc', message: 'the reply is no JSON-RPC answer to the request' } };
  if (isObject(error)) {
    const rpc = {
      code: Number(error['code']), message: String(error['message'] ?? ''), ...(error['data'] !== undefined && { data: error['data'] }),
    };
    return { kind: 'answered_with_error', failure: { code: 'rpc_error', message: `JSON-RPC error ${rpc.code}: ${rpc.message}`, rpc } };
  }
  if (!Object.hasOwn(message as object, 'result'))
    return { kind: 'no_answer', failure: { code: 'not_json_rpc', message: 'the answer has neither result nor error' } };
  return { kind: 'result', result: own(message, 'result') };
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (inString) {
      if (char === 0x5c) i += 1;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return false;
}

const isEventStream = (http: HttpHead): boolean => (http.headers['content-type'] ?? '').toLowerCase().startsWith('text/event-stream');
/** The last event of a closed stream may lack its empty line. */
const ended = (body: string): string => `${body}\n\n`;
