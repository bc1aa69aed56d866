import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type A2aManner, type Skill, startA2aAgent, type TestA2aAgent } from '../../../test/support/a2a-agent.ts';
import { readReply } from '../../judge/judge-step.ts';
import { systemClock } from '../clock.ts';
import { discover } from '../discover.ts';
import type { HttpLimits } from '../http.ts';
import { Reach } from '../reach.ts';
import { A2aAgent } from './a2a-agent.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});
const token = { kind: 'bearer', token: 't' } as const;
const echo: Readonly<Record<string, Skill>> = { echo: (input) => ({ got: input }) };

async function start(skills: Readonly<Record<string, Skill>> = echo, manner: A2aManner = {}): Promise<TestA2aAgent> {
  const agent = await startA2aAgent(skills, manner);
  opened.push(agent.close);
  return agent;
}

function client(url: string, limits: Partial<HttpLimits> = {}, signal = new AbortController().signal): A2aAgent {
  return new A2aAgent({
    url, clock: systemClock, signal, reach: new Reach({ given: [url] }), limits: { timeoutMs: 2000, maxBytes: 100_000, ...limits },
    newId: randomUUID, pollMs: 5,
  });
}
const http = (answer: (response: ServerResponse) => void): Readonly<Record<string, Skill>> => ({ echo: () => ({ $http: answer }) });

