import { catalogChanges, type CatalogChange } from '../domain/catalog/catalog-change.ts';
import type { CatalogItemRecord, CatalogRecord } from '../domain/catalog/catalog.ts';
import type { Change } from '../domain/ports/store.ts';
import type { Desk } from './desk.ts';
import { pushParts, upstreamPush } from './upstream-push.ts';

/** Tells the platform which items it may show now. @param items all that there are; absent: the catalogue is gone */
export function catalogPush(record: CatalogRecord, items: readonly CatalogItemRecord[] | undefined, desk: Desk): Change[] {
  const { principal_id, library, account_id, catalog_id } = record;
  const told: CatalogChange[] = items ? catalogChanges(record, items, pushParts) : [{ catalog_id, delete: true }];
  return told.flatMap((change) =>
    upstreamPush(desk, { principal_id, lane: `catalog:${library}/${catalog_id}` }, (platform) => platform.planCatalog(account_id, change)));
}

/** The next fetch of the catalogue's feed, where it has a timetable. */
export function feedJob({ principal_id, library, catalog_id, next_fetch_at: due }: CatalogRecord, desk: Desk): Change[] {
  if (due === undefined) return [];
  return [{ kind: 'enqueue', job: {
    kind: 'fetch_feed', job_id: desk.ids.next('job'), principal_id, lane: `feed:${library}/${catalog_id}`, run_at: due, payload: { library, catalog_id, due },
  } }];
}
