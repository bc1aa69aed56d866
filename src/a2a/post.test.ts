import { ClientFactory } from 'a2a/client';
import { AgentCard, Role } from 'a2a';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { httpApp } from '../http/app.ts';
import type { Call } from '../pipeline/call.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Answer } from '../protocol/envelope.ts';
import { isTask, TASKS, taskOf, type TaskName } from '../protocol/tasks.ts';
import { listening, type Listening } from '../../test/support/listening.ts';
import { mcpPost } from '../mcp/post.ts';
import { ADCP_EXTENSION, agentCard, agentCardDocument } from './agent-card.ts';
import { a2aPost } from './post.ts';

const calls: Call[] = [];
let answer: Answer;
const telling: Pipeline = {
  tasks: (Object.keys(TASKS) as TaskName[]).map(taskOf),
  serves: isTask,
  dispatch: async (call) => {
    calls.push(call);
    return { ...answer, document: { ...answer.document, asked: call.request } };
  },
};

let server: Listening;
beforeAll(async () => {
  const card = agentCard(telling.tasks, { version: '1.2.3', seller: 'The Daily Trail', url: 'http://seller.example/a2a' });
  let last = 0;
  const front = {
    ids: { next: (prefix: string) => `${prefix}_${(last += 1)}` },
    pipeline: telling, info: { name: 'test', version: '0' }, agent_url: 'http://seller.example/mcp', maxBodyBytes: 100_000, hosts: ['127.0.0.1'],
    onError: (error: unknown) => { throw error; },
    principals: { principal: async (token: string) => (['one', 'two'].includes(token) ? { principal_id: token, mode: 'live' as const } : undefined) },
  };
  const options = { ...front, card, clock: { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => {} } };
  server = await listening(httpApp({
    posts: new Map([['/a2a', a2aPost(options)], ['/mcp', mcpPost(front)]]), documents: new Map([['/.well-known/agent-card.json', agentCardDocument(card)]]),
  }));
});
afterAll(() => server.close());
beforeEach(() => {
  calls.length = 0;
  answer = { document: { status: 'completed', adcp_version: '3.1' } as never, isError: false };
});

const HEADERS = { 'content-type': 'application/json', 'a2a-version': '1.0', 'a2a-extensions': ADCP_EXTENSION, authorization: 'Bearer one' };
interface TaskJson {
  readonly id: string;
  readonly contextId: string;
  readonly status: { readonly state: string };
  readonly artifacts: readonly { readonly parts: readonly { readonly data: unknown }[] }[];
}
/** What any of the operations answers, and what a refusal says. */
interface Reply {
  readonly result: TaskJson & { readonly task: TaskJson; readonly tasks: readonly TaskJson[]; readonly totalSize: number; readonly nextPageToken: string };
  readonly error: { readonly code: number; readonly message: string; readonly data: { readonly code: string } };
}
const post = async (body: unknown, headers: Record<string, string> = {}) => {
  const given = Object.fromEntries(Object.entries({ ...HEADERS, ...headers }).filter(([, value]) => value !== ''));
  const response = await fetch(`${server.origin}/a2a`, { method: 'POST', headers: given, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, headers: response.headers, ...((await response.json()) as Reply) };
};
const rpc = (method: string, params: unknown) => ({ jsonrpc: '2.0', id: 7, method, params });
const message = (parts: readonly unknown[], more: object = {}) => rpc('SendMessage', { message: { messageId: 'm', role: 'ROLE_USER', parts, ...more } });
const invoking = (skill: unknown, input?: unknown) => message([{ data: { skill, ...(input === undefined ? {} : { input }) } }]);

describe('a message that invokes a skill', () => {
  test('is answered with a task that has ended, whose artifact is the bare AdCP document', async () => {
    const reply = await post(invoking('list_creatives', { context: { a: 1 } }));
    expect(calls).toEqual([{ task: 'list_creatives', correlation_id: 'cor_1', request: { context: { a: 1 } }, principal: { principal_id: 'one', mode: 'live' } }]);
    expect(reply.headers.get('a2a-extensions')).toBe(ADCP_EXTENSION);
    expect(reply.result.task).toMatchObject({
      id: expect.any(String), contextId: expect.any(String), status: { state: 'TASK_STATE_COMPLETED', timestamp: '2026-11-20T12:00:00.000Z' },
      artifacts: [{ name: 'list_creatives', parts: [{ data: { status: 'completed', adcp_version: '3.1', asked: { context: { a: 1 } } } }] }],
    });
    expect(reply.result.task.artifacts).toHaveLength(1);
  });

  test.each(Object.keys(TASKS))('%s says over A2A what it says over MCP', async (task) => {
    for (const isError of [false, true]) {
      answer = { document: { status: isError ? 'failed' : 'completed', list: [null, 1.5e-9, 'é\u2028"'], none: undefined } as never, isError };
      const { result } = await post(invoking(task, { context: { b: [1] } }));
      const mcp = await fetch(`${server.origin}/mcp`, {
        method: 'POST', headers: { ...HEADERS, accept: 'application/json, text/event-stream' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: task, arguments: { context: { b: [1] } } } }),
      });
      const { result: { structuredContent } } = (await mcp.json()) as { result: { structuredContent: object } };
      expect(result.task.artifacts[0]!.parts[0]!.data).toEqual(structuredContent);
      expect(result.task.status.state).toBe(isError ? 'TASK_STATE_FAILED' : 'TASK_STATE_COMPLETED');
    }
  });

  test('that AdCP goes on with is a completed task, which tells the id to ask for', async () => {
    answer = { document: { status: 'submitted', task_id: 'task_9' } as never, isError: false };
    const { result: { task } } = await post(invoking('create_media_buy', {}));
    expect(task.status.state).toBe('TASK_STATE_COMPLETED');
    expect(task.artifacts[0]).toMatchObject({ metadata: { adcp_task_id: 'task_9' }, parts: [{ data: { status: 'submitted', task_id: 'task_9' } }] });
  });

  test('stays in the conversation that it names, and begins one where it names none', async () => {
    const own = await post(message([{ data: { skill: 'get_products', input: {} } }], { contextId: 'mine' }));
    expect(own.result.task.contextId).toBe('mine');
    const [first, second] = [await post(invoking('get_products')), await post(invoking('get_products'))];
    expect(first.result.task.contextId).not.toBe(second.result.task.contextId);
  });

  test('may hold words for people beside', async () => {
    expect((await post(message([{ text: 'Please list' }, { data: { skill: 'list_creatives', input: {} } }]))).result.task.status.state).toBe('TASK_STATE_COMPLETED');
  });
});

