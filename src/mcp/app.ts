/** The HTTP surface. Posts to the MCP endpoint are answered at once; express routes the rest. */
import type { RequestListener } from 'node:http';
import express from 'express';
import { mcpPost, type PostOptions } from './post.ts';
import { refuseRpc, RPC } from './rpc-error.ts';

export interface AppOptions extends PostOptions {
  /** What anybody may read, by path. */
  readonly documents?: ReadonlyMap<string, object>;
}

export function httpApp(options: AppOptions): RequestListener {
  const post = mcpPost(options);
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.all('/mcp', (request, response) => {
    if (request.method === 'POST') return post(request, response);
    refuseRpc(response, { status: 405, code: RPC.invalidRequest, message: 'this endpoint is stateless: POST one JSON-RPC message', headers: { allow: 'POST' } });
  });
  for (const [path, document] of options.documents ?? []) app.get(path, (_request, response) => { response.set('cache-control', 'max-age=300').json(document); });
  app.use((_request, response) => { response.status(404).json({ error: 'not found; the MCP endpoint is /mcp' }); });
  return (request, response) => {
    if (request.method === 'POST' && request.url === '/mcp') return void post(request, response);
    request.url = pathOf(request.url!);
    app(request, response);
  };
}

/** A request line may hold a whole URL (RFC 9112, 3.2.2); everything behind this knows paths only. */
function pathOf(target: string): string {
  if (!URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}
