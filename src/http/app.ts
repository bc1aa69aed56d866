/** The HTTP surface. Posts to an endpoint are answered at once; express, which is loaded when it is first needed, routes the rest. */
import type { RequestListener } from 'node:http';
import type { Post } from './admit.ts';
import type { FindPreview } from './preview-page.ts';

/** A document, or what makes it when it is first asked for. */
export type PublicDocument = object | (() => Promise<object>);

export interface AppOptions {
  /** Endpoints that take one JSON-RPC message a POST, by path. */
  readonly posts: ReadonlyMap<string, Post>;
  /** What anybody may read, by path. */
  readonly documents?: ReadonlyMap<string, PublicDocument>;
  /** What stands behind links to previews; absent: there are none. */
  readonly previews?: FindPreview;
  /** Whether traffic should come, for `/readyz`; absent: it should. */
  readonly readiness?: () => Promise<{ readonly status: 'ready' | 'not_ready' }>;
}

export function httpApp(options: AppOptions): RequestListener {
  let routed: Promise<RequestListener> | undefined;
  const router = (): Promise<RequestListener> => (routed ??= import('./routes.ts').then(({ routes }) => routes(options)));
  return (request, response) => {
    const post = request.method === 'POST' ? options.posts.get(request.url!) : undefined;
    if (post) return void post(request, response);
    request.url = pathOf(request.url!);
    void router().then((route) => route(request, response));
  };
}

/** A request line may hold a whole URL (RFC 9112, 3.2.2); everything behind this knows paths only. */
function pathOf(target: string): string {
  if (!URL.canParse(target)) return target;
  const { pathname, search } = new URL(target);
  return pathname + search;
}
