/** The HTTP surface: limits, JSON, authentication per tool, then MCP. */
import type { RequestListener } from 'node:http';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/node';
import express, { type ErrorRequestHandler, type Request, type RequestHandler } from 'express';
import type { Principal } from '../domain/caller.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';
import { isTask, taskOf } from '../protocol/tasks.ts';
import { authenticate } from './credentials.ts';
import { isNestedDeeper, MOST_LEVELS } from './nesting.ts';
import { mcpEndpoint, type ServerInfo } from './endpoint.ts';

export interface AppOptions {
  readonly pipeline: Pipeline;
  readonly principals: PrincipalSource;
  readonly info: ServerInfo;
  /** The URL that buyers call; the realm of refusals. */
  readonly agent_url: string;
  /** Host names under which the server may be called, so that no web page can reach it through a name of its own; absent: any. */
  readonly hosts?: readonly string[];
  readonly maxBodyBytes: number;
  readonly onError: (error: unknown) => void;
}

/** JSON-RPC error codes: of the specification, and those that AdCP reserves. */
export const RPC = { parse: -32700, invalidRequest: -32600, methodNotFound: -32601, internal: -32603, authMissing: -32028 } as const;

const rpcError = (code: number, message: string, id: unknown = null, data?: object) => ({ jsonrpc: '2.0', id, error: { code, message, ...(data ? { data } : {}) } });
const idOf = (body: unknown): unknown => (typeof body === 'object' && body !== null ? ((body as { id?: unknown }).id ?? null) : null);

export function httpApp(options: AppOptions): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  const endpoint = mcpEndpoint(options.pipeline, options.info);

  if (options.hosts) app.use('/mcp', ownHosts(options.hosts));
  app.post('/mcp', express.json({ limit: options.maxBodyBytes, type: () => true, strict: false }), oneMessage, guard(options), async (request, response) => {
    await endpoint(request, response, (request as Guarded).principal);
  });
  app.all('/mcp', (_request, response) => {
    response.status(405).set('allow', 'POST').json(rpcError(RPC.invalidRequest, 'this endpoint is stateless: POST one JSON-RPC message'));
  });
  app.use((_request, response) => { response.status(404).json({ error: 'not found; the MCP endpoint is /mcp' }); });
  app.use(failure(options));
  return (request, response) => {
    request.url = pathOf(request.url!);
    app(request, response);
  };
}

/** A request line may hold a whole URL (RFC 9112, 3.2.2); everything behind this knows paths only. */
function pathOf(target: string): string {
  if (!URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

interface Guarded extends Request {
  principal?: Principal;
}

/** Refuses requests for a host, or from a page of an origin, that is not ours (DNS rebinding). */
function ownHosts(hosts: readonly string[]): RequestHandler {
  const [host, origin] = [hostHeaderValidation([...hosts]), originValidation([...hosts])];
  return (request, response, next) => { if (host(request, response) && origin(request, response)) next(); };
}

/** One JSON-RPC message a request: batches were dropped from MCP, and hide which tools are called. */
const oneMessage: RequestHandler = (request, response, next) => {
  const body: unknown = request.body;
  if (Array.isArray(body)) response.status(400).json(rpcError(RPC.invalidRequest, 'JSON-RPC batches are not served: send one message a request'));
  else if (typeof body !== 'object' || body === null) response.status(400).json(rpcError(RPC.invalidRequest, 'the body must be one JSON-RPC message'));
  else if (isNestedDeeper(body, MOST_LEVELS)) response.status(400).json(rpcError(RPC.invalidRequest, `the body is nested deeper than ${MOST_LEVELS} levels`));
  else next();
};

/** Refuses a protected tool without good credentials before MCP sees the call, with HTTP 401 and a way in. */
function guard({ principals, agent_url }: AppOptions): RequestHandler {
  return async (request: Guarded, response, next) => {
    const caller = await authenticate(request.headers, principals);
    const challenge = (code: string, message: string, hint: string) => {
      response.status(401).set('www-authenticate', `Bearer realm="${agent_url}"${hint}`).json(rpcError(RPC.authMissing, message, idOf(request.body), { code }));
    };
    if (caller.kind === 'invalid') return challenge('AUTH_INVALID', 'the credentials are not known here', ', error="invalid_token"');
    if (caller.kind === 'known') request.principal = caller.principal;
    else if (needsCredentials(request.body)) return challenge('AUTH_MISSING', 'this tool needs credentials: send Authorization: Bearer <key>', '');
    next();
  };
}

function needsCredentials(body: unknown): boolean {
  const { method, params } = body as { method?: unknown; params?: { name?: unknown } };
  if (method !== 'tools/call') return false;
  const name = params?.name;
  return typeof name !== 'string' || !isTask(name) || !taskOf(name).open;
}

function failure({ onError, maxBodyBytes }: AppOptions): ErrorRequestHandler {
  return (error: { type?: string; status?: number }, request, response, _next) => {
    if (response.headersSent) return void response.end();
    if (error.type === 'entity.too.large') return void response.status(413).json(rpcError(RPC.invalidRequest, `the body is over the limit of ${maxBodyBytes} bytes`));
    if (error.type === 'entity.parse.failed') return void response.status(400).json(rpcError(RPC.parse, 'the body is not JSON'));
    if (error.status !== undefined && error.status < 500) return void response.status(error.status).json(rpcError(RPC.invalidRequest, 'the request cannot be read'));
    onError(error);
    response.status(500).json(rpcError(RPC.internal, 'internal error', idOf(request.body)));
  };
}
