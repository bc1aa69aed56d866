import { MOST_CATALOGS, type CatalogItemRecord, type CatalogRecord } from '../domain/catalog/catalog.ts';
import { ISSUE_STATUSES, MOST_ISSUES, shownCatalog } from '../domain/catalog/catalog-view.ts';
import { upsertedCatalog, type NamedCatalog } from '../domain/catalog/catalog-upsert.ts';
import type { Caller } from '../domain/caller.ts';
import { ownLibrary } from '../domain/own-library.ts';
import type { Change } from '../domain/ports/store.ts';
import { adcpError, invalid, type AdcpError, type Refused } from '../protocol/errors.ts';
import type { SyncCatalogsRequest, SyncCatalogsSubmitted, SyncCatalogsSuccess, SyncedCatalog } from '../protocol/wire/sync-catalogs.ts';
import { catalogPush, feedJob } from './catalog-jobs.ts';
import { suppliedItems, type ListedCatalog, type Supplied } from './catalog-supplies.ts';
import { answer, type Decision, type Desk, type UseCase } from './desk.ts';
import { taskOfCall } from './task-of-call.ts';

type Outcome = SyncCatalogsSuccess | SyncCatalogsSubmitted;

/**
 * Adds catalogues to the account or changes them, on their id; without a list it tells the stored ones. Items come in the call or are
 * read from a feed; when feeds need longer than a caller waits, the call becomes a task. A `dry_run` tells the same and does nothing.
 */
export const syncCatalogs: UseCase<SyncCatalogsRequest, Outcome> = async (request, caller, desk) => {
  const flaw = requestFlaw(request);
  if (flaw) return flaw;
  const stored = await desk.store.catalogs(ownLibrary(caller));
  if (request.catalogs === undefined) return discovered(request, stored, desk);
  const listed = scoped(request, stored);
  const supplies = await suppliedItems(listed, desk);
  if (supplies.some(({ kind }) => kind === 'late')) return submitted(request, caller, desk);

  const errors = together(listed.map((each, nth) => flawOf(each, listed, supplies[nth]!, stored)), listed, request);
  const settled = await Promise.all(listed.map((each, nth) => settle(each, supplies[nth]!, errors[nth], caller, desk)));
  const withheld = request.validation_mode !== 'lenient' && errors.some((error) => error !== undefined);
  const named = new Set(request.catalogs.map(({ catalog_id }) => catalog_id));
  const missing = request.delete_missing && !withheld ? stored.filter(({ catalog_id }) => !named.has(catalog_id)) : [];
  const catalogs = [...settled.map(({ shown }) => shown), ...missing.map(({ catalog_id }) => ({ catalog_id, action: 'deleted' as const }))];
  if (request.dry_run) return answer<Outcome>({ catalogs, dry_run: true });
  return answer<Outcome>(
    { catalogs },
    [...settled.flatMap(({ changes }) => changes), ...missing.flatMap((record) => deletion(record, desk))],
    catalogs.flatMap(({ catalog_id, action }) => (action === 'failed' || action === 'unchanged' ? [] : [`catalog:${catalog_id}`])),
  );
};

function requestFlaw({ catalogs = [], catalog_ids, delete_missing }: SyncCatalogsRequest): Refused | undefined {
  const nameless = catalogs.findIndex(({ catalog_id }) => catalog_id === undefined || catalog_id === '');
  if (nameless >= 0) return invalid(`catalogs[${nameless}].catalog_id`, 'a catalogue is synced under an id');
  if (delete_missing && catalog_ids) return invalid('delete_missing', 'delete_missing is about all catalogues of the account and does not go with catalog_ids');
  return undefined;
}

/** The catalogues that the call is about, with their place in the request. */
function scoped({ catalogs = [], catalog_ids }: SyncCatalogsRequest, stored: readonly CatalogRecord[]): ListedCatalog[] {
  return catalogs.flatMap((catalog, at) => {
    if (catalog_ids && !catalog_ids.includes(catalog.catalog_id!)) return [];
    const known = stored.find(({ catalog_id }) => catalog_id === catalog.catalog_id);
    return [{ catalog: catalog as NamedCatalog, at, ...(known ? { known } : {}) }];
  });
}

