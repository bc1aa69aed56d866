import { FEEDS_ORIGIN, type FeedServer } from '../feeds/server.ts';
import { seeded, type Scenario } from './scenario.ts';

/** Puts a feed where `sync_catalogs` can fetch it, in the place of the one that stood there. */
export const seedCatalogFeed = (feeds: FeedServer): Scenario<'seed_catalog_feed'> => async ({ path, body, content_type = 'application/json', http_status = 200, delay_ms = 0 }) => {
  feeds.place(path, { body, content_type, status: http_status, delayMs: delay_ms });
  return seeded(`the feed stands at ${FEEDS_ORIGIN}${path}`);
};
