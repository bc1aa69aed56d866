import type { CatalogRecord } from '../domain/catalog/catalog.ts';
import { upsertedCatalog, type CatalogOwner, type NamedCatalog } from '../domain/catalog/catalog-upsert.ts';
import { openedAddress } from '../domain/catalog/feed-address.ts';
import { nextFetch } from '../domain/catalog/feed-schedule.ts';
import type { JobPayloads } from '../domain/ports/jobs.ts';
import type { Change } from '../domain/ports/store.ts';
import { catalogPush, feedJob } from './catalog-jobs.ts';
import { fromFeed } from './catalog-supplies.ts';
import type { Desk } from './desk.ts';

const PATIENCE_MS = 30_000;

/**
 * Reads the feed of a catalogue again, when its time has come. A feed that cannot be had leaves the items as they are, and is told as a
 * warning; nothing happens to a catalogue that is gone, or was synced since.
 */
export async function fetchFeed(principal_id: string, { library, catalog_id, due }: JobPayloads['fetch_feed'], desk: Desk): Promise<readonly Change[]> {
  const [known] = await desk.store.catalogs({ principal_id, library, wide: false }, [catalog_id]);
  if (known?.next_fetch_at !== due) return [];
  const unhurried: Desk = { ...desk, unhurried: true };
  const now = desk.clock.now().toISOString();
  const url = known.feed_address && openedAddress(known.feed_address, desk.vault);
  if (url === undefined) return kept(known, 'its address was sealed under a key that is gone; sync the catalogue again', now, desk);
  const catalog = { ...known.catalog, catalog_id, url } satisfies NamedCatalog;
  const supply = await fromFeed({ catalog, at: 0, known }, PATIENCE_MS, unhurried);
  if (supply.kind === 'failed' || supply.kind === 'late') return kept(known, failureOf(supply), now, desk);

  const stored = await desk.store.catalogItems(known, { unlisted: true });
  const { record, items } = upsertedCatalog(catalog, supply, { record: known, stored }, { owner: ownerOf(known), now, awaiting: desk.review?.catalog_items === true, vault: desk.vault });
  return [
    { kind: 'put_catalog', catalog: record, ...(items ? { items } : {}) },
    ...(items ? catalogPush(record, items, desk) : []),
    ...feedJob(record, desk),
  ];
}

const ownerOf = ({ principal_id, account_id, library }: CatalogRecord): CatalogOwner => ({ principal_id, account_id, library });

const failureOf = (supply: { readonly kind: 'late' } | { readonly kind: 'failed'; readonly error: { readonly message: string } }): string =>
  supply.kind === 'late' ? 'it did not come in time' : supply.error.message.replace(/^catalogs\[0\]\.url: /, '');

function kept(known: CatalogRecord, message: string, now: string, desk: Desk): Change[] {
  const { next_fetch_at: _due, ...past } = known;
  const next_fetch_at = nextFetch(known.catalog, now);
  const record: CatalogRecord = { ...past, feed: { ...known.feed, failure: { at: now, message } }, ...(next_fetch_at === undefined ? {} : { next_fetch_at }) };
  return [{ kind: 'put_catalog', catalog: record }, ...feedJob(record, desk)];
}
