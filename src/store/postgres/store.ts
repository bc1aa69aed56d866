import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Store } from '../../domain/ports/store.ts';
import { Stale } from '../stale.ts';
import { account, accounts } from './accounts.ts';
import { answeredTasks } from './answered-tasks.ts';
import { apiKey, apiKeyUsed } from './api-keys.ts';
import { AUDIENCES, audienceMembers } from './audiences.ts';
import { feedback, spending, usage } from './books.ts';
import { CATALOGS, catalogItems, knownContents } from './catalogs.ts';
import { apply } from './commit.ts';
import { openConnections, type Connections, type PoolOptions, type Queries } from './connections.ts';
import { creativeDelivery, CREATIVES, listCreatives, purgedCreatives } from './creatives.ts';
import { ledgers } from './delivery.ts';
import { EVENT_SOURCES } from './event-sources.ts';
import { claim, release, releaseClaims } from './idempotency.ts';
import { inventory } from './inventory.ts';
import { finishJob, leaseJobs, pendingPushes, queueDepth, releaseJobs } from './jobs.ts';
import { found } from './libraries.ts';
import { anyDue, creativeAssignments, mediaBuy, mediaBuys, mediaBuysAwaiting, mediaBuysOfPackages } from './media-buys.ts';
import { migrate } from './migrate.ts';
import { lookingForDead, present, type Presence } from './presence.ts';
import { preview } from './previews.ts';
import { draftedProposals, proposals } from './proposals.ts';
import { forgettable } from './retention.ts';
import { claimNonce } from './signature-nonces.ts';
import { sql } from './sql.ts';
import { task, tasks } from './tasks.ts';
import { attempted, webhook, webhooks } from './webhooks.ts';

export interface PostgresStoreOptions extends PoolOptions {
  /** Decides which events count for which buys, as they are recorded. */
  readonly attribution: AttributionPolicy;
}

/**
 * The store in a database that several servers may share. What is acknowledged is as safe as the database makes a commit.
 * @throws Error when the database cannot be reached, or is newer than this program
 */
export async function openPostgresStore({ attribution, ...pool }: PostgresStoreOptions): Promise<Store> {
  const connections = openConnections(pool);
  try {
    await migrate(connections);
    const { holder } = (await connections.get<{ holder: string }>(sql`SELECT gen_random_uuid() AS holder`))!;
    return storeOver(connections, await present(pool.url, holder), attribution);
  } catch (error) {
    await connections.close();
    throw error;
  }
}

function storeOver(db: Connections, { holder, close: leave }: Presence, attribution: AttributionPolicy): Store {
  const lookForDead = lookingForDead(db, holder);
  return {
    apiKey: (key_sha256) => apiKey(db, key_sha256),
    apiKeyUsed: (key_id, at) => apiKeyUsed(db, key_id, at),
    claimNonce: (nonce) => claimNonce(db, nonce),
    account: (principal_id, account_id) => account(db, principal_id, account_id),
    accounts: (principal_id, filter, page) => accounts(db, principal_id, filter, page),
    mediaBuy: (reach, media_buy_id) => mediaBuy(db, reach, media_buy_id),
    mediaBuys: (reach, filter, page) => mediaBuys(db, reach, filter, page),
    anyDue: (principal_id, now) => anyDue(db, principal_id, now),
    mediaBuysOfPackages: (reach, package_ids) => mediaBuysOfPackages(db, reach, package_ids),
    mediaBuysAwaiting: (reach, creative_ids) => mediaBuysAwaiting(db, reach, creative_ids),
    inventory: () => inventory(db),
    proposals: (reach, ids) => proposals(db, reach, ids),
    draftedProposals: (principal_id, library, origin) => draftedProposals(db, principal_id, library, origin),
    creatives: (reach, ids) => found(db, CREATIVES, reach, ids),
    purgedCreatives: (reach, ids) => purgedCreatives(db, reach, ids),
    listCreatives: (reach, filter, sort, page) => listCreatives(db, reach, filter, sort, page),
    creativeAssignments: (reach, ids) => creativeAssignments(db, reach, ids),
    creativeDelivery: (reach, ids) => creativeDelivery(db, reach, ids),
    preview: (preview_id, now) => preview(db, preview_id, now),
    audiences: (reach, ids) => found(db, AUDIENCES, reach, ids),
    audienceMembers: (audience, external_ids) => audienceMembers(db, audience, external_ids),
    catalogs: (reach, ids) => found(db, CATALOGS, reach, ids),
    catalogItems: (catalog, filter = {}) => catalogItems(db, catalog, filter),
    knownContents: (library, content_ids) => knownContents(db, library, content_ids),
    eventSources: (reach, ids) => found(db, EVENT_SOURCES, reach, ids),
    delivery: (principal_id, ids, range, dimensions) => ledgers(db, principal_id, ids, range, dimensions),
    spending: (principal_id, account_id, range) => spending(db, principal_id, account_id, range),
    feedback: (principal_id, media_buy_id) => feedback(db, principal_id, media_buy_id),
    usage: (principal_id, account_id) => usage(db, principal_id, account_id),
    task: (principal_id, task_id) => task(db, principal_id, task_id),
    tasks: (principal_id, filter, sort, page) => tasks(db, principal_id, filter, sort, page),
    webhook: (webhook_id) => webhook(db, webhook_id),
    webhooks: (filter, limit) => webhooks(db, filter, limit),
    attempted: (webhook_id, attempt, status) => attempted(db, webhook_id, attempt, status),
    answered: answeredTasks(db),
    forgettable: (what, before, limit) => forgettable(db, what, before, limit),
    claim: (asked) => claim(db, holder, asked),
    release: (scope, key) => release(db, holder, scope, key),
    commit: (set) => committed(db, (tx) => apply(tx, set, holder, attribution)),
    async leaseJobs(now, leaseUntil, limit) {
      await lookForDead(Date.parse(now));
      return leaseJobs(db, holder, now, leaseUntil, limit);
    },
    finishJob: (job_id, outcome) => finishJob(db, holder, job_id, outcome),
    pendingPushes: (principal_id, upTo) => pendingPushes(db, principal_id, upTo),
    queue: () => queueDepth(db),
    tryWrite: () => tryWrite(db),
    async close() {
      await Promise.allSettled([releaseClaims(db, holder), releaseJobs(db, holder)]);
      await leave();
      await db.close();
    },
  };
}

class TakenBack extends Error {}

async function tryWrite(db: Connections): Promise<void> {
  const written = db.transaction(async (tx) => {
    await tx.run(sql`UPDATE audit_head SET seq = seq`);
    throw new TakenBack();
  });
  await written.catch((error: unknown) => { if (!(error instanceof TakenBack)) throw error; });
}

async function committed(db: Connections, work: (tx: Queries) => Promise<void>): Promise<'committed' | 'stale'> {
  try {
    await db.transaction(work);
    return 'committed';
  } catch (error) {
    if (error instanceof Stale) return 'stale';
    throw error;
  }
}
