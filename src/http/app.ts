/** The HTTP surface. Posts to an endpoint are answered at once; express, which is loaded when it is first needed, routes the rest. */
import type { RequestListener } from 'node:http';
import type { Post } from './admit.ts';
import type { Door } from './door.ts';
import type { FindPreview } from './preview-page.ts';
import { refuseRpc } from './rpc-error.ts';

/** A document, or what makes it when it is first asked for. */
export type PublicDocument = object | (() => Promise<object>);

export interface AppOptions {
  /** Endpoints that take one JSON-RPC message a POST, by path. */
  readonly posts: ReadonlyMap<string, Post>;
  /** What anybody may read, by path. */
  readonly documents?: ReadonlyMap<string, PublicDocument>;
  /** What stands behind links to previews; absent: there are none. */
  readonly previews?: FindPreview;
  /** Takes a request for something that anybody may read. @returns why it is not answered now; absent: every one is answered */
  readonly stranger?: Door['stranger'];
  /** Whether traffic should come, for `/readyz`; absent: it should. */
  readonly readiness?: () => Promise<{ readonly status: 'ready' | 'not_ready' }>;
}

/** Asked by who runs the server, as often as they like. */
const HEALTH = new Set(['/healthz', '/readyz']);

export function httpApp(options: AppOptions): RequestListener {
  let routed: Promise<RequestListener> | undefined;
  const router = (): Promise<RequestListener> => (routed ??= import('./routes.ts').then(({ routes }) => routes(options)));
  return (request, response) => {
    const post = request.method === 'POST' ? options.posts.get(request.url!) : undefined;
    if (post) return void post(request, response);
    request.url = pathOf(request.url!);
    const tooMuch = HEALTH.has(request.url) ? undefined : options.stranger?.(request);
    if (tooMuch) return refuseRpc(response, tooMuch);
    void router().then((route) => route(request, response));
  };
}

/** A request line may hold a whole URL (RFC 9112, 3.2.2); everything behind this knows paths only. */
function pathOf(target: string): string {
  if (!URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}
