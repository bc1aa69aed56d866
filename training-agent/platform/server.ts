/** The training platform: a real HTTP server on the loopback interface, so that what is pushed really travels. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import type { TSchema } from 'typebox';
import type { Clock } from '../../src/domain/ports/clock.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import { PlatformBook } from './book.ts';
import { AudienceChange, CatalogUpload, EventDelivery, Feedback, MediaBuyOrder } from './interface.ts';

/** How the platform treats its callers; tests make it fail. */
export type Behaviour =
  | { readonly kind: 'answers' }
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'refuses' }
  | { readonly kind: 'hangs_up' }
  | { readonly kind: 'slow'; readonly ms: number };

export interface PlatformServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  readonly book: PlatformBook;
  /** From the next call on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

const MAX_BODY = '8mb';

export async function startPlatform(clock: Clock): Promise<PlatformServer> {
  const book = new PlatformBook();
  let behaviour: Behaviour = { kind: 'answers' };
  const server = createServer(platformApp(book, () => behaviour, clock));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, book,
    behave: (next) => { behaviour = next; },
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

function platformApp(book: PlatformBook, behaviour: () => Behaviour, clock: Clock): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(mood(behaviour, clock), express.json({ limit: MAX_BODY }));

  const mediaBuy = endpoint(MediaBuyOrder, (order: MediaBuyOrder) => {
    book.takeMediaBuy(order);
    return { media_buy_id: order.media_buy_id, revision: order.revision };
  });
  const feedback = endpoint(Feedback, (given: Feedback) => {
    book.takeFeedback(given);
    return { media_buy_id: given.media_buy_id };
  });
  const events = endpoint(EventDelivery, (delivery: EventDelivery) => ({ received: delivery.events.length, fresh: book.takeEvents(delivery) }));
  const audience = endpoint(AudienceChange, (change: AudienceChange) => ({ audience_id: change.audience_id, members: book.takeAudience(change) }));

  const catalog = endpoint(CatalogUpload, (upload: CatalogUpload) => ({ catalog_id: upload.catalog_id, items: book.takeCatalog(upload) }));

  app.post('/v1/accounts/:account_id/media-buys', mediaBuy);
  app.post('/v1/accounts/:account_id/media-buys/:media_buy_id', mediaBuy);
  app.post('/v1/accounts/:account_id/media-buys/:media_buy_id/feedback', feedback);
  app.post('/v1/accounts/:account_id/event-sources/:event_source_id/events', events);
  app.post('/v1/event-sources/:event_source_id/events', events);
  app.post('/v1/accounts/:account_id/audiences/:audience_id', audience);
  app.post('/v1/accounts/:account_id/catalogs/:catalog_id', catalog);
  app.use((_request, response) => { response.status(404).json({ error: 'there is nothing here' }); });
  app.use(unreadable);
  return app;
}

/** Answers as the platform is told to behave, or lets the call through. */
function mood(behaviour: () => Behaviour, clock: Clock): RequestHandler {
  return async (request, response, next) => {
    const now = behaviour();
    switch (now.kind) {
      case 'answers': return next();
      case 'unavailable': response.status(503).json({ error: 'the platform is down' }); return;
      case 'refuses': response.status(403).json({ error: 'the platform does not want this' }); return;
      case 'hangs_up': request.destroy(); return;
      case 'slow': await clock.sleep(now.ms); return next();
    }
  };
}

/** Holds a body to its shape and to the ids of the path, then takes it. */
function endpoint<Body extends object>(shape: TSchema, take: (body: Body) => object): RequestHandler {
  return (request, response) => {
    const body = request.body as Body & Readonly<Record<string, unknown>>;
    const stray = Object.entries(request.params).find(([name, value]) => body?.[name] !== value)?.[0];
    const flaw = checkShape(shape, body)?.message ?? (stray === undefined ? undefined : `${stray} is another one in the path`);
    if (flaw === undefined) response.status(200).json(take(body));
    else response.status(422).json({ error: flaw });
  };
}

const unreadable: ErrorRequestHandler = (error: { status?: number }, _request, response, _next) => {
  response.status(error.status ?? 500).json({ error: 'the body cannot be read' });
};
