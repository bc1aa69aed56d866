/** A place for feeds on the loopback interface: a test says what stands there, and a sync fetches it over real HTTP. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHash } from 'node:crypto';
import type { Clock } from '../../src/domain/ports/clock.ts';
import type { SharedState } from '../shared-state.ts';

/** The address under which buyers name its feeds. */
export const FEEDS_ORIGIN = 'https://feeds.training.example';

/** What stands at a path. */
export interface PlacedFeed {
  readonly body: string;
  readonly content_type: string;
  readonly status: number;
  /** How long it lets a reader wait. */
  readonly delayMs: number;
}

export interface FeedServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** In the place of what stood there. */
  place(path: string, feed: PlacedFeed): void;
  close(): Promise<void>;
}

/** Feeds that are kept; the one that was placed longest ago goes first. */
const MOST = 1_000;

export async function startFeeds(clock: Clock, state: SharedState): Promise<FeedServer> {
  const feeds = state.shelf<PlacedFeed>('feeds', MOST);
  const server = createServer(async (request, response) => {
    const feed = feeds.get(new URL(request.url ?? '/', FEEDS_ORIGIN).pathname);
    if (feed === undefined) return void response.writeHead(404).end();
    if (feed.delayMs > 0) await clock.sleep(feed.delayMs);
    const etag = `"${createHash('sha256').update(feed.body).digest('hex').slice(0, 16)}"`;
    if (feed.status === 200 && request.headers['if-none-match'] === etag) return void response.writeHead(304).end();
    response.writeHead(feed.status, { 'content-type': feed.content_type, etag }).end(feed.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    place: (path, feed) => feeds.put(path, feed),
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}
