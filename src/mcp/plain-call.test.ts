/** Plain calls are answered past the SDK: nobody may be able to tell. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { Answer } from '../protocol/envelope.ts';
import { isTask, TASKS, taskOf, type TaskName } from '../protocol/tasks.ts';
import { listening, type Listening } from '../../test/support/listening.ts';
import { httpApp } from '../http/app.ts';
import { mcpPost } from './post.ts';
import { plainCall } from './plain-call.ts';

let answer: Answer;
const telling: Pipeline = {
  tasks: (Object.keys(TASKS) as TaskName[]).map(taskOf),
  serves: (task) => isTask(task),
  dispatch: async ({ task, request }) => ({ document: { ...answer.document, task, request }, isError: answer.isError }),
};

let server: Listening;
beforeAll(async () => {
  server = await listening(httpApp({ posts: new Map([['/mcp', mcpPost({
    ids: { next: (prefix) => `${prefix}_1` }, pipeline: telling, agent_url: 'http://seller.example/mcp', info: { name: 'test', version: '0' }, maxBodyBytes: 1_000_000, onError: (error) => { throw error; },
    principals: { principal: async () => ({ principal_id: 'p', mode: 'live' }) },
  })]]) }));
});
afterAll(() => server.close());

const META = 'io.modelcontextprotocol/';
const envelope = (client: object, capabilities = {}) => ({
  _meta: { [`${META}protocolVersion`]: '2026-07-28', [`${META}clientInfo`]: client, [`${META}clientCapabilities`]: capabilities },
});
const headers = (era: 'legacy' | 'modern', name: string): Record<string, string> => ({
  'content-type': 'application/json', accept: 'application/json, text/event-stream', authorization: 'Bearer key',
  ...(era === 'modern' ? { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name } : {}),
});
/** The same call, once plain and once with something in it that is the SDK's business and changes nothing. */
const params = (era: 'legacy' | 'modern', way: 'plain' | 'sdk') => {
  if (era === 'modern') return envelope({ name: 'c', version: '1', ...(way === 'sdk' ? { title: 'C' } : {}) });
  return way === 'sdk' ? { _meta: {} } : {};
};

async function reply(era: 'legacy' | 'modern', way: 'plain' | 'sdk', name: string, request: object, id: string | number = 1) {
  const body = { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: request, ...params(era, way) } };
  expect(plainCall(headers(era, name), body) === undefined).toBe(way === 'sdk');
  const response = await fetch(`${server.origin}/mcp`, { method: 'POST', headers: headers(era, name), body: JSON.stringify(body) });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

describe.each(['legacy', 'modern'] as const)('a plain call of the %s era', (era) => {
  test.each(Object.keys(TASKS))('%s is answered byte for byte as the SDK answers it', async (task) => {
    for (const isError of [false, true]) {
      answer = { document: { status: isError ? 'failed' : 'completed', at: 'é\u2028"\\', none: undefined, deep: [{ a: null }, 1.5e-9] } as never, isError };
      const [plain, sdk] = [await reply(era, 'plain', task, { context: { a: [1] } }), await reply(era, 'sdk', task, { context: { a: [1] } })];
      expect(plain).toEqual(sdk);
      expect(plain.status).toBe(200);
    }
  });

  test('whatever is in the answer, and whatever the id', async () => {
    await fc.assert(fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), fc.oneof(fc.string(), fc.maxSafeInteger()), async (document, id) => {
      answer = { document: document as never, isError: false };
      expect(await reply(era, 'plain', 'get_products', {}, id)).toEqual(await reply(era, 'sdk', 'get_products', {}, id));
    }), { numRuns: 40, seed: 7 });
  });
});

describe('what the SDK must look at', () => {
  const plain = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'get_products', arguments: {} } };
  const legacy = headers('legacy', 'get_products');
  const modern = headers('modern', 'get_products');
  const modernCall = { ...plain, params: { ...plain.params, ...envelope({ name: 'c', version: '1' }) } };

  test('nothing, of a plain call', () => {
    expect(plainCall(legacy, plain)).toEqual({ era: 'legacy', id: 1, name: 'get_products', arguments: {} });
    expect(plainCall(modern, modernCall)?.era).toBe('modern');
    expect(plainCall({ ...legacy, 'mcp-protocol-version': '2025-06-18' }, plain)?.era).toBe('legacy');
  });

  test.each<[string, object, unknown]>([
    ['another method', legacy, { ...plain, method: 'tools/list' }],
    ['a notification', legacy, { jsonrpc: '2.0', method: 'tools/call', params: plain.params }],
    ['an id that is no id', legacy, { ...plain, id: 1.5 }],
    ['another JSON-RPC', legacy, { ...plain, jsonrpc: '1.0' }],
    ['a member that nobody knows', legacy, { ...plain, extra: 1 }],
    ['a parameter that nobody knows', legacy, { ...plain, params: { ...plain.params, task: { ttl: 1 } } }],
    ['arguments that are no object', legacy, { ...plain, params: { name: 'get_products', arguments: [] } }],
    ['a progress token', legacy, { ...plain, params: { ...plain.params, _meta: { progressToken: 1 } } }],
    ['a session', { ...legacy, 'mcp-session-id': 's' }, plain],
    ['a resumed stream', { ...legacy, 'last-event-id': '3' }, plain],
    ['a caller that takes no stream', { ...legacy, accept: 'application/json' }, plain],
    ['a body of another type', { ...legacy, 'content-type': 'text/plain' }, plain],
    ['a revision that is not served', { ...legacy, 'mcp-protocol-version': '1999-01-01' }, plain],
    ['a modern envelope under a legacy header', { ...modern, 'mcp-protocol-version': '2025-06-18' }, modernCall],
    ['a modern header over a legacy body', modern, plain],
    ['a name in the header that is not the one in the body', { ...modern, 'mcp-name': 'get_media_buys' }, modernCall],
    ['a method in the header that is not the one in the body', { ...modern, 'mcp-method': 'tools/list' }, modernCall],
    ['a client with capabilities', modern, { ...plain, params: { ...plain.params, ...envelope({ name: 'c', version: '1' }, { roots: {} }) } }],
    ['a client without a name', modern, { ...plain, params: { ...plain.params, ...envelope({ version: '1' }) } }],
  ])('%s', (_what, given, message) => expect(plainCall(given as never, message)).toBeUndefined());
});
