/** Refusals below MCP: what cannot be read, or may not be asked. */
import type { ServerResponse } from 'node:http';

/** JSON-RPC error codes: of the specification, and those that AdCP reserves. */
export const RPC = { parse: -32700, invalidRequest: -32600, methodNotFound: -32601, internal: -32603, authMissing: -32028, rateLimited: -32029, unavailable: -32027 } as const;

export interface RpcRefusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** That of the message; absent when there is none. */
  readonly id?: unknown;
  readonly data?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuseRpc(response: ServerResponse, { status, code, message, id = null, data, headers }: RpcRefusal): void {
  sendJson(response, status, JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, ...(data ? { data } : {}) } }), headers);
}

export function sendJson(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  const bytes = Buffer.byteLength(text);
  // As many bytes as characters: all of them ASCII, and written as they are instead of being encoded.
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': bytes }).end(text, bytes === text.length ? 'latin1' : 'utf8');
}
