import { afterEach, beforeEach, expect, test } from 'vitest';
import { listening, type Listening } from '../../test/support/listening.ts';
import { admitting } from './admit.ts';
import { httpApp } from './app.ts';
import { door } from './door.ts';
import { sendJson } from './rpc-error.ts';

const state = { full: false, late: false };
let server: Listening;
let answered: number;
beforeEach(async () => {
  Object.assign(state, { full: false, late: false });
  answered = 0;
  const rate = { per_second: 1000, burst: 1000 };
  const keeper = door({
    admission: { isFull: () => state.full, message: () => 0 }, isLate: () => state.late, strangers: rate, wrong_credentials: rate,
    clock: { now: () => new Date('2026-11-20T12:00:00Z'), sleep: async () => {} },
  });
  const post = admitting({
    door: keeper, ids: { next: (prefix) => `${prefix}_1` }, agent_url: 'http://seller.example/mcp', maxBodyBytes: 1000, onError: (error) => { throw error; },
    principals: { principal: async () => undefined },
  }, { needsCredentials: () => false, callsTask: () => true, operations: () => [] }, async (_admitted, _request, response) => {
    answered += 1;
    sendJson(response, 200, '{}');
  });
  server = await listening(httpApp({ posts: new Map([['/mcp', post]]) }));
});
afterEach(() => server.close());

const post = (body: string) => fetch(`${server.origin}/mcp`, { method: 'POST', body });

test.each(['full', 'late'] as const)('while a server is %s a request is answered HTTP 503 in form, before anything of its body is looked at, and the connection goes on', async (why) => {
  state[why] = true;
  const refused = await post('this is no JSON');
  expect([refused.status, refused.headers.get('retry-after'), refused.headers.get('x-correlation-id')]).toEqual([503, '1', 'cor_1']);
  expect(await refused.json()).toMatchObject({ jsonrpc: '2.0', id: null, error: { code: -32027, data: { code: 'SERVICE_UNAVAILABLE', recovery: 'transient', retry_after: 1 } } });
  state[why] = false;
  expect((await post('{"jsonrpc":"2.0","id":1,"method":"ping"}')).status).toBe(200);
  expect(answered).toBe(1);
});
