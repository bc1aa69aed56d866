import type { AudienceRecord } from '../../domain/audience.ts';
import type { CreativeRecord } from '../../domain/creative.ts';
import type { PurgedCreative } from '../../domain/creative-purge.ts';
import type { EventSourceRecord } from '../../domain/event-source.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Change, ChangeSet, Store } from '../../domain/ports/store.ts';
import { Accounts } from './accounts.ts';
import { ApiKeys } from './api-keys.ts';
import { writeAudit } from './audit.ts';
import { Books } from './books.ts';
import { Catalogs } from './catalogs.ts';
import { creativeDelivery, listCreatives } from './creatives.ts';
import { openDatabase } from './database.ts';
import { Delivery } from './delivery.ts';
import { Events } from './events.ts';
import { Idempotency } from './idempotency.ts';
import { StoredInventory } from './inventory.ts';
import { Jobs } from './jobs.ts';
import { LibraryTable } from './libraries.ts';
import { MediaBuys } from './media-buys.ts';
import { Previews } from './previews.ts';
import { Proposals } from './proposals.ts';
import { Stale, Statements } from './rows.ts';
import { Tasks } from './tasks.ts';
import { Webhooks } from './webhooks.ts';
import { Writer } from './writer.ts';

export interface SqliteStoreOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** Decides which events count for which buys, as they are recorded. */
  readonly attribution: AttributionPolicy;
}

/**
 * The embedded store. One process at a time; what is acknowledged is on disk.
 * @throws StoreInUse when another process holds the file
 */
export function openSqliteStore(options: SqliteStoreOptions): Store {
  const { sql, close } = openDatabase(options.file);
  const rows = new Statements(sql);
  const writer = new Writer(rows);
  const tables: Tables = {
    apiKeys: new ApiKeys(rows),
    accounts: new Accounts(rows),
    buys: new MediaBuys(rows, options.attribution),
    proposals: new Proposals(rows),
    inventory: new StoredInventory(rows),
    creatives: new LibraryTable<CreativeRecord>(rows, 'creatives', 'creative_id', (each) => each.creative_id, {
      name: (each) => each.creative.name, status: (each) => each.status, created_date: (each) => each.created_date, updated_date: (each) => each.updated_date,
      purged_at: (each) => each.purge?.at ?? null,
    }, 'purged_at'),
    previews: new Previews(rows),
    audiences: new LibraryTable<AudienceRecord>(rows, 'audiences', 'audience_id', (each) => each.audience_id),
    catalogs: new Catalogs(rows),
    sources: new LibraryTable<EventSourceRecord>(rows, 'event_sources', 'event_source_id', (each) => each.event_source_id),
    events: new Events(rows, options.attribution),
    delivery: new Delivery(rows),
    books: new Books(rows),
    keys: new Idempotency(rows),
    jobs: new Jobs(rows),
    tasks: new Tasks(rows),
    webhooks: new Webhooks(rows),
    rows,
  };
  tables.jobs.releaseAll();
  return storeOver(tables, writer, close);
}

interface Tables {
  readonly apiKeys: ApiKeys;
  readonly accounts: Accounts;
  readonly buys: MediaBuys;
  readonly proposals: Proposals;
  readonly inventory: StoredInventory;
  readonly creatives: LibraryTable<CreativeRecord>;
  readonly previews: Previews;
  readonly audiences: LibraryTable<AudienceRecord>;
  readonly catalogs: Catalogs;
  readonly sources: LibraryTable<EventSourceRecord>;
  readonly events: Events;
  readonly delivery: Delivery;
  readonly books: Books;
  readonly keys: Idempotency;
  readonly jobs: Jobs;
  readonly tasks: Tasks;
  readonly webhooks: Webhooks;
  readonly rows: Statements;
}

function storeOver(tables: Tables, writer: Writer, close: () => void): Store {
  const { accounts, buys, delivery, keys, jobs, tasks, webhooks } = tables;
  return {
    apiKey: async (key_sha256) => tables.apiKeys.ofHash(key_sha256),
    apiKeyUsed: (key_id, at) => writer.write(() => tables.apiKeys.used(key_id, at)),
    account: async (principal_id, account_id) => accounts.get(principal_id, account_id),
    accounts: async (principal_id, filter, page) => accounts.list(principal_id, filter, page),
    mediaBuy: async (reach, media_buy_id) => buys.get(reach, media_buy_id),
    mediaBuys: async (reach, filter, page) => buys.list(reach, filter, page),
    mediaBuysOfPackages: async (reach, package_ids) => buys.ofPackages(reach, package_ids),
    mediaBuysAwaiting: async (reach, creative_ids) => buys.awaiting(reach, creative_ids),
    inventory: async () => tables.inventory.get(),
    proposals: async (reach, ids) => tables.proposals.find(reach, ids),
    draftedProposals: async (principal_id, library, origin) => tables.proposals.drafted(principal_id, library, origin),
    ...libraryReads(tables),
    delivery: async (principal_id, ids, range) => ids.flatMap((id) => delivery.ledger(principal_id, id, range) ?? []),
    spending: async (principal_id, account_id, range) => tables.books.spending(principal_id, account_id, range),
    feedback: async (principal_id, media_buy_id) => tables.books.feedback(principal_id, media_buy_id),
    usage: async (principal_id, account_id) => tables.books.usage(principal_id, account_id),
    task: async (principal_id, task_id) => tasks.get(principal_id, task_id),
    tasks: async (principal_id, filter, sort, page) => tasks.list(principal_id, filter, sort, page),
    webhook: async (webhook_id) => webhooks.get(webhook_id),
    webhooks: async (filter, limit) => webhooks.list(filter, limit),
    attempted: (webhook_id, attempt, status) => writer.write(() => webhooks.attempted(webhook_id, attempt, status)),
    claim: async (claim) => keys.claim(claim),
    release: async (scope, key) => keys.release(scope, key),
    async commit(set) {
      try {
        await writer.write(() => apply(set, tables));
        if (set.answer) keys.release(set.answer.scope, set.answer.key);
        return 'committed';
      } catch (error) {
        if (error instanceof Stale) return 'stale';
        throw error;
      }
    },
    leaseJobs: (now, leaseUntil, limit) => writer.write(() => jobs.lease(now, leaseUntil, limit)),
    finishJob: (job_id, outcome) => writer.write(() => jobs.finish(job_id, outcome)),
    pendingPushes: async (principal_id, upTo = Number.MAX_SAFE_INTEGER) => jobs.pending(principal_id, upTo),
    queue: async () => jobs.depth(),
    async close() {
      writer.flush();
      close();
    },
  };
}

