/**
 * MCP over Streamable HTTP: stateless, JSON replies, both protocol eras. Plain calls are answered here; everything else of MCP is the
 * official SDK's, which is loaded with the first message that needs it: it takes longer to load, and more memory, than the rest of the server.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admitted } from '../http/admit.ts';
import { CORRELATION_HEADER } from '../http/correlation.ts';
import { sendJson } from '../http/rpc-error.ts';
import { turnsEnd } from '../http/turn.ts';
import type { ServerInfo } from '../http/server-info.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { plainCall, plainReply } from './plain-call.ts';

/** Answers one message of a caller who is known, through the response. */
export type McpEndpoint = (request: IncomingMessage, response: ServerResponse, admitted: Admitted) => Promise<void>;

export function mcpEndpoint(pipeline: Pipeline, info: ServerInfo): McpEndpoint {
  let sdk: Promise<McpEndpoint> | undefined;
  const throughSdk = (): Promise<McpEndpoint> => (sdk ??= import('./sdk-endpoint.ts').then(({ sdkEndpoint }) => sdkEndpoint(pipeline, info)));

  const turnEnds = turnsEnd();
  return async (request, response, admitted) => {
    const { message, principal, correlation_id } = admitted;
    const call = plainCall(request.headers, message);
    if (!call || !pipeline.serves(call.name)) {
      response.setHeader(CORRELATION_HEADER, correlation_id);
      return (await throughSdk())(request, response, admitted);
    }
    const answer = await pipeline.dispatch({ task: call.name, request: call.arguments, correlation_id, ...(principal ? { principal } : {}) });
    const text = plainReply(call, answer, info);
    await turnEnds();
    sendJson(response, 200, text, { [CORRELATION_HEADER]: correlation_id });
  };
}
