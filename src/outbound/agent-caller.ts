/** Calls tools of other agents over MCP. Every byte leaves through the sender, so that its address rules and limits hold here too. */
import type { Sender } from './sender.ts';

export type AgentAnswer =
  /** The structured content of the result; `refused` when the agent marked it as an error. */
  | { readonly kind: 'answer' | 'refused'; readonly document: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unreachable'; readonly reason: string };

export interface AgentCall {
  readonly agent_url: string;
  readonly tool: string;
  readonly request: Readonly<Record<string, unknown>>;
  /** Sent as a bearer token. */
  readonly token?: string;
  /** Headers that sign a body, for agents that recognise us so. */
  readonly sign?: (body: string) => Readonly<Record<string, string>>;
}

/** One call: handshake, tool, goodbye. Nothing is retried. */
export async function callAgent({ agent_url, tool, request, token, sign }: AgentCall, sender: Sender, info: { readonly name: string; readonly version: string }): Promise<AgentAnswer> {
  const url = URL.parse(agent_url);
  if (url === null) return { kind: 'unreachable', reason: 'the URL cannot be read' };
  // Loaded by those who call agents: it is as large as a good part of the server.
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const client = new Client(info);
  try {
    await client.connect(new StreamableHTTPClientTransport(url, {
      fetch: (target, init) => sent(String(target), init, sender, sign),
      ...(token === undefined ? {} : { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
    }));
    const { structuredContent, isError } = await client.callTool({ name: tool, arguments: request });
    if (typeof structuredContent !== 'object' || structuredContent === null) return { kind: 'unreachable', reason: `${tool} answered without a document` };
    return { kind: isError === true ? 'refused' : 'answer', document: structuredContent as Readonly<Record<string, unknown>> };
  } catch (error) {
    return { kind: 'unreachable', reason: (error as Error).message };
  } finally {
    await client.close().catch(() => undefined);
  }
}

/** Whether a stream of events holds the answer already: it may stay open behind it. */
const hasAnswer = (soFar: string): boolean => soFar.split(/\r?\n\r?\n/).slice(0, -1).some((event) => /^data:.*"(?:result|error)":/mu.test(event));

/** Only what asks for a reply is sent: a stream of the agent's own would have nobody to read it. */
async function sent(url: string, init: RequestInit | undefined, sender: Sender, sign: AgentCall['sign']): Promise<Response> {
  if (init?.method !== 'POST' || typeof init.body !== 'string') return new Response(null, { status: 405 });
  const reply = await sender.post({ method: 'POST', url, headers: { ...Object.fromEntries(new Headers(init.headers).entries()), ...sign?.(init.body) }, body: init.body, enough: hasAnswer });
  if (reply.kind !== 'reply') throw new Error(reply.reason);
  const bodiless = reply.status === 204 || reply.status === 304 || reply.body === '';
  return new Response(bodiless ? null : reply.body, { status: reply.status, headers: { ...(reply.headers['content-type'] ? { 'content-type': reply.headers['content-type'] } : {}), ...(reply.headers['mcp-session-id'] ? { 'mcp-session-id': reply.headers['mcp-session-id'] } : {}) } });
}
