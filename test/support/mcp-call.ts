/** Calls a tool over HTTP as any MCP client would, and nothing more: no SDK between the test and the wire. */
export interface ToolAnswer {
  readonly http: number;
  readonly isError: boolean;
  /** The structured content, or an empty document when MCP itself refused. */
  readonly document: Record<string, unknown>;
  readonly rpcError?: { readonly code: number; readonly message: string };
}

export type Tool = (task: string, request: Record<string, unknown>) => Promise<ToolAnswer>;

export function toolCaller(url: string, token: string | undefined, headers: Record<string, string> = {}): Tool {
  let id = 0;
  return async (name, args) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: (id += 1), method: 'tools/call', params: { name, arguments: args } }),
    });
    const { result, error } = (await response.json()) as { result?: { structuredContent: Record<string, unknown>; isError?: boolean }; error?: { code: number; message: string } };
    return { http: response.status, isError: result?.isError === true || error !== undefined, document: result?.structuredContent ?? {}, ...(error ? { rpcError: error } : {}) };
  };
}
