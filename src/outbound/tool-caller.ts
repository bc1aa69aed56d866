/** Calls a tool of another agent over MCP. The official client speaks; the sender owns the wire. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { Clock } from '../domain/ports/clock.ts';
import type { Recorder } from '../domain/ports/recorder.ts';
import type { Sender } from './sender.ts';

export interface ToolCall {
  readonly agent_url: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** On whose behalf. */
  readonly principal_id: string;
  /** Bearer token for the agent. */
  readonly token?: string;
}

export type ToolReply =
  /** The document that the tool answered with. */
  | { readonly kind: 'answered'; readonly document: Readonly<Record<string, unknown>> }
  /** The tool, or the agent before it, refused in its own words. */
  | { readonly kind: 'refused'; readonly document?: Readonly<Record<string, unknown>>; readonly reason: string }
  | { readonly kind: 'no_reply'; readonly reason: string };

export interface ToolCaller {
  call(call: ToolCall): Promise<ToolReply>;
}

const OURSELVES = { name: 'adwright', version: '1' } as const;

/** A call is recorded with the tool's arguments as its payload: what the agent was told, without MCP's wrapping. */
export function toolCaller(send: Sender, recorder: Recorder, clock: Clock): ToolCaller {
  return {
    async call({ agent_url, tool, arguments: given, principal_id, token }) {
      const timestamp = clock.now().toISOString();
      const client = new Client(OURSELVES);
      const reply = await asked(client, agent_url, send, token, () => client.callTool({ name: tool, arguments: { ...given } }));
      recorder.record({
        principal_id, method: 'POST', url: agent_url, content_type: 'application/json', payload: JSON.stringify(given), timestamp,
        ...(reply.kind === 'no_reply' ? {} : { status: 200 }),
      });
      return reply;
    },
  };
}

interface ToolResult {
  readonly isError?: boolean;
  readonly structuredContent?: unknown;
  readonly content?: readonly { readonly type: string; readonly text?: string }[];
}

async function asked(client: Client, agent_url: string, send: Sender, token: string | undefined, ask: () => Promise<unknown>): Promise<ToolReply> {
  try {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    await client.connect(new StreamableHTTPClientTransport(new URL(agent_url), { fetch: wire(send), requestInit: { headers } }));
    return replyOf((await ask()) as ToolResult);
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message?: string };
    return typeof code === 'number' && code < 0 ? { kind: 'refused', reason: message ?? 'an error of JSON-RPC' } : { kind: 'no_reply', reason: message ?? String(error) };
  } finally {
    await client.close().catch(() => undefined);
  }
}

function replyOf({ isError, structuredContent, content = [] }: ToolResult): ToolReply {
  const text = content.find(({ type }) => type === 'text')?.text;
  const document = isObject(structuredContent) ? structuredContent : parsed(text);
  if (isError === true) return { kind: 'refused', ...(document ? { document } : {}), reason: text?.slice(0, 500) ?? 'an error without a word' };
  return document ? { kind: 'answered', document } : { kind: 'refused', reason: 'the answer is no document' };
}

/** What the client sends goes out as every other request does; it may open no stream of its own. */
function wire(send: Sender): (url: string | URL, init?: RequestInit) => Promise<Response> {
  return async (url, init = {}) => {
    if (init.method !== 'POST') return new Response(null, { status: 405 });
    const headers = Object.fromEntries(new Headers(init.headers));
    const reply = await send.post({ method: 'POST', url: String(url), headers, body: String(init.body) });
    if (reply.kind !== 'reply') throw new Error(reply.reason);
    return new Response([204, 205, 304].includes(reply.status) ? null : reply.body, { status: reply.status, headers: { 'content-type': reply.headers['content-type'] ?? '' } });
  };
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
