/** One POST to the MCP endpoint: host, limits, JSON, authentication per tool, then the message. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/node';
import type { Principal } from '../domain/caller.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';
import { isTask, taskOf } from '../protocol/tasks.ts';
import { authenticate } from './credentials.ts';
import { mcpEndpoint } from './endpoint.ts';
import { isNestedDeeper, MOST_LEVELS } from './nesting.ts';
import { readJson } from './read-json.ts';
import { refuseRpc, RPC, type RpcRefusal } from './rpc-error.ts';
import type { ServerInfo } from './server-info.ts';

export interface PostOptions {
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

/** Answers a POST, whatever is in it. */
export type Post = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export function mcpPost(options: PostOptions): Post {
  const { principals, agent_url, maxBodyBytes, onError } = options;
  const ours = options.hosts ? ownHosts(options.hosts) : () => true;
  const endpoint = mcpEndpoint(options.pipeline, options.info);

  return async (request, response) => {
    if (!ours(request, response)) return;
    let message: unknown;
    try {
      const read = await readJson(request, maxBodyBytes);
      if (read.kind === 'broken_off') return;
      if (read.kind !== 'json') return refuseRpc(response, unreadable(read.kind, maxBodyBytes));
      message = read.value;
      const caller = await admitted(message, request, principals, agent_url);
      if ('status' in caller) return refuseRpc(response, caller);
      await endpoint(request, response, message, caller.principal);
    } catch (error) {
      onError(error);
      if (response.headersSent) return void response.end();
      refuseRpc(response, { status: 500, code: RPC.internal, message: 'internal error', id: idOf(message) });
    }
  };
}

function unreadable(why: 'too_large' | 'no_json' | 'unknown_encoding', limit: number): RpcRefusal {
  switch (why) {
    case 'too_large': return { status: 413, code: RPC.invalidRequest, message: `the body is over the limit of ${limit} bytes` };
    case 'no_json': return { status: 400, code: RPC.parse, message: 'the body is not JSON' };
    case 'unknown_encoding': return { status: 415, code: RPC.invalidRequest, message: 'the body is encoded in a way that is not read here; send it as it is, or with gzip, deflate or br' };
  }
}

/** Refuses requests for a host, or from a page of an origin, that is not ours (DNS rebinding). */
function ownHosts(hosts: readonly string[]): (request: IncomingMessage, response: ServerResponse) => boolean {
  const [host, origin] = [hostHeaderValidation([...hosts]), originValidation([...hosts])];
  return (request, response) => host(request, response) && origin(request, response);
}

/** Who sends a message that MCP may see. A protected tool without good credentials is refused before that, with HTTP 401 and a way in. */
async function admitted(
  message: unknown, { headers }: IncomingMessage, principals: PrincipalSource, agent_url: string,
): Promise<RpcRefusal | { readonly principal: Principal | undefined }> {
  const flaw = flawOf(message);
  if (flaw !== undefined) return { status: 400, code: RPC.invalidRequest, message: flaw };
  const challenge = (code: string, text: string, hint: string): RpcRefusal => ({
    status: 401, code: RPC.authMissing, message: text, id: idOf(message), data: { code }, headers: { 'www-authenticate': `Bearer realm="${agent_url}"${hint}` },
  });
  const caller = await authenticate(headers, principals);
  if (caller.kind === 'invalid') return challenge('AUTH_INVALID', 'the credentials are not known here', ', error="invalid_token"');
  if (caller.kind === 'known') return { principal: caller.principal };
  return needsCredentials(message) ? challenge('AUTH_MISSING', 'this tool needs credentials: send Authorization: Bearer <key>', '') : { principal: undefined };
}

/** One JSON-RPC message a request: batches were dropped from MCP, and hide which tools are called. */
function flawOf(message: unknown): string | undefined {
  if (Array.isArray(message)) return 'JSON-RPC batches are not served: send one message a request';
  if (typeof message !== 'object' || message === null) return 'the body must be one JSON-RPC message';
  return isNestedDeeper(message, MOST_LEVELS) ? `the body is nested deeper than ${MOST_LEVELS} levels` : undefined;
}

function needsCredentials(message: unknown): boolean {
  const { method, params } = message as { method?: unknown; params?: { name?: unknown } };
  if (method !== 'tools/call') return false;
  const name = params?.name;
  return typeof name !== 'string' || !isTask(name) || !taskOf(name).open;
}

const idOf = (message: unknown): unknown => (typeof message === 'object' && message !== null ? ((message as { id?: unknown }).id ?? null) : null);