describe('what is no request of AdCP is refused in terms of A2A, and reaches no task', () => {
  test.each<[string, unknown, number]>([
    ['no data part', message([{ text: 'list my creatives' }]), -32602],
    ['two data parts', message([{ data: { skill: 'list_creatives' } }, { data: { skill: 'list_creatives' } }]), -32602],
    ['parameters instead of input', message([{ data: { skill: 'list_creatives', parameters: {} } }]), -32602],
    ['a skill that is no text', invoking(7), -32602],
    ['input that is no object', invoking('list_creatives', [1]), -32602],
    ['a data part that is no object', message([{ data: [1] }]), -32602],
    ['an unknown skill', invoking('no_such_skill'), -32004],
    ['an unknown operation', rpc('Dance', {}), -32601],
    ['a stream', rpc('SendStreamingMessage', { message: { messageId: 'm', role: 'ROLE_USER', parts: [] } }), -32004],
    ['a task that nobody knows', rpc('GetTask', { id: 'none' }), -32001],
    ['going on with a task that nobody knows', message([{ data: { skill: 'list_creatives' } }], { taskId: 'none' }), -32001],
    ['a notification of A2A', rpc('SendMessage', { message: { messageId: 'm', role: 'ROLE_USER', parts: [{ data: { skill: 'list_creatives' } }] }, configuration: { taskPushNotificationConfig: { url: 'https://buyer.example' } } }), -32003],
  ])('%s', async (_what, body, code) => {
    const { error, status } = await post(body);
    expect([status, error?.code, typeof error?.message]).toEqual([200, code, 'string']);
    expect(calls).toEqual([]);
  });

  test('another version, none, or no AdCP extension', async () => {
    expect((await post(invoking('list_creatives'), { 'a2a-version': '0.3' })).error.code).toBe(-32009);
    expect((await post(invoking('list_creatives'), { 'a2a-version': '' })).error.code).toBe(-32009);
    expect((await post(invoking('list_creatives'), { 'a2a-extensions': '' })).error).toMatchObject({ code: -32008, message: expect.stringContaining(ADCP_EXTENSION) as string });
    expect(calls).toEqual([]);
  });

  test.each<[unknown, number, number]>([
    ['{', 400, -32700], ['[]', 400, -32600], ['7', 400, -32600], [`{"a":${'['.repeat(300)}${']'.repeat(300)}}`, 400, -32600], [JSON.stringify({ pad: 'x'.repeat(200_000) }), 413, -32600],
  ])('%j with HTTP %i and %i', async (body, status, code) => {
    expect(await post(body)).toMatchObject({ status, error: { code } });
  });

  test.each<[unknown]>([
    [rpc('SendMessage', { message: 7 })], [rpc('SendMessage', {})], [rpc('SendMessage', [])], [rpc('SendMessage', { message: { parts: 'x' } })], [rpc('SendMessage', { message: { parts: [null, 7, []] } })],
    [rpc('GetTask', { id: { a: 1 } })], [{ jsonrpc: '1.0', id: 1, method: 'GetTask', params: {} }], [{}], [rpc('ListTasks', { pageSize: 'x' })],
  ])('%j, and the server goes on', async (body) => {
    const { status, error } = await post(body);
    expect(status).toBe(200);
    expect(error?.code ?? -1).toBeLessThan(0);
    expect(calls).toEqual([]);
    expect((await post(invoking('list_creatives'))).result.task.status.state).toBe('TASK_STATE_COMPLETED');
  });
});

