import type { AudienceRecord } from '../../domain/audience.ts';
import type { PurgedCreative } from '../../domain/creative-purge.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Store } from '../../domain/ports/store.ts';
import { Stale } from '../stale.ts';
import { catalogReads } from './catalogs.ts';
import { readBooks } from './books.ts';
import { creativeDelivery, listCreatives } from './creatives.ts';
import { openDatabase } from './database.ts';
import { commitTogether } from './group-commit.ts';
import { Statements } from './rows.ts';
import { tablesOver, type Tables } from './tables.ts';
import { commitOf, type Write } from './write.ts';
import { Writer, type Committer } from './writer.ts';

export interface SqliteStoreOptions {
  /** A path, or `:memory:`. */
  readonly file: string;
  /** Decides which events count for which buys, as they are recorded. */
  readonly attribution: AttributionPolicy;
}

/** How long a write waits for another process, such as a command of the operator, that writes just now. */
const BUSY_MS = 250;

/**
 * The embedded store. One process at a time; what is acknowledged is on disk.
 * @throws StoreInUse when another process holds the file
 */
export function openSqliteStore({ file, attribution }: SqliteStoreOptions): Store {
  const { sql, close } = openDatabase(file);
  // Whoever waits here holds up every call.
  sql.pragma(`busy_timeout = ${BUSY_MS}`);
  const tables = tablesOver(new Statements(sql), attribution);
  tables.jobs.releaseAll();
  return storeOver(tables, { commit: (writes, told) => told(commitTogether(writes, tables)), close: async () => {} }, close);
}

/**
 * The port over an open database.
 * @param tables what is read goes through their connection, and so does nothing that is written but by the committer
 * @param close releases the database, when everything is on disk
 */
export function storeOver(tables: Tables, committer: Committer, close: () => void): Store {
  const { accounts, buys, creatives, audiences, sources, delivery, keys, jobs, tasks, webhooks, rows } = tables;
  const writer = new Writer(committer, (write) => forgetWritten(write, tables));
  return {
    ...credentials(tables, writer),
    account: async (principal_id, account_id) => accounts.get(principal_id, account_id),
    accounts: async (principal_id, filter, page) => accounts.list(principal_id, filter, page),
    mediaBuy: async (reach, media_buy_id) => buys.get(reach, media_buy_id),
    mediaBuys: async (reach, filter, page) => buys.list(reach, filter, page),
    anyDue: async (principal_id, now) => buys.anyDue(principal_id, now),
    mediaBuysOfPackages: async (reach, package_ids) => buys.ofPackages(reach, package_ids),
    mediaBuysAwaiting: async (reach, creative_ids) => buys.awaiting(reach, creative_ids),
    inventory: async () => tables.inventory.get(),
    proposals: async (reach, ids) => tables.proposals.find(reach, ids),
    draftedProposals: async (principal_id, library, origin) => tables.proposals.drafted(principal_id, library, origin),
    creatives: async (reach, ids) => creatives.find(reach, ids),
    purgedCreatives: async (reach, ids) => creatives.findGone(reach, ids) as PurgedCreative[],
    listCreatives: async (reach, filter, sort, page) => listCreatives(rows, reach, filter, sort, page),
    creativeAssignments: async (reach, ids) => buys.assignments(reach, ids),
    creativeDelivery: async (reach, ids) => creativeDelivery(rows, reach, ids),
    preview: async (preview_id, now) => tables.previews.get(preview_id, now),
    audiences: async (reach, ids) => audiences.find(reach, ids),
    audienceMembers: async (audience, external_ids) => audienceMembers(rows, audience, external_ids),
    ...catalogReads(tables.catalogs),
    eventSources: async (reach, ids) => sources.find(reach, ids),
    delivery: async (principal_id, ids, range, dimensions) => ids.flatMap((id) => delivery.ledger(principal_id, id, range, dimensions) ?? []),
    ...readBooks(tables.books),
    forgettable: async (what, before, limit) => tables.old.count(what, before, limit),
    task: async (principal_id, task_id) => tasks.get(principal_id, task_id),
    tasks: async (principal_id, filter, sort, page) => tasks.list(principal_id, filter, sort, page),
    webhook: async (webhook_id) => webhooks.get(webhook_id),
    webhooks: async (filter, limit) => webhooks.list(filter, limit),
    attempted: (webhook_id, attempt, status) => writer.write<'attempted'>({ kind: 'attempted', webhook_id, attempt, status }),
    claim: async (claim) => keys.claim(claim),
    release: async (scope, key) => keys.release(scope, key),
    async commit(set) {
      const { answer } = set;
      const claim = answer && keys.claimed(answer.scope, answer.key);
      if (answer && claim === undefined) return 'stale';
      try {
        await writer.write<'commit'>(commitOf(set, claim));
        if (answer) keys.release(answer.scope, answer.key);
        return 'committed';
      } catch (error) {
        if (error instanceof Stale) return 'stale';
        throw error;
      }
    },
    leaseJobs: (now, leaseUntil, limit) => writer.write<'lease_jobs'>({ kind: 'lease_jobs', now, leaseUntil, limit }),
    finishJob: (job_id, outcome) => writer.write<'finish_job'>({ kind: 'finish_job', job_id, outcome }),
    pendingPushes: async (principal_id, upTo = Number.MAX_SAFE_INTEGER) => jobs.pending(principal_id, upTo),
    queue: async () => jobs.depth(),
    tryWrite: () => writer.write<'try'>({ kind: 'try' }),
    async close() {
      await writer.close();
      close();
    },
  };
}

const credentials = ({ apiKeys }: Tables, writer: Writer): Pick<Store, 'apiKey' | 'apiKeyUsed' | 'claimNonce'> => ({
  apiKey: async (key_sha256) => apiKeys.ofHash(key_sha256),
  apiKeyUsed: (key_id, at) => writer.write<'api_key_used'>({ kind: 'api_key_used', key_id, at }),
  claimNonce: (nonce) => writer.write<'claim_nonce'>({ kind: 'claim_nonce', nonce }),
});

function audienceMembers(rows: Statements, { library, audience_id }: AudienceRecord, external_ids: readonly string[]): ReadonlySet<string> {
  const held = rows.all<{ external_id: string }>(
    `SELECT m.external_id FROM audiences a JOIN audience_members m ON m.audience = a.seq
     WHERE a.library = ? AND a.audience_id = ? AND m.external_id IN (SELECT value FROM json_each(?))`,
    library, audience_id, JSON.stringify(external_ids));
  return new Set(held.map((row) => row.external_id));
}

/** What is at hand of rows that have changed is read anew. */
function forgetWritten(write: Write, { accounts, buys }: Tables): void {
  if (write.kind !== 'commit') return;
  for (const change of write.changes) {
    if (change.kind === 'put_media_buy') buys.forget(change.buy);
    if (change.kind === 'put_account') accounts.forget(change.account);
  }
}
