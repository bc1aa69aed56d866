import { request } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listening, type Listening } from '../../test/support/listening.ts';
import type { Call } from '../pipeline/call.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { taskOf } from '../protocol/tasks.ts';
import { httpApp } from '../http/app.ts';
import { mcpPost } from './post.ts';

const calls: Call[] = [];
/** Answers every call with what it was asked: the transport is what is tested here. */
const echo: Pipeline = {
  tasks: [taskOf('get_adcp_capabilities'), taskOf('list_creatives'), taskOf('create_media_buy')],
  serves: (task) => ['get_adcp_capabilities', 'list_creatives', 'create_media_buy'].includes(task),
  async dispatch(call) {
    calls.push(call);
    return { document: { status: 'completed', asked: call.request }, isError: call.request['fail'] === true };
  },
};

let server: Listening;
const problems: unknown[] = [];
beforeAll(async () => {
  server = await listening(httpApp({ posts: new Map([['/mcp', mcpPost({
    pipeline: echo, agent_url: 'http://seller.example/mcp', info: { name: 'test', version: '0' }, maxBodyBytes: 2048, hosts: ['127.0.0.1'], ids: { next: (prefix) => `${prefix}_1` }, onError: (error) => problems.push(error),
    principals: { principal: async (token) => (token === 'good' ? { principal_id: 'p', mode: 'live' } : undefined) },
  })]]) }));
});
afterAll(() => server.close());

const ACCEPT = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const post = (body: string, headers: Record<string, string> = {}) => fetch(`${server.origin}/mcp`, { method: 'POST', body, headers: { ...ACCEPT, ...headers } });
/** With the headers of the protocol revision of 2026 the message is made one of that revision. */
const call = (name: unknown, args: unknown = {}, headers: Record<string, string> = {}) =>
  post(JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name, arguments: args, ...('mcp-protocol-version' in headers ? { _meta: META } : {}) } }), headers);
const MODERN = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'list_creatives' };
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const GOOD = { authorization: 'Bearer good' };

describe('answers', () => {
  test('one JSON document per call: structured, and the same as text', async () => {
    const response = await call('list_creatives', { context: { a: 1 } }, GOOD);
    expect(response.headers.get('content-type')).toContain('application/json');
    const { result, id } = (await response.json()) as { id: number; result: { structuredContent: object; content: { text: string }[]; isError?: boolean } };
    expect(id).toBe(7);
    expect(result.structuredContent).toEqual({ status: 'completed', asked: { context: { a: 1 } } });
    expect(JSON.parse(result.content[0]!.text)).toEqual(result.structuredContent);
    expect(result.isError).toBeUndefined();
    expect(calls.at(-1)?.principal?.principal_id).toBe('p');
  });

  test('a failed answer as an MCP error result', async () => {
    const { result } = (await (await call('list_creatives', { fail: true }, GOOD)).json()) as { result: { isError: boolean } };
    expect(result.isError).toBe(true);
  });

  test.each([{ mode: 'legacy' as const }, { mode: { pin: '2026-07-28' } }])('the official client of either protocol era: %j', async (versionNegotiation) => {
    const client = new Client({ name: 'c', version: '1' }, { versionNegotiation } as never);
    await client.connect(new StreamableHTTPClientTransport(new URL(`${server.origin}/mcp`), { requestInit: { headers: GOOD } }));
    expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(['get_adcp_capabilities', 'list_creatives', 'create_media_buy']);
    const result = await client.callTool({ name: 'create_media_buy', arguments: { x: [1] } });
    expect(result.structuredContent).toEqual({ status: 'completed', asked: { x: [1] } });
    await client.close();
  });
});