describe('callers', () => {
  test('without a key have the open skills only', async () => {
    expect((await post(invoking('get_adcp_capabilities'), { authorization: '' })).result.task.status.state).toBe('TASK_STATE_COMPLETED');
    const refused = await post(invoking('list_creatives'), { authorization: '' });
    expect([refused.status, refused.headers.get('www-authenticate'), refused.error.data.code]).toEqual([401, 'Bearer realm="http://seller.example/mcp"', 'AUTH_MISSING']);
    for (const body of [rpc('GetTask', { id: 'x' }), rpc('ListTasks', {}), message([{ data: { skill: 'get_adcp_capabilities' } }, { data: { skill: 'list_creatives' } }])])
      expect((await post(body, { authorization: '' })).status).toBe(401);
    expect((await post(invoking('get_adcp_capabilities'), { authorization: 'Bearer bad' })).status).toBe(401);
  });

  test('find their own tasks, and nobody else\'s', async () => {
    const { result: { task } } = await post(message([{ data: { skill: 'list_creatives' } }], { contextId: 'here' }));
    expect((await post(rpc('GetTask', { id: task.id }))).result).toMatchObject({ id: task.id, artifacts: task.artifacts });
    expect((await post(rpc('ListTasks', { contextId: 'here' }))).result).toMatchObject({ totalSize: 1, tasks: [{ id: task.id }] });
    expect((await post(rpc('CancelTask', { id: task.id }))).error.code).toBe(-32002);
    expect((await post(message([{ data: { skill: 'list_creatives' } }], { taskId: task.id }))).error.code).toBe(-32004);
    const other = { authorization: 'Bearer two' };
    expect((await post(rpc('GetTask', { id: task.id }), other)).error.code).toBe(-32001);
    expect((await post(rpc('CancelTask', { id: task.id }), other)).error.code).toBe(-32001);
    expect((await post(rpc('ListTasks', { contextId: 'here' }), other)).result.totalSize).toBe(0);
  });

  test('page through their tasks, the newest first', async () => {
    for (let count = 0; count < 5; count += 1) await post(message([{ data: { skill: 'list_creatives' } }], { contextId: 'many' }));
    const first = (await post(rpc('ListTasks', { contextId: 'many', pageSize: 3 }))).result;
    const second = (await post(rpc('ListTasks', { contextId: 'many', pageSize: 3, pageToken: first.nextPageToken }))).result;
    expect([first.tasks.length, second.tasks.length, second.nextPageToken]).toEqual([3, 2, '']);
    expect(new Set([...first.tasks, ...second.tasks].map(({ id }: { id: string }) => id)).size).toBe(5);
  });
});

describe('the agent card', () => {
  test('lists every task as a skill, the endpoint, and the extension that callers must speak', async () => {
    const card = (await (await fetch(`${server.origin}/.well-known/agent-card.json`)).json()) as { readonly skills: readonly { readonly id: string }[]; readonly capabilities: { readonly extensions: readonly { readonly params?: unknown }[] } };
    expect(card).toMatchObject({
      name: 'The Daily Trail', version: '1.2.3', supportedInterfaces: [{ url: expect.stringMatching(/\/a2a$/) as string, protocolBinding: 'JSONRPC', protocolVersion: '1.0' }],
      capabilities: { extensions: [{ uri: ADCP_EXTENSION, required: true }] },
    });
    expect(card.skills.map(({ id }: { id: string }) => id)).toEqual(Object.keys(TASKS));
    expect(card.capabilities.extensions[0]!.params).toBeUndefined();
  });

  test('is all that the official client needs to call a skill', async () => {
    const card = (await (await fetch(`${server.origin}/.well-known/agent-card.json`)).json()) as { readonly skills: readonly { readonly id: string }[]; readonly capabilities: { readonly extensions: readonly { readonly params?: unknown }[] } };
    const client = await new ClientFactory().createFromAgentCard({ ...AgentCard.fromJSON(card), supportedInterfaces: [{ url: `${server.origin}/a2a`, protocolBinding: 'JSONRPC', protocolVersion: '1.0', tenant: '' }] });
    const sent = await client.sendMessage({
      tenant: '', configuration: undefined, metadata: undefined,
      message: {
        messageId: 'm', contextId: '', taskId: '', role: Role.ROLE_USER, metadata: undefined, extensions: [], referenceTaskIds: [],
        parts: [{ content: { $case: 'data', value: { skill: 'get_products', input: { brief: 'x' } } }, metadata: undefined, filename: '', mediaType: '' }],
      },
    }, { serviceParameters: { 'A2A-Extensions': ADCP_EXTENSION, authorization: 'Bearer one' } } as never);
    expect(sent).toMatchObject({ artifacts: [{ parts: [{ content: { value: { asked: { brief: 'x' } } } }] }] });
  });
});