async function discovered({ catalog_ids }: SyncCatalogsRequest, stored: readonly CatalogRecord[], desk: Desk): Promise<Decision<Outcome>> {
  const asked = stored.filter(({ catalog_id }) => catalog_ids?.includes(catalog_id) ?? true);
  const catalogs = await Promise.all(asked.map(async (record) => shownCatalog(record, 'unchanged', await issuesOf(record, desk))));
  return answer<Outcome>({ catalogs });
}

const issuesOf = (record: CatalogRecord, { store }: Desk): Promise<readonly CatalogItemRecord[]> =>
  store.catalogItems(record, { statuses: ISSUE_STATUSES, limit: MOST_ISSUES + 1 });

function flawOf({ catalog, at, known }: ListedCatalog, listed: readonly ListedCatalog[], supply: Supplied, stored: readonly CatalogRecord[]): AdcpError | undefined {
  const first = listed.find((each) => each.catalog.catalog_id === catalog.catalog_id)!;
  if (first.at < at) return adcpError('INVALID_REQUEST', 'this catalog_id stands earlier in the list already', { field: `catalogs[${at}].catalog_id` });
  if (supply.kind === 'failed') return supply.error;
  const fresh = new Set(listed.flatMap((each) => (each.known === undefined && each.at <= at ? [each.catalog.catalog_id] : [])));
  if (known === undefined && stored.length + fresh.size > MOST_CATALOGS)
    return adcpError('CATALOG_LIMIT_EXCEEDED', `an account has at most ${MOST_CATALOGS} catalogues`, { field: `catalogs[${at}]` });
  return undefined;
}

/** `strict`: one that fails keeps all others out as well. */
function together(errors: readonly (AdcpError | undefined)[], listed: readonly ListedCatalog[], { validation_mode }: SyncCatalogsRequest): (AdcpError | undefined)[] {
  const failing = errors.findIndex((error) => error !== undefined);
  if (validation_mode === 'lenient' || failing < 0) return [...errors];
  const field = `catalogs[${listed[failing]!.at}]`;
  const withheld = adcpError('INVALID_REQUEST', `not applied, because ${field} has errors; correct it, or send validation_mode "lenient" to apply the others`, { field });
  return errors.map((error) => error ?? withheld);
}

interface Settled {
  readonly shown: SyncedCatalog;
  readonly changes: readonly Change[];
}

async function settle({ catalog, known }: ListedCatalog, supply: Supplied, error: AdcpError | undefined, caller: Caller, desk: Desk): Promise<Settled> {
  const { catalog_id } = catalog;
  if (error !== undefined || supply.kind === 'failed' || supply.kind === 'late')
    return { shown: { catalog_id, action: 'failed', errors: [error] as never }, changes: [] };
  const { principal_id, account_id, library } = caller.account!;
  const held = known && { record: known, stored: await desk.store.catalogItems(known, { unlisted: true }) };
  const upsert = upsertedCatalog(catalog, supply, held, {
    owner: { principal_id, account_id, library }, now: desk.clock.now().toISOString(), awaiting: desk.review?.catalog_items === true, vault: desk.vault,
  });
  const { record, action, items, resubmitted } = upsert;
  const shown = shownCatalog(record, action, items ?? held?.stored ?? [], resubmitted);
  return {
    shown: action === 'updated' ? { ...shown, changes: [...upsert.changes] } : shown,
    changes: [
      { kind: 'put_catalog', catalog: record, ...(items ? { items } : {}) },
      ...(items ? catalogPush(record, items, desk) : []),
      ...feedJob(record, desk),
    ],
  };
}

function deletion(record: CatalogRecord, desk: Desk): Change[] {
  return [{ kind: 'delete_catalog', catalog: record }, ...catalogPush(record, undefined, desk)];
}

/** The call goes on by itself, with time for its feeds. */
function submitted(request: SyncCatalogsRequest, caller: Caller, desk: Desk): Decision<Outcome> {
  const message = 'The feeds are being fetched.';
  const task = { ...taskOfCall('sync_catalogs', request, caller, desk), request: desk.vault.seal(JSON.stringify(request)), message };
  const { task_id, principal: { principal_id } } = task;
  return answer<Outcome>({ status: 'submitted', task_id, message }, [
    { kind: 'put_task', task },
    { kind: 'enqueue', job: {
      kind: 'settle_task', job_id: desk.ids.next('job'), principal_id, lane: `task:${principal_id}/${task_id}`, run_at: desk.clock.now().toISOString(),
      payload: { task_id, verdict: 'approved' },
    } },
  ], [`task:${task_id}`]);
}
