/**
 * A small MCP client of the judge's own: it hands over every tool result exactly as the seller sent it, and every way to
 * fail as a value. It speaks both eras of the protocol: sessions opened by `initialize` (revisions up to 2025-11-25), and
 * requests that carry their own envelope (2026-07-28).
 */
import type { HttpHead, TransportFailure } from '../exchange.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import { type HttpLimits, type HttpReply, send } from './http.ts';
import type { Reach } from './reach.ts';
import { answerWatcher, readRpcReply, type RpcReply } from './rpc-reply.ts';

export interface McpTarget {
  readonly url: string;
  /** Headers of every request: the credential. */
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  /** As for any request when undefined. */
  readonly maxRedirects?: number;
  readonly reach: Reach;
}

export type Era =
  | { readonly kind: 'session'; readonly version: string; readonly sessionId?: string }
  | { readonly kind: 'enveloped'; readonly version: string };

export type OpenedSession =
  | { readonly kind: 'open'; readonly session: McpSession }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly http?: HttpHead };

export interface ListedTools {
  readonly kind: 'tools';
  readonly names: readonly string[];
  /** Members of each tool's input, for tools that list any. */
  readonly inputs: ReadonlyMap<string, ReadonlySet<string>>;
}

const SESSION_VERSION = '2025-11-25';
const ENVELOPED_VERSION = '2026-07-28';
const CLIENT = { name: 'adwright-judge', version: '0.1.0' };
const META = {
  version: 'io.modelcontextprotocol/protocolVersion', info: 'io.modelcontextprotocol/clientInfo',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
};
const MAX_TOOL_PAGES = 200;
const FAREWELL_TIMEOUT_MS = 2000;

export class McpSession {
  readonly era: Era;
  readonly #target: McpTarget;
  #nextId = 1;

  private constructor(target: McpTarget, era: Era) {
    this.#target = target;
    this.era = era;
  }

  /** Connects in the older way first; a server that refuses it is asked whether it speaks the newer one. */
  static async open(target: McpTarget): Promise<OpenedSession> {
    const opened = await McpSession.initialize(target);
    if (opened.kind === 'open' || !mayBeNewer(opened)) return opened;
    const session = new McpSession(target, { kind: 'enveloped', version: ENVELOPED_VERSION });
    const discovered = await session.request('server/discover', {});
    if (discovered.kind === 'failed') return opened;
    const versions = own(discovered.result, 'supportedVersions');
    return !Array.isArray(versions) || versions.includes(ENVELOPED_VERSION) ? { kind: 'open', session } : opened;
  }

  /** The handshake alone, as the raw authentication probes need it. */
  static async initialize(target: McpTarget): Promise<OpenedSession> {
    const starting = new McpSession(target, { kind: 'session', version: '' });
    const reply = await starting.request('initialize', { protocolVersion: SESSION_VERSION, capabilities: {}, clientInfo: CLIENT });
    if (reply.kind === 'failed') return reply;
    const version = own(reply.result, 'protocolVersion');
    const sessionId = reply.http.headers['mcp-session-id'];
    const session = new McpSession(
      target,
      { kind: 'session', version: typeof version === 'string' ? version : SESSION_VERSION, ...(sessionId !== undefined && { sessionId }) }
    );
    await session.#notify('notifications/initialized');
    return { kind: 'open', session };
  }

  /** A connection to a server that is known to speak the newer era; nothing is sent. */
  static enveloped(target: McpTarget): McpSession {
    return new McpSession(target, { kind: 'enveloped', version: ENVELOPED_VERSION });
  }

  callTool(name: string, args: JsonObject): Promise<RpcReply> {
    return this.request('tools/call', { name, arguments: args });
  }

  /** All tools, page by page. */
  async listTools(): Promise<ListedTools | Extract<RpcReply, { kind: 'failed' }>> {
    const names: string[] = [];
    const inputs = new Map<string, ReadonlySet<string>>();
    let cursor: unknown;
    for (let page = 0; page < MAX_TOOL_PAGES; page += 1) {
      const reply = await this.request('tools/list', typeof cursor === 'string' ? { cursor } : {});
      if (reply.kind === 'failed') return reply;
      const tools = own(reply.result, 'tools');
      for (const tool of Array.isArray(tools) ? tools as unknown[] : []) {
        const name = own(tool, 'name');
        const properties = own(own(tool, 'inputSchema'), 'properties');
        if (typeof name === 'string') names.push(name);
        if (typeof name === 'string' && isObject(properties)) inputs.set(name, new Set(Object.keys(properties)));
      }
      cursor = own(reply.result, 'nextCursor');
      if (typeof cursor !== 'string' || cursor === '') break;
    }
    return { kind: 'tools', names, inputs };
  }

  async request(method: string, params: JsonObject): Promise<RpcReply> {
    const id = this.#nextId;
    this.#nextId += 1;
    const body = JSON.stringify({ jsonrpc: '2.0', id, method, params: this.#enveloped(params) });
    return readRpcReply(await this.#post(method, params, body, id), id);
  }

  /** Ends the session at the server, who is not waited for long; one that has none needs nothing. */
  async close(): Promise<void> {
    if (this.era.kind !== 'session' || this.era.sessionId === undefined) return;
    const { url, limits, signal, reach } = this.#target;
    const brief = { ...limits, timeoutMs: Math.min(limits.timeoutMs, FAREWELL_TIMEOUT_MS) };
    await send({ method: 'DELETE', url, headers: this.#headers('', {}) }, { limits: brief, signal, reach });
  }

  async #notify(method: string): Promise<void> {
    await this.#post(method, {}, JSON.stringify({ jsonrpc: '2.0', method }), 0);
  }

  #post(method: string, params: JsonObject, body: string, id: number): Promise<HttpReply> {
    const { url, limits, signal, reach, maxRedirects } = this.#target;
    return send({ method: 'POST', url, headers: this.#headers(method, params), body }, {
      limits, signal, reach, enough: answerWatcher(id), ...(maxRedirects !== undefined && { maxRedirects }),
    });
  }

  #headers(method: string, params: JsonObject): Record<string, string> {
    const headers: Record<string, string> = {
      ...this.#target.headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream',
    };
    if (this.era.version !== '') headers['mcp-protocol-version'] = this.era.version;
    if (this.era.kind === 'session' && this.era.sessionId !== undefined) headers['mcp-session-id'] = this.era.sessionId;
    if (this.era.kind === 'enveloped') headers['mcp-method'] = method;
    const { name } = params;
    if (this.era.kind === 'enveloped' && typeof name === 'string' && /^[\x21-\x7e]+$/.test(name)) headers['mcp-name'] = name;
    return headers;
  }

  #enveloped(params: JsonObject): JsonObject {
    if (this.era.kind === 'session') return params;
    const meta = { [META.version]: this.era.version, [META.info]: CLIENT, [META.capabilities]: {} };
    return { ...params, _meta: isObject(params['_meta']) ? { ...meta, ...params['_meta'] } : meta };
  }
}

/** A refusal of the handshake that a server of the newer era would give too. Silence, and a refused credential, are none. */
function mayBeNewer(opened: Extract<OpenedSession, { kind: 'failed' }>): boolean {
  const { failure, http } = opened;
  if (http === undefined || http.status === 401 || http.status === 403) return false;
  return failure.code === 'rpc_error' || (failure.code === 'http_status' && http.status >= 400 && http.status < 500);
}
