/** How a vector reaches a seller: wrapped as a call of a tool at its MCP endpoint, or at the path that it is written for. */
import { isObject } from '../../json/object.ts';
import type { Era } from '../../execute/mcp-session.ts';
import { canonicalTarget } from '../signatures/target-uri.ts';
import type { SigningVector } from './signing-vectors.ts';

/** A request without its signature. */
export interface Envelope {
  /** What is signed and asked for, byte for byte. */
  readonly url: string;
  /** Path and query as written, where a URL parser would change them. */
  readonly path?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function rawEnvelope({ message, body }: SigningVector, agentUrl: string): Envelope {
  const path = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*([^#]*)/.exec(message.url)?.[1] ?? '/';
  return { url: `${new URL(agentUrl).origin}${path}`, path, headers: plainHeaders(message.headers), body };
}

/** A vector that is a transport's own message stays as it is. */
export function mcpEnvelope(vector: SigningVector, agentUrl: string, era: Era, id: number): Envelope {
  const parsed = parseBody(vector.body);
  const call = isObject(parsed) && parsed['jsonrpc'] === '2.0'
    ? vector.body
    : JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: operationOf(vector), arguments: parsed ?? {} } });
  return {
    url: agentUrl, body: call,
    headers: {
      accept: 'application/json, text/event-stream', ...(era.version !== '' && { 'mcp-protocol-version': era.version }),
      ...(era.kind === 'session' && era.sessionId !== undefined && { 'mcp-session-id': era.sessionId }), ...plainHeaders(vector.message.headers),
    },
  };
}

/** The task that a vector calls: the last segment of its path. */
export function operationOf({ message }: SigningVector): string {
  return message.url.replace(/[?#].*$/s, '').split('/').at(-1)!;
}

/** Whether a vector is about the writing of its address, which a single endpoint does not show. */
export function isAboutItsAddress({ message: { url } }: SigningVector): boolean {
  return canonicalTarget(url)?.uri !== url || /[?%[]/.test(url);
}

/** The signature is made anew, and the transport adds its own credential where the vector has one. */
const REPLACED: ReadonlySet<string> = new Set(['signature', 'signature-input', 'authorization']);

function plainHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !REPLACED.has(name)));
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
