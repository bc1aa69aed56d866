/**
 * MCP over Streamable HTTP: stateless, JSON replies, both protocol eras. Plain calls are answered here; everything else of MCP is the
 * official SDK's.
 */
import { toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import {
  createMcpHandler, isLegacyRequest, ProtocolError, ProtocolErrorCode, Server, WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../domain/caller.ts';
import { failed, type Answer } from '../protocol/envelope.ts';
import { refuse } from '../protocol/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { prepared } from './call-arguments.ts';
import { plainCall, plainReply } from './plain-call.ts';
import { sendJson } from '../http/rpc-error.ts';
import type { ServerInfo } from '../http/server-info.ts';
import { toolList } from './tool-list.ts';

/** An MCP result: the AdCP document as structured content, and the same as text. */
export function toolResult({ document, isError }: Answer) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(document) }], structuredContent: document as Record<string, unknown>, ...(isError ? { isError } : {}) };
}

/** What is known of a request beyond its message. */
interface Calling {
  readonly principal?: Principal;
  readonly malformed: boolean;
}

/** Answers one message of a caller who is known, through the response. */
export type McpEndpoint = (request: IncomingMessage, response: ServerResponse, message: unknown, principal: Principal | undefined) => Promise<void>;

export function mcpEndpoint(pipeline: Pipeline, info: ServerInfo): McpEndpoint {
  const tools = toolList(pipeline.tasks);
  const serverFor = ({ principal, malformed }: Calling): Server => {
    const server = new Server(info, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({ tools }));
    server.setRequestHandler('tools/call', async ({ params }) => {
      if (!pipeline.serves(params.name)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `unknown tool ${JSON.stringify(params.name).slice(0, 100)}; see tools/list`);
      if (malformed) return toolResult(failed(refuse('INVALID_REQUEST', 'the arguments must be an object'), undefined));
      return toolResult(await pipeline.dispatch({ task: params.name, request: params.arguments ?? {}, ...(principal ? { principal } : {}) }));
    });
    return server;
  };
  const modern = toNodeHandler(createMcpHandler(({ authInfo }) => serverFor(authInfo?.extra?.['calling'] as Calling), { legacy: 'reject' }));

  const throughSdk = async (request: IncomingMessage, response: ServerResponse, body: unknown, principal: Principal | undefined) => {
    const { message, malformed } = prepared(body);
    const calling: Calling = { malformed, ...(principal ? { principal } : {}) };
    if (!(await isLegacyRequest(await toWebRequest(request, message)))) {
      const auth = { token: '', clientId: principal?.principal_id ?? '', scopes: [], extra: { calling } };
      return modern(Object.assign(request, { auth }), response, message);
    }
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
    const server = serverFor(calling);
    await server.connect(transport);
    response.on('close', () => void server.close());
    return toNodeHandler({ fetch: (web, options) => transport.handleRequest(web, options) })(request, response, message);
  };

  return async (request, response, message, principal) => {
    const call = plainCall(request.headers, message);
    if (!call || !pipeline.serves(call.name)) return throughSdk(request, response, message, principal);
    const answer = await pipeline.dispatch({ task: call.name, request: call.arguments, ...(principal ? { principal } : {}) });
    sendJson(response, 200, plainReply(call, answer, info));
  };
}
