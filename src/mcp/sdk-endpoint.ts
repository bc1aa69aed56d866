/** What of MCP is not a plain call, answered by the official SDK: the handshake, discovery, both protocol eras, and calls with anything unusual about them. */
import { toNodeHandler, toWebRequest } from '@modelcontextprotocol/node';
import {
  createMcpHandler, isLegacyRequest, ProtocolError, ProtocolErrorCode, Server, WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import type { Principal } from '../domain/caller.ts';
import type { ServerInfo } from '../http/server-info.ts';
import { failed, type Answer } from '../protocol/envelope.ts';
import { refuse } from '../protocol/errors.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { prepared } from './call-arguments.ts';
import type { McpEndpoint } from './endpoint.ts';
import { toolList } from './tool-list.ts';

/** An MCP result: the AdCP document as structured content, and the same as text. */
export function toolResult({ document, isError }: Answer) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(document) }], structuredContent: document as Record<string, unknown>, ...(isError ? { isError } : {}) };
}

/** What is known of a request beyond its message. */
interface Calling {
  readonly principal?: Principal;
  readonly malformed: boolean;
  readonly correlation_id: string;
}

export function sdkEndpoint(pipeline: Pipeline, info: ServerInfo): McpEndpoint {
  const tools = toolList(pipeline.tasks);
  const serverFor = ({ principal, malformed, correlation_id }: Calling): Server => {
    const server = new Server(info, { capabilities: { tools: {} } });
    server.setRequestHandler('tools/list', () => ({ tools }));
    server.setRequestHandler('tools/call', async ({ params }) => {
      if (!pipeline.serves(params.name)) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `unknown tool ${JSON.stringify(params.name).slice(0, 100)}; see tools/list`);
      if (malformed) return toolResult(failed(refuse('INVALID_REQUEST', 'the arguments must be an object'), undefined));
      return toolResult(await pipeline.dispatch({ task: params.name, request: params.arguments ?? {}, correlation_id, ...(principal ? { principal } : {}) }));
    });
    return server;
  };
  const modern = toNodeHandler(createMcpHandler(({ authInfo }) => serverFor(authInfo?.extra?.['calling'] as Calling), { legacy: 'reject' }));

  return async (request, response, { message: body, principal, correlation_id }) => {
    const { message, malformed } = prepared(body);
    const calling: Calling = { malformed, correlation_id, ...(principal ? { principal } : {}) };
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
}
