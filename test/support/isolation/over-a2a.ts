/** The same questions over A2A. */
import { ADCP_EXTENSION, agentCard } from '../../../src/a2a/agent-card.ts';
import { a2aPost } from '../../../src/a2a/post.ts';
import type { Principal } from '../../../src/domain/caller.ts';
import { httpApp } from '../../../src/http/app.ts';
import { listening } from '../listening.ts';
import type { Json } from './requests.ts';
import type { Seller } from './world.ts';

/** What a seller answers to a message that invokes a task: all of it, the transport's own part included. */
export async function askedOverA2a({ desk, pipeline }: Seller, task: string, request: Json, principal: Principal): Promise<Json> {
  const agent_url = 'http://seller.example/mcp';
  const post = a2aPost({
    pipeline, agent_url, maxBodyBytes: 1_000_000, ids: desk.ids, clock: desk.clock, principals: { principal: async () => principal }, onError: (error) => { throw error; },
    card: agentCard(pipeline.tasks, { version: '0', seller: 'Test seller', url: 'http://seller.example/a2a' }),
  });
  const server = await listening(httpApp({ posts: new Map([['/a2a', post]]) }));
  try {
    const response = await fetch(`${server.origin}/a2a`, {
      method: 'POST', headers: { 'content-type': 'application/json', 'a2a-version': '1.0', 'a2a-extensions': ADCP_EXTENSION, authorization: 'Bearer key' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: { message: { messageId: 'm1', role: 'ROLE_USER', parts: [{ data: { skill: task, input: request } }] } } }),
    });
    return { status: response.status, ...(await response.json()) as Json };
  } finally {
    await server.close();
  }
}
