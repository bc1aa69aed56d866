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
  /** What is sent, when it was written before. */
  readonly text?: string;
}

/** The same with its text written already, for one that is sent again and again when time is short. */
export const written = (refusal: RpcRefusal): RpcRefusal => ({ ...refusal, text: textOf(refusal) });

const textOf = ({ code, message, id = null, data }: RpcRefusal): string => JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, ...(data ? { data } : {}) } });

/** @param more headers beside those of the refusal */
export function refuseRpc(response: ServerResponse, refusal: RpcRefusal, more?: Readonly<Record<string, string>>): void {
  sendJson(response, refusal.status, refusal.text ?? textOf(refusal), { ...refusal.headers, ...more });
}

export function sendJson(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>> = {}): void {
  const bytes = Buffer.byteLength(text);
  // As many bytes as characters: all of them ASCII, and written as they are instead of being encoded.
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': bytes }).end(text, bytes === text.length ? 'latin1' : 'utf8');
}
