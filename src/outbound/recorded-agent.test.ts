import { createServer, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { afterEach, expect, test } from 'vitest';
import { listening } from '../../test/support/listening.ts';
import { boundedRecorder } from './recorder.ts';
import { mcpVerifier } from './mcp-verifier.ts';
import { sender } from './sender.ts';
import { callAgent } from './agent-caller.ts';
import { recordedAgent } from './recorded-agent.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => { for (const close of opened.splice(0)) await close(); });

const clock = { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => {} };
type Answering = (name: string, given: Readonly<Record<string, unknown>> | undefined) => object;

/** An agent of governance on the loopback interface, known as https://agent.example. */
async function agent(answer: Answering, headers: Record<string, string | undefined>[] = []) {
  const handle = toNodeHandler(createMcpHandler(() => {
    const mcp = new Server({ name: 'agent', version: '1' }, { capabilities: { tools: {} } });
    mcp.setRequestHandler('tools/list', () => ({ tools: [] }));
    mcp.setRequestHandler('tools/call', ({ params }) => answer(params.name, params.arguments) as never);
    return mcp;
  }));
  return callerTo(await listening((request, response) => {
    headers.push({ authorization: request.headers.authorization });
    void handle(request, response);
  }));
}

function callerTo({ origin, close }: Awaited<ReturnType<typeof listening>>) {
  opened.push(close);
  const recorder = boundedRecorder();
  const send = sender({ recorder, clock, hosts: new Map([['https://agent.example', origin]]), timeoutMs: 500 });
  return { ask: recordedAgent((made) => callAgent(made, send, { name: 'test', version: '0' }), recorder, clock), recorder };
}

const call = { agent_url: 'https://agent.example/mcp', tool: 'check', request: { a: [1] }, principal_id: 'p', token: 'secret' };

test('calls a tool with its arguments and credentials, and records what the agent was told', async () => {
  const [asked, headers]: [unknown[], Record<string, string | undefined>[]] = [[], []];
  const { ask, recorder } = await agent((name, given) => { asked.push([name, given]); return { content: [], structuredContent: { ok: true } }; }, headers);
  expect(await ask(call)).toEqual({ kind: 'answer', document: { ok: true } });
  expect(asked).toEqual([['check', { a: [1] }]]);
  expect(new Set(headers.map(({ authorization }) => authorization))).toEqual(new Set(['Bearer secret']));
  expect(recorder.since(undefined)).toMatchObject([{ principal_id: 'p', method: 'POST', url: 'https://agent.example/mcp', payload: '{"a":[1]}', status: 200 }]);
  expect(JSON.stringify(recorder.since(undefined))).not.toContain('secret');
});

test.each<[string, object, object]>([
  ['a refusal of the tool', { isError: true, content: [{ type: 'text', text: 'no' }], structuredContent: { code: 'X' } }, { kind: 'refused', document: { code: 'X' } }],
  ['words without a document', { content: [{ type: 'text', text: 'fine' }] }, { kind: 'unreachable' }],
])('%s', async (_what, result, reply) => {
  const { ask } = await agent(() => result);
  expect(await ask(call)).toMatchObject(reply);
});

test('an error of JSON-RPC is no answer', async () => {
  const { ask } = await agent(() => { throw new Error('broken'); });
  expect(await ask(call)).toMatchObject({ kind: 'unreachable' });
});

test.each<[string, (response: ServerResponse) => void]>([
  ['nothing', () => {}], ['an error of HTTP', (response) => response.writeHead(500).end()], ['no JSON', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
  ['the door', (response) => response.destroy()],
])('an agent that answers with %s gives no reply, in bounded time', async (_what, answer) => {
  const { ask } = callerTo(await listening((_request, response) => answer(response)));
  expect(await ask(call)).toMatchObject({ kind: 'unreachable', reason: expect.any(String) as string });
});

test('nobody is called at an address that may not be', async () => {
  let calls = 0;
  const server = createServer((_request, response) => { calls += 1; response.end(); });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  opened.push(() => new Promise((resolve) => { server.close(() => resolve()); }));
  const { ask } = await agent(() => ({}));
  expect(await ask({ ...call, agent_url: `http://127.0.0.1:${(server.address() as { port: number }).port}/mcp` })).toMatchObject({ kind: 'unreachable' });
  expect(calls).toBe(0);
});

test('of what a verifier says only what AdCP knows is taken', async () => {
  const document = {
    results: [{ feature_id: 'ai_generated', value: true, confidence: 0.9, secret: 1 }, { feature_id: 7, value: true }, { feature_id: 'x', value: {} }, { feature_id: 'y', value: 'z', confidence: 9 }, null],
    audit_observations: [{ code: 'SOMETHING_ELSE' }, 7], detail_url: 'https://agent.example/internal',
  };
  const { ask } = await agent(() => ({ content: [], structuredContent: document }));
  const creative = { creative_id: 'a', name: 'A', assets: {} } as never;
  expect(await mcpVerifier(ask).ask({ agent_url: call.agent_url, feature_ids: [], creative, principal_id: 'p' })).toEqual({
    kind: 'told', observations: [], features: [{ feature_id: 'ai_generated', value: true, confidence: 0.9 }, { feature_id: 'y', value: 'z' }],
  });
  const silent = await agent(() => ({ content: [], structuredContent: { results: 'none' } }));
  expect(await mcpVerifier(silent.ask).ask({ agent_url: call.agent_url, feature_ids: [], creative, principal_id: 'p' })).toMatchObject({ kind: 'silent' });
});