describe('talking to a seller over A2A', () => {
  test.each<[string, A2aManner]>([['1.0', {}], ['0.3', { version: '0.3' }]])('works in version %s', async (version, manner) => {
    const agent = await start(echo, { ...manner, token: 't' });
    const seller = client(agent.url);
    expect(await seller.introduce(token)).toMatchObject({ kind: 'introduced', tools: ['echo'], version });
    const exchange = await seller.call('echo', { a: [1, { b: null }] }, token);
    expect(exchange).toMatchObject({ kind: 'answered', request: { transport: 'a2a', operation: 'echo', payload: { a: [1, { b: null }] } }, http: { status: 200 } });
    expect(readReply('echo', exchange)).toMatchObject({
      outcome: { kind: 'succeeded' }, data: { got: { a: [1, { b: null }] } }, extraction: { path: 'structured_content' },
    });
    expect(agent.calls[0]!.headers).toMatchObject(
      version === '1.0'
        ? { 'a2a-version': '1.0', 'a2a-extensions': 'https://adcontextprotocol.org/extensions/adcp/v3', authorization: 'Bearer t' }
        : { 'x-a2a-extensions': 'https://adcontextprotocol.org/extensions/adcp/v3', authorization: 'Bearer t' }
    );
  });

  test('hands over a result exactly as it came, however odd', async () => {
    const odd = { task: { status: { state: 'TASK_STATE_COMPLETED' }, artifacts: [{ parts: [{ data: { x: 1 }, odd: true }] }], unheard: [null] } };
    const agent = await start({ echo: () => ({ $result: odd }) });
    expect(await client(agent.url).call('echo', {}, token)).toMatchObject({ kind: 'answered', result: odd });
  });

  test('takes the answer off a stream that stays open', async () => {
    const task = { id: 't', contextId: 'c', status: { state: 'TASK_STATE_COMPLETED' }, artifacts: [{ parts: [{ data: { streamed: true } }] }] };
    const agent = await start(http((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${JSON.stringify({ jsonrpc: '2.0', id: 1, result: { task } })}\n\n`);
    }));
    expect(readReply('echo', await client(agent.url).call('echo', {}, token)).data).toEqual({ streamed: true });
  });

  test('stays with a task that goes on until it has ended', async () => {
    for (const state of ['working', 'submitted']) {
      const agent = await start({ echo: () => ({ $later: { state, polls: 3, payload: { done: true } } }) });
      expect(readReply('echo', await client(agent.url).call('echo', {}, token)).data).toEqual({ done: true });
      expect(agent.methods).toEqual(['SendMessage', 'GetTask', 'GetTask', 'GetTask']);
    }
  });

  test('gives up on a task that never ends', async () => {
    const agent = await start({ echo: () => ({ $later: { state: 'working', polls: 1e6, payload: {} } }) });
    expect(await client(agent.url, { timeoutMs: 100 }).call('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code: 'timed_out' } });
  });

  test('asks about a task by its id where no skill does', async () => {
    const agent = await start({ echo: () => ({ $later: { state: 'input-required', polls: 1, payload: { task_id: 'task-1', status: 'completed' } } }) });
    const seller = client(agent.url);
    await seller.call('echo', {}, token);
    expect(readReply('tasks_get', await seller.call('tasks_get', { task_id: 'task-1' }, token)).data).toMatchObject({ status: 'completed' });
  });

  test('keeps to the conversation that the agent has named', async () => {
    const agent = await start();
    const [seller, conversation] = [client(agent.url), {}];
    await seller.call('echo', {}, token, conversation);
    await seller.call('echo', {}, token, conversation);
    await seller.call('echo', {}, token);
    expect(agent.calls.map(({ contextId }) => contextId)).toEqual(['context-1', 'context-1', 'context-3']);
  });

  test('a refused credential is the result', async () => {
    const agent = await start(echo, { token: 'other' });
    expect(await client(agent.url).probe('echo', {}, token)).toMatchObject({
      kind: 'failed', failure: { code: 'http_status' }, http: { status: 401, headers: { 'www-authenticate': 'Bearer realm="test"' } },
    });
  });

  test.each<[string, ReturnType<Skill>, object]>([
    ['a failed task with a payload', { $state: 'failed', payload: { adcp_error: { code: 'NOT_FOUND' } } }, { adcp_error: { code: 'NOT_FOUND' } }],
    ['a rejected task that explains itself', { $state: 'rejected', text: 'no such buy' }, { adcp_error: { code: 'a2a_error', message: 'no such buy' } }],
    ['a canceled task without a word', { $state: 'canceled' }, { adcp_error: { message: 'the task is canceled' } }],
  ])('%s is a refusal', async (_what, answer, data) => {
    const agent = await start({ echo: () => answer });
    expect(readReply('echo', await client(agent.url).call('echo', {}, token))).toMatchObject({
      outcome: { kind: 'failed' }, data, spoken: true, extraction: { path: 'error' },
    });
  });

  test('a submitted AdCP task is a complete task of A2A, and a message may hold the payload', async () => {
    const submitted = { status: 'submitted', task_id: 't' };
    for (const answer of [submitted, { $result: { message: { role: 'ROLE_AGENT', parts: [{ data: submitted }] } } }]) {
      const agent = await start({ echo: () => answer });
      expect(readReply('echo', await client(agent.url).call('echo', {}, token))).toMatchObject({ outcome: { kind: 'succeeded' }, data: submitted });
    }
  });

  test('a reply without a payload is nothing that can be read', async () => {
    for (const answer of [{ $result: { task: { status: { state: 'completed' }, artifacts: [{ parts: [{ text: 'hi' }] }] } } }, { $result: 7 }, { $result: { __proto__: 1 } }]) {
      const agent = await start({ echo: () => answer });
      expect(readReply('echo', await client(agent.url).call('echo', {}, token))).toMatchObject({ spoken: false, extraction: { path: 'none' } });
    }
  });
});

describe('agents of A2A that misbehave give one classified failure, in bounded time', () => {
  test.each<[string, Readonly<Record<string, Skill>>, string]>([
    ['never answers', http(() => undefined), 'timed_out'],
    ['answers HTML', http((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')), 'not_json'],
    ['answers HTML with an error status', http((response) => response.writeHead(502).end('<html>')), 'http_status'],
    ['closes in the middle', http((response) => { response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy()); }), 'closed'],
    ['answers too much', http((response) => response.writeHead(200).end(`"${'x'.repeat(200_000)}"`)), 'too_large'],
    ['answers another request', http((response) => response.writeHead(200).end('{"jsonrpc":"2.0","id":99,"result":{}}')), 'not_json_rpc'],
    ['answers no JSON-RPC', http((response) => response.writeHead(200).end('{"hello":1}')), 'not_json_rpc'],
    ['answers a depth that nobody can walk', http((response) => response.writeHead(200).end('['.repeat(5000))), 'too_deep'],
    ['redirects inside', http((response) => response.writeHead(307, { location: 'http://169.254.169.254/' }).end()), 'redirected'],
    ['answers an error of JSON-RPC', { echo: () => ({ $rpcError: { code: -32602, message: 'no' } }) }, 'rpc_error'],
  ])('an agent that %s', async (_what, skills, code) => {
    const agent = await start(skills);
    const from = performance.now();
    expect(await client(agent.url, { timeoutMs: 300 }).call('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code } });
    expect(performance.now() - from).toBeLessThan(1500);
  });

  const interfaces = (url: string) => ({ skills: [{ id: 'echo' }], supportedInterfaces: [{ url, protocolBinding: 'JSONRPC', protocolVersion: '1.0' }] });
  test.each<[string, (origin: string) => unknown, string]>([
    ['is a list', () => [1], 'not_a2a'], ['is empty', () => ({}), 'not_a2a'],
    ['offers another binding only', (origin) => ({ supportedInterfaces: [{ url: origin, protocolBinding: 'GRPC', protocolVersion: '1.0' }] }), 'not_a2a'],
    ['leads into a private network', () => interfaces('https://10.0.0.1/a2a'), 'barred'],
    ['leads to cloud metadata', () => interfaces('http://169.254.169.254/'), 'barred'],
    ['leads out without https', () => interfaces('http://8.8.8.8/a2a'), 'barred'],
    ['leads to a file', () => interfaces('file:///etc/passwd'), 'barred'],
    ['leads nowhere', () => interfaces('nothing'), 'barred'],
    ['has prototype keys', () => JSON.parse('{"__proto__":{"supportedInterfaces":[1]},"constructor":1,"skills":[{"id":"__proto__"}]}') as unknown, 'not_a2a'],
    ['has members of other types', () => ({ skills: 'x', supportedInterfaces: 'y', capabilities: 7 }), 'not_a2a'],
  ])('a card that %s', async (_what, card, code) => {
    const agent = await start(echo, { card });
    expect(await client(agent.url).call('echo', {}, token)).toMatchObject({ kind: 'failed', failure: { code } });
    expect(agent.calls).toHaveLength(0);
  });

  test.each<[string, (response: ServerResponse) => void, string]>([
    ['is not there', (response) => response.writeHead(404).end(), 'http_status'], ['is HTML', (response) => response.end('<html>'), 'not_json'],
    ['is too large', (response) => response.end(`"${'x'.repeat(200_000)}"`), 'too_large'], ['never comes', () => undefined, 'timed_out'],
    ['is too deep', (response) => response.end('{"a":'.repeat(3000)), 'too_deep'],
  ])('a card that %s', async (_what, answer, code) => {
    const agent = await start(echo, { intercept: (request, response) => {
      if (request.method === 'GET') answer(response);
      return request.method === 'GET';
    } });
    expect(await discover(client(agent.url, { timeoutMs: 300 }), token, '3.1')).toMatchObject({ kind: 'failed', failure: { code } });
  });

  test('a card of 10,000 skills is read, and one in the older place found', async () => {
    const skills = Array.from({ length: 10_000 }, (_each, i) => ({ id: `skill_${i}` }));
    const many = await start(echo, { card: (origin) => ({ ...interfaces(`${origin}/a2a`), skills }) });
    const introduced = await client(many.url, { maxBytes: 1_000_000 }).introduce(token);
    expect(introduced.kind === 'introduced' && introduced.tools.length).toBe(10_000);
    const older = await start(echo, { intercept: (request, response) => {
      if (request.url !== '/.well-known/agent.json') return false;
      response.end(JSON.stringify(interfaces(`http://${request.headers.host}/a2a`)));
      return true;
    }, card: () => undefined });
    expect(await client(older.url.replace('/a2a', '/.well-known/agent.json')).introduce(token)).toMatchObject({ kind: 'introduced' });
  });

  test('ends at once when the run is over', async () => {
    const agent = await start(http(() => undefined));
    const run = new AbortController();
    const call = client(agent.url, { timeoutMs: 60_000 }, run.signal).call('echo', {}, token);
    setTimeout(() => { run.abort(new Error('over')); }, 50);
    await expect(call).rejects.toThrow('over');
  });
});
