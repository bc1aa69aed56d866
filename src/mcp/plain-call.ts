/**
 * The calls that need nothing of MCP but an answer: `tools/call`, one message, a JSON reply, of either protocol era. They are nearly
 * all calls, and are answered without a server and a transport of their own; whatever is unusual about a message (a progress token,
 * a session, a member that we don't know, headers that disagree with the body) makes it one for the SDK.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { documentText } from '../protocol/document-text.ts';
import type { Answer } from '../protocol/envelope.ts';
import type { ServerInfo } from '../http/server-info.ts';

export interface PlainCall {
  readonly era: 'legacy' | 'modern';
  readonly id: string | number;
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

type Headers = IncomingHttpHeaders;
type Members = Readonly<Record<string, unknown>>;

/** Revisions before 2026, as their clients name them after the handshake. */
const LEGACY = new Set(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2024-10-07']);
const MODERN = '2026-07-28';
const META = 'io.modelcontextprotocol/';
/** With these a client asks for more than an answer. */
const UNUSUAL_HEADERS = ['mcp-session-id', 'last-event-id'];

/** The call that a parsed message makes, or undefined when the SDK must look at it. */
export function plainCall(headers: Headers, body: unknown): PlainCall | undefined {
  if (!isObject(body) || !holdsOnly(body, MESSAGE) || body['jsonrpc'] !== '2.0' || body['method'] !== 'tools/call') return undefined;
  const { id, params } = body;
  if (!isRequestId(id) || !isObject(params) || !holdsOnly(params, PARAMS)) return undefined;
  const { name, _meta, arguments: given = {} } = params;
  if (typeof name !== 'string' || !isObject(given)) return undefined;
  if (!isJson(headers['content-type']) || UNUSUAL_HEADERS.some((header) => header in headers)) return undefined;
  const era = eraOf(headers, name, _meta);
  return era && { era, id, name, arguments: given };
}

/** The reply in JSON, byte for byte what the SDK makes of the same answer. The document is turned into text once. */
export function plainReply({ era, id }: PlainCall, { document, isError }: Answer, info: ServerInfo): string {
  const { json, escaped } = documentText(document);
  const more = era === 'modern' ? `,"resultType":"complete","_meta":{"${META}serverInfo":${JSON.stringify(info)}}` : '';
  return `{"result":{"content":[{"type":"text","text":"${escaped}"}],"structuredContent":${json}${isError ? ',"isError":true' : ''}${more}},"jsonrpc":"2.0","id":${JSON.stringify(id)}}`;
}

const MESSAGE = new Set(['jsonrpc', 'id', 'method', 'params']);
const PARAMS = new Set(['name', 'arguments', '_meta']);
const ENVELOPE = new Set([`${META}protocolVersion`, `${META}clientInfo`, `${META}clientCapabilities`]);

function eraOf(headers: Headers, name: string, meta: unknown): PlainCall['era'] | undefined {
  const version = headers['mcp-protocol-version'];
  if (meta === undefined) return (version === undefined || LEGACY.has(version as string)) && acceptsBoth(headers.accept) ? 'legacy' : undefined;
  if (version !== MODERN || headers['mcp-method'] !== 'tools/call' || headers['mcp-name'] !== name) return undefined;
  return isEnvelope(meta) ? 'modern' : undefined;
}

/** What every message of the revision of 2026 says of its sender, and nothing beside. */
function isEnvelope(meta: unknown): boolean {
  if (!isObject(meta) || !holdsOnly(meta, ENVELOPE) || meta[`${META}protocolVersion`] !== MODERN) return false;
  const [client, capabilities] = [meta[`${META}clientInfo`], meta[`${META}clientCapabilities`]];
  return isObject(client) && typeof client['name'] === 'string' && typeof client['version'] === 'string' && Object.keys(client).length === 2
    && isObject(capabilities) && Object.keys(capabilities).length === 0;
}

const isRequestId = (id: unknown): id is string | number => typeof id === 'string' || Number.isSafeInteger(id);
const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
const isJson = (type: string | undefined): boolean => type !== undefined && /^application\/json\s*(?:;|$)/i.test(type);
const acceptsBoth = (accept: string | undefined): boolean => accept !== undefined && accept.includes('application/json') && accept.includes('text/event-stream');

function holdsOnly(object: Members, members: ReadonlySet<string>): boolean {
  for (const member in object) if (!members.has(member)) return false;
  return true;
}
