import type { CatalogRecord, FeedState } from '../domain/catalog/catalog.ts';
import { MOST_ITEMS } from '../domain/catalog/catalog.ts';
import type { ItemSupply, NamedCatalog } from '../domain/catalog/catalog-upsert.ts';
import { readFeed } from '../domain/catalog/feed.ts';
import { holdsSecret } from '../domain/sealed-secret.ts';
import { canonicalJson } from '../protocol/canonical-json.ts';
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { Desk } from './desk.ts';

/** A catalogue of the request, and its place in it. */
export interface ListedCatalog {
  readonly catalog: NamedCatalog;
  readonly at: number;
  readonly known?: CatalogRecord;
}

export type Supplied = ItemSupply | { readonly kind: 'failed'; readonly error: AdcpError } | { readonly kind: 'late' };

/** How long somebody who waits for the answer waits for feeds; and somebody who does not, for one feed and for all of them. */
const HURRIED_MS = 8_000;
const UNHURRIED_MS = 15_000;
const ALTOGETHER_MS = 40_000;
/** Feeds that are fetched at the same time; each may be large. */
const AT_ONCE = 4;

/** The items of each catalogue, in its order. Feeds that need more time than there is are `late`, all together. */
export async function suppliedItems(listed: readonly ListedCatalog[], desk: Desk): Promise<Supplied[]> {
  const feeds = listed.filter(({ catalog }) => catalog.url !== undefined && catalog.items === undefined);
  if (!desk.unhurried && feeds.length > AT_ONCE) return listed.map(() => ({ kind: 'late' }));
  const until = desk.clock.now().getTime() + ALTOGETHER_MS;
  const fetched = new Map<ListedCatalog, Supplied>();
  for (let from = 0; from < feeds.length; from += AT_ONCE) {
    const left = until - desk.clock.now().getTime();
    const patience = desk.unhurried ? Math.min(UNHURRIED_MS, left) : HURRIED_MS;
    const some = feeds.slice(from, from + AT_ONCE);
    const supplies = await Promise.all(some.map((each) => (left > 0 ? fromFeed(each, patience, desk) : late(each, desk))));
    some.forEach((each, nth) => fetched.set(each, supplies[nth]!));
  }
  return listed.map((each) => fetched.get(each) ?? inline(each));
}

function inline({ catalog: { items, url }, at, known }: ListedCatalog): Supplied {
  if (items !== undefined && url !== undefined) return failed('INVALID_REQUEST', `catalogs[${at}].url`, 'a catalogue has items or a url, not both');
  if (items === undefined) return { kind: 'kept', ...(known?.feed ? { feed: known.feed } : {}) };
  return limited({ kind: 'items', items }, `catalogs[${at}].items`);
}

/** What a feed gives now. @param at the place of the catalogue in the request, for the path of an error */
export async function fromFeed(listed: ListedCatalog, patienceMs: number, desk: Desk): Promise<Supplied> {
  const { catalog, at, known } = listed;
  const field = `catalogs[${at}].url`;
  if (desk.feeds === undefined) return failed('UNSUPPORTED_FEATURE', field, 'this seller fetches no feeds; send the items');
  const fetched = await desk.feeds.read(catalog.url!, known && sameReading(known, catalog, desk) ? known.feed : undefined, patienceMs);
  switch (fetched.kind) {
    case 'late': return late(listed, desk);
    case 'failed': return failed('FEED_FETCH_FAILED', field, `${field}: the feed could not be fetched: ${fetched.reason}`);
    case 'unchanged': return { kind: 'kept', ...(known?.feed ? { feed: withoutFailure(known.feed) } : {}) };
    case 'feed': {
      const read = readFeed(fetched, catalog);
      if (read.kind === 'unreadable') return failed('INVALID_FEED_FORMAT', `catalogs[${at}].feed_format`, `${field}: ${read.reason}`);
      const { etag, last_modified } = fetched;
      const feed: FeedState = { ...(etag === undefined ? {} : { etag }), ...(last_modified === undefined ? {} : { last_modified }) };
      return limited({ kind: 'items', items: read.items, feed }, field);
    }
  }
}

/** A feed that is read in another way has to be read again, even when it has not changed. */
const sameReading = ({ catalog: before, feed_address }: CatalogRecord, now: NamedCatalog, { vault }: Desk): boolean =>
  holdsSecret(feed_address?.sealed, now.url!, vault) && before.feed_format === now.feed_format && before.type === now.type
  && canonicalJson(before.feed_field_mappings ?? null) === canonicalJson(now.feed_field_mappings ?? null);

function withoutFailure({ failure: _past, ...feed }: FeedState): FeedState {
  return feed;
}

function limited(supply: Extract<ItemSupply, { kind: 'items' }>, field: string): Supplied {
  if (supply.items.length <= MOST_ITEMS) return supply;
  return failed('CATALOG_LIMIT_EXCEEDED', field, `${field}: a catalogue has at most ${MOST_ITEMS} items, not ${supply.items.length}`);
}

function late({ at }: ListedCatalog, { unhurried }: Desk): Supplied {
  if (!unhurried) return { kind: 'late' };
  return failed('FEED_FETCH_FAILED', `catalogs[${at}].url`, `catalogs[${at}].url: the feed did not come in time`);
}

const failed = (code: 'INVALID_REQUEST' | 'UNSUPPORTED_FEATURE' | 'FEED_FETCH_FAILED' | 'INVALID_FEED_FORMAT' | 'CATALOG_LIMIT_EXCEEDED', field: string, message: string): Supplied => ({
  kind: 'failed', error: adcpError(code, message, { field }),
});
