/** Whatever is no POST to an endpoint, routed by express. */
import type { RequestListener } from 'node:http';
import express from 'express';
import type { AppOptions } from './app.ts';
import { previewRoute } from './preview-page.ts';
import { refuseRpc, RPC } from './rpc-error.ts';

export function routes({ posts, documents = new Map(), previews, readiness = async () => ({ status: 'ready' }) }: AppOptions): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  for (const [path, post] of posts)
    app.all(path, (request, response) => {
      if (request.method === 'POST') return post(request, response);
      refuseRpc(response, { status: 405, code: RPC.invalidRequest, message: 'this endpoint is stateless: POST one JSON-RPC message', headers: { allow: 'POST' } });
    });
  for (const [path, document] of documents) app.get(path, async (_request, response) => { response.set('cache-control', 'max-age=300').json(typeof document === 'function' ? await document() : document); });
  app.get('/healthz', (_request, response) => { response.set('cache-control', 'no-store').json({ status: 'alive' }); });
  app.get('/readyz', async (_request, response) => {
    const found = await readiness();
    response.status(found.status === 'ready' ? 200 : 503).set('cache-control', 'no-store').json(found);
  });
  if (previews) app.get('/previews/:preview_id', previewRoute(previews));
  app.use((_request, response) => { response.status(404).json({ error: `not found; the endpoints are ${[...posts.keys()].join(' and ')}` }); });
  return app;
}
