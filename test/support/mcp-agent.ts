/** Small agents that speak just enough MCP for a test, over real HTTP on loopback. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Record<string, unknown>;

/** What a tool answers: an AdCP payload, or something that is none. */
export type ToolAnswer =
  | Json
  /** The tool result as it goes on the wire. */
  | { readonly $result: unknown }
  | { readonly $rpcError: { readonly code: number; readonly message: string; readonly data?: unknown } }
  /** Takes the reply over: status, headers, body, or nothing at all. */
  | { readonly $http: (response: ServerResponse) => void };

export type Tool = (args: Json, call: { readonly headers: IncomingMessage['headers']; readonly calls: readonly ToolCall[] }) =>
  ToolAnswer | Promise<ToolAnswer>;

export interface ToolCall {
  readonly name: string;
  readonly args: Json;
  readonly headers: IncomingMessage['headers'];
}

export interface AgentManner {
  /** Refuses other bearer tokens with HTTP 401. */
  readonly token?: string;
  readonly reply?: 'json' | 'sse';
  /** Hands out a session id, and refuses requests that do not bring it. */
  readonly stateful?: boolean;
  /** Listens there; undefined: on a free port. */
  readonly port?: number;
  /** Speaks the revision of 2026 only; or the older ones beside it. */
  readonly newerEra?: boolean | 'both';
  /** Sees every HTTP request first; true means that it has answered. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

export interface TestAgent {
  readonly url: string;
  /** Tool calls in the order in which they came. */
  readonly calls: readonly ToolCall[];
  /** Methods of MCP in the order in which they came. */
  readonly methods: readonly string[];
  /** Drops all sessions, as a server does that starts again. */
  forgetSessions(): void;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: Json;
}

interface Refusal {
  readonly status: number;
  readonly error: Json;
}

export async function startAgent(tools: Readonly<Record<string, Tool>>, manner: AgentManner = {}): Promise<TestAgent> {
  const agent = new ScriptedAgent(tools, manner);
  const server = createServer((request, response) => {
    if (manner.intercept?.(request, response) === true) return;
    let body = '';
    request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
    request.on('end', () => { void agent.answer(request, response, body); });
  });
  await new Promise<void>((resolve) => { server.listen(manner.port ?? 0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`, calls: agent.calls, methods: agent.methods,
    forgetSessions: () => agent.sessions.clear(),
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

class ScriptedAgent {
  readonly calls: ToolCall[] = [];
  readonly methods: string[] = [];
  readonly sessions = new Set<string>();
  readonly #tools: Readonly<Record<string, Tool>>;
  readonly #manner: AgentManner;
  #opened = 0;

  constructor(tools: Readonly<Record<string, Tool>>, manner: AgentManner) {
    this.#tools = tools;
    this.#manner = manner;
  }

  async answer(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { token } = this.#manner;
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401, { 'www-authenticate': 'Bearer realm="test"', 'content-type': 'application/json' }).end('{}');
      return;
    }
    if (request.method !== 'POST') {
      response.writeHead(request.method === 'DELETE' ? 204 : 405).end();
      return;
    }
    const message = JSON.parse(body) as Message;
    this.methods.push(message.method);
    const refused = this.#outOfEra(message, request) ?? this.#outOfSession(message, request);
    if (refused !== undefined)
      response.writeHead(refused.status, { 'content-type': 'application/json' }).end(
        JSON.stringify({ jsonrpc: '2.0', id: message.id ?? null, error: refused.error })
      );
    else if (message.id === undefined) response.writeHead(202).end();
    else this.#say(response, message, await this.#resultOf(message, request));
  }

  #say(response: ServerResponse, message: Message, result: Json): void {
    if ('$http' in result) {
      (result as { $http: (response: ServerResponse) => void }).$http(response);
      return;
    }
    const outcome = '$rpcError' in result ? { error: result['$rpcError'] } : { result: result['$result'] };
    const text = JSON.stringify({ jsonrpc: '2.0', id: message.id, ...outcome });
    const headers = message.method === 'initialize' ? this.#newSession() : {};
    if (this.#manner.reply === 'sse') {
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
      response.write(': hello\n\nevent: message\ndata: {"jsonrpc":"2.0","method":"notifications/progress","params":{}}\n\n');
      response.write(`event: message\ndata: ${text}\n\n`); // left open: a client has to stop at the answer
    } else response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(text);
  }

  #newSession(): Record<string, string> {
    if (this.#manner.stateful !== true) return {};
    this.#opened += 1;
    this.sessions.add(`session-${this.#opened}`);
    return { 'mcp-session-id': `session-${this.#opened}` };
  }

  #outOfEra(message: Message, request: IncomingMessage): Refusal | undefined {
    if (this.#manner.newerEra === 'both') return undefined;
    if (this.#manner.newerEra !== true)
      return message.method === 'server/discover' ? { status: 200, error: { code: -32601, message: 'Method not found' } } : undefined;
    const meta = message.params?.['_meta'] as Json | undefined;
    const { headers } = request;
    const speaks = meta?.['io.modelcontextprotocol/protocolVersion'] === '2026-07-28' && headers['mcp-protocol-version'] === '2026-07-28'
      && headers['mcp-method'] === message.method;
    return speaks
      ? undefined
      : { status: 400, error: { code: -32022, message: 'Unsupported protocol version', data: { supported: ['2026-07-28'] } } };
  }

  #outOfSession(message: Message, request: IncomingMessage): Refusal | undefined {
    if (this.#manner.stateful !== true || message.method === 'initialize' || message.method === 'server/discover') return undefined;
    return this.sessions.has(String(request.headers['mcp-session-id']))
      ? undefined
      : { status: 404, error: { code: -32001, message: 'Session not found' } };
  }

  async #resultOf(message: Message, request: IncomingMessage): Promise<Json> {
    const complete = this.#manner.newerEra === true ? { resultType: 'complete' } : {};
    switch (message.method) {
      case 'server/discover': return { $result: { ...complete, supportedVersions: ['2026-07-28'], capabilities: { tools: {} } } };
      case 'initialize':
        return { $result: { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'test', version: '1' } } };
      case 'tools/list':
        return { $result: { ...complete, tools: Object.keys(this.#tools).map((name) => ({ name, inputSchema: { type: 'object' } })) } };
      case 'tools/call': return this.#call(message.params as { name: string; arguments: Json }, request, complete);
      default: return { $rpcError: { code: -32601, message: 'Method not found' } };
    }
  }

  async #call({ name, arguments: args }: { name: string; arguments: Json }, { headers }: IncomingMessage, complete: Json): Promise<Json> {
    const tool = this.#tools[name];
    if (tool === undefined) return { $rpcError: { code: -32602, message: `Unknown tool: ${name}` } };
    const given: ToolAnswer = await tool(args, { headers, calls: this.calls });
    this.calls.push({ name, args, headers });
    if ('$result' in given || '$rpcError' in given || '$http' in given) return given as Json;
    return { $result: { ...complete, content: [{ type: 'text', text: JSON.stringify(given) }], structuredContent: given } };
  }
}
