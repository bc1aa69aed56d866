/** MCP over HTTP: one POST, one message, one JSON reply. */
import { admitting, type AdmitOptions, type Post } from '../http/admit.ts';
import type { Operation } from '../domain/request-signing.ts';
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
  return admitting(options, { needsCredentials: callsProtectedTool, operations: operationsOf }, ({ message, principal }, request, response) => endpoint(request, response, message, principal));
}

/** A tool is a task of AdCP; any other method is one of the transport. */
function operationsOf(message: object): readonly Operation[] {
  const { method, params } = message as { method?: unknown; params?: { name?: unknown; arguments?: unknown } };
  if (typeof method !== 'string') return [];
  return method === 'tools/call' ? [{ kind: 'task', name: String(params?.name), request: params?.arguments }] : [{ kind: 'method', name: method }];
}

function callsProtectedTool(message: object): boolean {
  const { method, params } = message as { method?: unknown; params?: { name?: unknown } };
  if (method !== 'tools/call') return false;
  const name = params?.name;
  return typeof name !== 'string' || !isTask(name) || !taskOf(name).open;
}
