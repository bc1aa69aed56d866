import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

export type Json = Readonly<Record<string, unknown>>;

/** A buyer's agent, as far as the demo needs one: it calls tools and insists on an answer. */
export interface Buyer {
  /** @throws Error when the seller refuses */
  call(task: string, request: Json): Promise<Json>;
  close(): Promise<void>;
}

export async function buyerOf(url: string, token: string): Promise<Buyer> {
  const client = new Client({ name: 'adwright-demo-buyer', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { authorization: `Bearer ${token}` } } }));
  return {
    async call(task, request) {
      const result = await client.callTool({ name: task, arguments: { adcp_version: '3.1', ...request } });
      const answer = result.structuredContent as Json;
      if (result.isError) throw new Error(`${task} was refused: ${JSON.stringify(answer['adcp_error'] ?? answer)}`);
      return answer;
    },
    close: () => client.close(),
  };
}
