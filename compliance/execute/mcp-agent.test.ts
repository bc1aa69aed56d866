import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type AgentManner, startAgent, type TestAgent, type Tool } from '../../test/support/mcp-agent.ts';
import { McpAgent } from './mcp-agent.ts';
import { Reach } from './reach.ts';
import { systemClock } from './clock.ts';
import { discover } from './discover.ts';
import type { HttpLimits } from './http.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});
const token = { kind: 'bearer', token: 't' } as const;
const echo: Readonly<Record<string, Tool>> = { echo: (args) => ({ got: args }) };

async function start(tools: Readonly<Record<string, Tool>> = echo, manner: AgentManner = {}): Promise<TestAgent> {
  const agent = await startAgent(tools, manner);
  opened.push(agent.close);
  return agent;
}

function client(url: string, limits: Partial<HttpLimits> = {}, signal = new AbortController().signal): McpAgent {
  return new McpAgent({
    url, clock: systemClock, signal, reach: new Reach({ given: [url] }), limits: { timeoutMs: 2000, maxBytes: 100_000, ...limits },
  });
}
const http = (answer: (response: ServerResponse) => void): Readonly<Record<string, Tool>> => ({ echo: () => ({ $http: answer }) });

describe('talking to a seller', () => {
  test.each<[string, AgentManner]>([
    ['JSON, without sessions', {}], ['a stream of events that stays open', { reply: 'sse' }], ['JSON, in a session', { stateful: true }],
    ['a stream, in a session', { reply: 'sse', stateful: true }],
    ['both eras of MCP', { newerEra: 'both' }], ['both eras, in a session', { newerEra: 'both', stateful: true }],
    ['the newer era of MCP only', { newerEra: true }], ['the newer era, as a stream', { newerEra: true, reply: 'sse' }],
  ])('works over %s', async (_what, manner) => {
    const agent = await start(echo, { ...manner, token: 't' });
    const exchange = await client(agent.url).call('echo', { a: [1, { b: null }] }, token);
    expect(exchange).toMatchObject({
      kind: 'answered', request: { operation: 'echo', payload: { a: [1, { b: null }] } },
      result: { structuredContent: { got: { a: [1, { b: null }] } } }, http: { status: 200 },
    });
    expect(agent.methods.filter((method) => method === 'tools/call')).toHaveLength(1);
  });

  test('hands over a result exactly as it came, however odd', async () => {
    const odd = { structuredContent: [1], content: [{ type: 'weird', x: 1 }], isError: 'yes', extra: { deep: null } };
    const agent = await start({ echo: () => ({ $result: odd }) });
    expect(await client(agent.url).call('echo', {}, token)).toMatchObject({ kind: 'answered', result: odd });
  });

  test('opens one session for each credential, and a new one when the seller has lost it', async () => {
    const agent = await start(echo, { stateful: true });
    const seller = client(agent.url);
    await seller.call('echo', {}, token);
    await seller.call('echo', {}, token);
    expect(agent.methods.filter((method) => method === 'initialize')).toHaveLength(1);
    agent.forgetSessions();
    expect(await seller.call('echo', {}, token)).toMatchObject({ kind: 'answered' });
    expect(agent.methods.filter((method) => method === 'initialize')).toHaveLength(2);
    await seller.call('echo', {}, { kind: 'basic', username: 'u', password: 'p' });
    expect(agent.calls.at(-1)!.headers.authorization).toBe(`Basic ${Buffer.from('u:p').toString('base64')}`);
  });

  test('calls at the same time share one session, also when the seller has lost it', async () => {
    const agent = await start(echo, { stateful: true });
    const seller = client(agent.url);
    const together = () => Promise.all([1, 2, 3].map(() => seller.call('echo', {}, token)));
    await together();
    agent.forgetSessions();
    expect((await together()).map(({ kind }) => kind)).toEqual(['answered', 'answered', 'answered']);
    expect(agent.methods.filter((method) => method === 'initialize')).toHaveLength(2);
  });

  test('a probe goes through a handshake of its own with exactly its credential', async () => {
    const agent = await start(echo, { token: 't' });
    expect(await client(agent.url).probe('echo', {}, { kind: 'none' })).toMatchObject({
      kind: 'failed', failure: { code: 'http_status' }, http: { status: 401, headers: { 'www-authenticate': 'Bearer realm="test"' } },
    });
    expect(await client(agent.url).probe('echo', { a: 1 }, token)).toMatchObject({
      kind: 'answered', result: { structuredContent: { got: { a: 1 } } },
    });
  });

  test('follows a redirect within the origin that keeps the method, and no other', async () => {
    const agent = await start(echo, { intercept: (request, response) => {
      if (request.url !== '/mcp') return false;
      response.writeHead(307, { location: '/mcp/' }).end();
      return true;
    } });
    expect(await client(agent.url).call('echo', {}, token)).toMatchObject({ kind: 'answered' });
    expect(await client(agent.url).probe('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code: 'redirected' } });
    for (const [status, location] of [[307, 'http://127.0.0.2:9/x'], [302, '/mcp/'], [308, 'http://localhost:1/x']] as const) {
      const other = await start(echo, { intercept: (_request, response) => Boolean(response.writeHead(status, { location }).end()) });
      expect(await client(other.url).call('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code: 'redirected' } });
    }
  });
});

describe('sellers that misbehave give one classified failure, in bounded time', () => {
  test.each<[string, Readonly<Record<string, Tool>>, string]>([
    ['never answers', http(() => undefined), 'timed_out'],
    [
      'begins and never ends', http((response) => { response.writeHead(200, { 'content-type': 'application/json' }).write('{"jsonrpc"'); }),
      'timed_out',
    ],
    ['answers HTML', http((response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('<html>hello</html>'); }), 'not_json'],
    [
      'answers HTML with an error status',
      http((response) => { response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>'); }), 'http_status',
    ],
    [
      'closes in the middle',
      http((response) => { response.writeHead(200, { 'content-length': '100' }).write('{"jsonrpc":', () => { response.destroy(); }); }),
      'closed',
    ],
    ['closes at once', http((response) => { response.destroy(); }), 'closed'],
    ['answers too much', http((response) => { response.writeHead(200).end(`"${'x'.repeat(200_000)}"`); }), 'too_large'],
    ['never stops answering', http((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const timer = setInterval(() => { response.write(`: ${'x'.repeat(10_000)}\n\n`); }, 1);
      response.on('close', () => { clearInterval(timer); });
    }), 'too_large'],
    [
      'answers another request', http((response) => { response.writeHead(200).end('{"jsonrpc":"2.0","id":9999,"result":{}}'); }),
      'not_json_rpc',
    ],
    ['answers no JSON-RPC', http((response) => { response.writeHead(200).end('{"hello":1}'); }), 'not_json_rpc'],
    ['answers neither result nor error', { echo: () => ({ $result: undefined }) }, 'not_json_rpc'],
    ['answers a depth that nobody can walk', http((response) => { response.writeHead(200).end('['.repeat(5000)); }), 'too_deep'],
    [
      'ends its stream without an answer',
      http(
        (response) => { response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"jsonrpc":"2.0","method":"x"}\n\n'); }
      ),
      'not_json_rpc',
    ],
    ['answers an error of JSON-RPC', { echo: () => ({ $rpcError: { code: -32602, message: 'INVALID_REQUEST: no' } }) }, 'rpc_error'],
    ['answers no HTTP', http((response) => { response.socket?.end('hello\r\n\r\n'); }), 'not_json_rpc'],
  ])('a seller that %s', async (_what, tools, code) => {
    const agent = await start(tools);
    const from = performance.now();
    const exchange = await client(agent.url, { timeoutMs: 300 }).call('echo', {}, token);
    expect(exchange).toMatchObject({ kind: 'failed', failure: { code } });
    expect(performance.now() - from).toBeLessThan(1500);
  });

  test('a list of 10,000 tools is read, and one that never ends is left', async () => {
    const tools = Object.fromEntries(Array.from({ length: 10_000 }, (_each, i): [string, Tool] => [`tool_${i}`, () => ({})]));
    const agent = await start({ ...tools, get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }) });
    const found = await discover(client(agent.url, { maxBytes: 2_000_000 }), token, '3.1');
    expect(found.kind === 'discovered' && found.profile.tools.size).toBe(10_001);
    let pages = 0;
    const endless = await start({}, { intercept: (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        const { id, method } = JSON.parse(body) as { id?: number; method: string };
        if (method === 'tools/list') pages += 1;
        const result = method === 'tools/list' ? { tools: [{ name: `t${pages}` }], nextCursor: 'more' } : { protocolVersion: '2025-11-25' };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      });
      return true;
    } });
    expect(await discover(client(endless.url), token, '3.1')).toMatchObject({ kind: 'discovered' });
    expect(pages).toBe(200);
  });

  test.each<[string, unknown]>([
    ['tools that are none', { tools: [7, null, 'x', { name: 3 }, {}] }], ['a list that is none', { tools: { length: 5 } }],
    ['prototype keys', JSON.parse('{"__proto__":{"tools":[{"name":"x"}]},"tools":[{"name":"__proto__","inputSchema":{"properties":{"__proto__":{}}}}]}')],
  ])('a seller that lists %s is discovered with what can be read', async (_what, result) => {
    const agent = await start({}, { intercept: (request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        const { id, method } = JSON.parse(body) as { id?: number; method: string };
        response.end(JSON.stringify({ jsonrpc: '2.0', id, result: method === 'tools/list' ? result : { protocolVersion: '2025-11-25' } }));
      });
      return true;
    } });
    expect(await discover(client(agent.url), token, '3.1')).toMatchObject({ kind: 'discovered' });
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('a reply of gigabytes costs no more than its bound', async () => {
    const chunk = Buffer.alloc(1 << 20, 0x20);
    const agent = await start(http((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(2 ** 31) });
      const pour = (): void => { while (!response.destroyed && response.write(chunk)); };
      response.on('drain', pour);
      pour();
    }));
    const before = process.memoryUsage().rss;
    expect(await client(agent.url, { maxBytes: 4 << 20 }).call('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code: 'too_large' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
  });

  test('a seller that is not there is told apart', async () => {
    const agent = await startAgent(echo);
    await agent.close();
    expect(await client(agent.url).call('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code: 'refused' } });
    expect(await client(agent.url).isListening()).toBe(false);
    expect(
      await client('http://nobody.invalid/mcp').call('echo', {}, token)
    ).toMatchObject({ kind: 'failed', failure: { code: 'unresolved_host' } });
  });

  test('a kept connection that the seller closed meanwhile is opened again', async () => {
    const sockets: { destroy(): void }[] = [];
    const server = createServer((_request, response) => { response.end('{}'); });
    server.on('connection', (socket) => sockets.push(socket));
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    opened.push(() => new Promise((resolve) => { server.close(() => resolve()); }));
    const seller = client(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`);
    expect(await seller.isListening()).toBe(true);
    for (const socket of sockets) socket.destroy();
    expect(await seller.isListening()).toBe(true);
  });

  test('ends at once when the run is over', async () => {
    const agent = await start(http(() => undefined));
    const run = new AbortController();
    const call = client(agent.url, { timeoutMs: 60_000 }, run.signal).call('echo', {}, token);
    setTimeout(() => { run.abort(new Error('over')); }, 50);
    await expect(call).rejects.toThrow('over');
  });
});

describe('discovery', () => {
  const seller = (capabilities: Tool) => start({ get_adcp_capabilities: capabilities, get_products: () => ({}) });

  test('learns tools and capabilities', async () => {
    const agent = await seller(() => ({ status: 'completed', adcp: {}, supported_protocols: ['media_buy'] }));
    expect(await discover(client(agent.url), token, '3.1')).toMatchObject({ kind: 'discovered', profile: {
      tools: new Set(['get_adcp_capabilities', 'get_products']), capabilities: { supported_protocols: ['media_buy'] },
      mcp_version: '2025-11-25',
    } });
  });

  test('asks again with the major version alone when the release is refused', async () => {
    const agent = await seller(
      (args) => (args['adcp_version'] === undefined ? { adcp: {}, supported_protocols: [] } : { errors: [{ code: 'VERSION_UNSUPPORTED' }] })
    );
    expect(await discover(client(agent.url), token, '3.1')).toMatchObject({ profile: { capabilities: { supported_protocols: [] } } });
    expect(agent.calls.map(({ args }) => args)).toEqual([{ adcp_major_version: 3, adcp_version: '3.1' }, { adcp_major_version: 3 }]);
  });

  test('a seller that gives no capabilities is discovered without them', async () => {
    const agent = await seller(() => ({ errors: [{ code: 'X' }] }));
    const found = await discover(client(agent.url), token, '3.1');
    expect(found).toMatchObject({ kind: 'discovered' });
    expect(found).not.toHaveProperty('profile.capabilities');
  });

  test('tells a refused credential from a seller that is not there', async () => {
    const agent = await start(echo, { token: 'other' });
    expect(await discover(client(agent.url), token, '3.1')).toMatchObject({ kind: 'failed', authentication: true });
    await agent.close();
    expect(await discover(client(agent.url), token, '3.1')).toMatchObject({
      kind: 'failed', authentication: false, failure: { code: 'refused' },
    });
  });
});
