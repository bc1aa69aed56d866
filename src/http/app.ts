/** The HTTP surface. Posts to an endpoint are answered at once; express routes the rest. */
import type { RequestListener } from 'node:http';
import express from 'express';
import type { Post } from './admit.ts';
import { previewRoute, type FindPreview } from './preview-page.ts';
import { refuseRpc, RPC } from './rpc-error.ts';

export interface AppOptions {
  /** Endpoints that take one JSON-RPC message a POST, by path. */
  readonly posts: ReadonlyMap<string, Post>;
  /** What anybody may read, by path. */
  readonly documents?: ReadonlyMap<string, object>;
  /** What stands behind links to previews; absent: there are none. */
  readonly previews?: FindPreview;
  /** Whether traffic should come, for `/readyz`; absent: it should. */
  readonly readiness?: () => Promise<{ readonly status: 'ready' | 'not_ready' }>;
}

export function httpApp({ posts, documents = new Map(), previews, readiness = async () => ({ status: 'ready' }) }: AppOptions): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const [path, post] of posts)
    app.all(path, (request, response) => {
      if (request.method === 'POST') return post(request, response);
      refuseRpc(response, { status: 405, code: RPC.invalidRequest, message: 'this endpoint is stateless: POST one JSON-RPC message', headers: { allow: 'POST' } });
    });
  for (const [path, document] of documents) app.get(path, (_request, response) => { response.set('cache-control', 'max-age=300').json(document); });
  app.get('/healthz', (_request, response) => { response.set('cache-control', 'no-store').json({ status: 'alive' }); });
  app.get('/readyz', async (_request, response) => {
    const found = await readiness();
    response.status(found.status === 'ready' ? 200 : 503).set('cache-control', 'no-store').json(found);
  });
  if (previews) app.get('/previews/:preview_id', previewRoute(previews));
  app.use((_request, response) => { response.status(404).json({ error: `not found; the endpoints are ${[...posts.keys()].join(' and ')}` }); });
  return (request, response) => {
    const post = request.method === 'POST' ? posts.get(request.url!) : undefined;
    if (post) return void post(request, response);
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