describe('credentials', () => {
  test('a protected tool without a key is refused with HTTP 401 and a way in', async () => {
    const response = await call('list_creatives');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer realm="http://seller.example/mcp"');
    expect(await response.json()).toMatchObject({ id: 7, error: { code: -32028, data: { code: 'AUTH_MISSING' } } });
  });

  test.each([{ authorization: 'Bearer bad' }, { authorization: 'Basic Z29vZDo=' }, { 'x-adcp-auth': 'bad' }])('a bad key is refused, on open tools too: %j', async (headers) => {
    const response = await call('get_adcp_capabilities', {}, headers as unknown as Record<string, string>);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });

  test('an open tool answers without a key, and x-adcp-auth carries one as well', async () => {
    expect((await call('get_adcp_capabilities')).status).toBe(200);
    expect((await call('list_creatives', {}, { 'x-adcp-auth': 'good' })).status).toBe(200);
  });

  test('an unknown tool needs a key too, so that nobody can probe for names', async () => {
    expect((await call('no_such_tool')).status).toBe(401);
    expect((await call(42)).status).toBe(401);
  });
});

describe('bad input', () => {
  test.each([
    ['{"jsonrpc": ', 400, -32700],
    ['[{"jsonrpc":"2.0","id":1,"method":"tools/list"}]', 400, -32600],
    ['"tools/list"', 400, -32600],
    ['', 400, -32600],
    [`{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${'['.repeat(300)}${']'.repeat(300)}}`, 400, -32600],
    [JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_creatives', arguments: { pad: 'x'.repeat(3000) } } }), 413, -32600],
  ])('%j is refused with HTTP %i and %i', async (body, status, code) => {
    const response = await post(body, GOOD);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ jsonrpc: '2.0', error: { code, message: expect.any(String) as string } });
  });

  test.each(['all', 7, [], true])('arguments that are no object are refused by the tool, not by MCP: %j', async (given) => {
    for (const headers of [GOOD, { ...GOOD, ...MODERN }]) {
      const { result } = (await (await call('list_creatives', given, headers)).json()) as { result: { isError: boolean; structuredContent: object } };
      expect(result).toMatchObject({ isError: true, structuredContent: { status: 'failed', adcp_error: { code: 'INVALID_REQUEST', message: 'the arguments must be an object' } } });
    }
  });

  test.each([undefined, null])('arguments that are %j are none', async (given) => {
    const { result } = (await (await call('list_creatives', given, GOOD)).json()) as { result: { structuredContent: object } };
    expect(result.structuredContent).toEqual({ status: 'completed', asked: {} });
  });

  test('a request line that holds the whole URL is understood', async () => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    const status = await new Promise((resolve, reject) => {
      request(server.origin, { method: 'POST', path: `${server.origin}/mcp`, headers: ACCEPT }, (response) => resolve(response.resume().statusCode)).on('error', reject).end(body);
    });
    expect(status).toBe(200);
  });

  test('an unknown tool is named in the error', async () => {
    const body = (await (await call('no_such_tool', {}, GOOD)).json()) as { error: { code: number; message: string } };
    expect(body.error).toMatchObject({ code: -32602, message: expect.stringContaining('"no_such_tool"') as string });
  });

  test('a call for another host, or from a page of another origin, is refused', async () => {
    expect((await call('get_adcp_capabilities', {}, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await call('get_adcp_capabilities', {}, { origin: 'http://127.0.0.1:9' })).status).toBe(200);
  });

  test.each([['gzip', gzipSync], ['br', brotliCompressSync]] as const)('a body that is encoded with %s is read, and is no way around the limit', async (encoding, encode) => {
    const encoded = (given: object) => fetch(`${server.origin}/mcp`, {
      method: 'POST', headers: { ...ACCEPT, ...GOOD, 'content-encoding': encoding },
      body: new Uint8Array(encode(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_creatives', arguments: given } }))),
    });
    expect(await (await encoded({ a: 1 })).json()).toMatchObject({ result: { structuredContent: { asked: { a: 1 } } } });
    expect((await encoded({ pad: 'x'.repeat(3000) })).status).toBe(413);
    expect((await post('{}', { 'content-encoding': encoding })).status).toBe(400);
    expect((await post('{}', { 'content-encoding': 'zebra' })).status).toBe(415);
  });

  test('other methods and paths are refused in so many words, and the server goes on', async () => {
    expect((await fetch(`${server.origin}/mcp`)).status).toBe(405);
    expect((await fetch(`${server.origin}/.well-known/oauth-protected-resource/mcp`)).status).toBe(404);
    expect((await call('list_creatives', {}, GOOD)).status).toBe(200);
    expect(problems).toEqual([]);
  });
});