/** What is registered for accounts. */
function libraryReads({ creatives, buys, audiences, catalogs, sources, rows, previews }: Tables): Pick<Store, 'creatives' | 'purgedCreatives' | 'listCreatives' | 'creativeAssignments' | 'creativeDelivery' | 'preview' | 'audiences' | 'audienceMembers' | 'catalogs' | 'catalogItems' | 'knownContents' | 'eventSources'> {
  return {
    creatives: async (reach, ids) => creatives.find(reach, ids),
    purgedCreatives: async (reach, ids) => creatives.findGone(reach, ids) as PurgedCreative[],
    listCreatives: async (reach, filter, sort, page) => listCreatives(rows, reach, filter, sort, page),
    creativeAssignments: async (reach, ids) => buys.assignments(reach, ids),
    creativeDelivery: async (reach, ids) => creativeDelivery(rows, reach, ids),
    preview: async (preview_id, now) => previews.get(preview_id, now),
    audiences: async (reach, ids) => audiences.find(reach, ids),
    async audienceMembers({ library, audience_id }, external_ids) {
      const held = rows.all<{ external_id: string }>(
        `SELECT m.external_id FROM audiences a JOIN audience_members m ON m.audience = a.seq
         WHERE a.library = ? AND a.audience_id = ? AND m.external_id IN (SELECT value FROM json_each(?))`,
        library, audience_id, JSON.stringify(external_ids));
      return new Set(held.map((row) => row.external_id));
    },
    catalogs: async (reach, ids) => catalogs.find(reach, ids),
    catalogItems: async (catalog, filter = {}) => catalogs.items(catalog, filter),
    knownContents: async (library, ids) => catalogs.knownContents(library, ids),
    eventSources: async (reach, ids) => sources.find(reach, ids),
  };
}

function apply(set: ChangeSet, tables: Tables): void {
  for (const change of set.changes) applyChange(change, tables);
  writeAudit(tables.rows, set.audit);
  if (set.answer) tables.keys.answer(set.answer);
}

function applyChange(change: Change, tables: Tables): void {
  switch (change.kind) {
    case 'put_account': return tables.accounts.put(change.account, change.onlyIfNew === true);
    case 'put_media_buy': return tables.events.catchUp(change.buy, tables.buys.put(change.buy));
    case 'put_proposal': return tables.proposals.put(change.proposal);
    case 'put_inventory': return tables.inventory.put(change.inventory);
    case 'put_creative': return tables.creatives.put(change.creative);
    case 'delete_creative': return tables.creatives.delete(change.creative);
    case 'put_preview': return tables.previews.put(change.preview);
    case 'forget_previews': return tables.previews.forget(change.library, change.creative_id);
    case 'put_audience': return putAudience(change, tables);
    case 'delete_audience': return tables.audiences.delete(change.audience);
    case 'put_catalog': return tables.catalogs.put(change);
    case 'delete_catalog': return tables.catalogs.delete(change.catalog);
    case 'put_event_source': return tables.sources.put(change.source);
    case 'delete_event_source': return tables.sources.delete(change.source);
    case 'record_events': return tables.events.record(change.batch);
    case 'record_delivery': return tables.delivery.record(change.fact);
    case 'put_feedback': return tables.books.putFeedback(change.feedback);
    case 'put_usage': return tables.books.putUsage(change.usage);
    case 'put_task': return tables.tasks.put(change.task);
    case 'put_webhook': return tables.webhooks.put(change.webhook);
    case 'enqueue': return tables.jobs.enqueue(change.job);
  }
}

function putAudience({ audience, add, remove }: Extract<Change, { kind: 'put_audience' }>, { audiences, rows }: Tables): void {
  audiences.put(audience);
  const seq = audiences.seqOf(audience);
  for (const external_id of remove) rows.run('DELETE FROM audience_members WHERE audience = ? AND external_id = ?', seq, external_id);
  for (const member of add)
    rows.run('INSERT INTO audience_members (audience, external_id, member) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET member = excluded.member', seq, member.external_id, JSON.stringify(member));
}
