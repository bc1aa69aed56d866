/** A seller that has every answer ready, in a process of its own. Tells its parent where it listens and when the first request came. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const PRODUCTS = { status: 'completed', products: [], cache_scope: 'public' };
const CAPABILITIES = {
  status: 'completed', adcp: { major_versions: [3], supported_versions: ['3.1'], idempotency: { supported: true, replay_ttl_seconds: 86_400 } },
  supported_protocols: ['media_buy'], account: { supported_billing: ['operator'] },
};

interface Message {
  readonly id?: number;
  readonly method: string;
  readonly params?: { readonly name?: string; readonly protocolVersion?: string; readonly arguments?: { readonly context?: unknown } };
}

function answer({ method, params }: Message): unknown {
  if (method === 'initialize') return { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 'instant', version: '1' } };
  if (method === 'tools/list') return { tools: ['get_adcp_capabilities', 'get_products'].map((name) => ({ name, inputSchema: { type: 'object' } })) };
  const document = { ...(params?.name === 'get_adcp_capabilities' ? CAPABILITIES : PRODUCTS), ...(params?.arguments?.context !== undefined && { context: params.arguments.context }) };
  return { structuredContent: document, content: [{ type: 'text', text: JSON.stringify(document) }] };
}

let first = true;
const server = createServer((request, response) => {
  if (first) process.send!({ first_request_ms: Date.now() });
  first = false;
  let body = '';
  request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
  request.on('end', () => {
    const message = body === '' ? undefined : (JSON.parse(body) as Message);
    if (message?.id === undefined) return void response.writeHead(message === undefined ? 405 : 202).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id: message.id, result: answer(message) }));
  });
});
server.listen(0, '127.0.0.1', () => process.send!({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp` }));
process.on('message', () => { first = true; });
process.on('disconnect', () => process.exit());
