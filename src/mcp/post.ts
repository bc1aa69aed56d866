/** MCP over HTTP: one POST, one message, one JSON reply. */
import type { Operation } from '../domain/request-signing.ts';
import { admitting, type AdmitOptions, type Post } from '../http/admit.ts';
import type { ServerInfo } from '../http/server-info.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { isTask, taskOf } from '../protocol/tasks.ts';
import { mcpEndpoint } from './endpoint.ts';

export interface McpOptions extends AdmitOptions {
  readonly pipeline: Pipeline;
  readonly info: ServerInfo;
}

export function mcpPost(options: McpOptions): Post {
  const endpoint = mcpEndpoint(options.pipeline, options.info);
  return admitting(options, { needsCredentials: callsProtectedTool, callsTask, operations: operationsOf }, (admitted, request, response) => endpoint(request, response, admitted));
}

/** A tool is a task of AdCP; any other method is one of the transport. */
function operationsOf(message: object): readonly Operation[] {
  const { method, params } = message as { method?: unknown; params?: { name?: unknown; arguments?: unknown } };
  if (typeof method !== 'string') return [];
  return method === 'tools/call' ? [{ kind: 'task', name: String(params?.name), request: params?.arguments }] : [{ kind: 'method', name: method }];
}

const callsTask = (message: object): boolean => (message as { method?: unknown }).method === 'tools/call';

function callsProtectedTool(message: object): boolean {
  const { params } = message as { params?: { name?: unknown } };
  if (!callsTask(message)) return false;
  const name = params?.name;
  return typeof name !== 'string' || !isTask(name) || !taskOf(name).open;
}
