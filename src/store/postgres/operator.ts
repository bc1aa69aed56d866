/** The shared store as its operator sees it from beside running servers. */
import type { AccountRecord } from '../../domain/account.ts';
import type { FeedbackRecord } from '../../domain/performance-feedback.ts';
import { OperatorError, replayOf, type OperatorStore } from '../../domain/ports/operator-store.ts';
import type { AuditEntry } from '../../domain/ports/store.ts';
import type { TaskRecord } from '../../domain/task.ts';
import type { UsageRecord } from '../../domain/usage-record.ts';
import { listedEntry, type AuditRow } from '../audit-chain.ts';
import { apiKeys, putApiKey } from './api-keys.ts';
import { writeAudit } from './audit.ts';
import { allCatalogs, catalogItems } from './catalogs.ts';
import { openConnections, type Connections, type Queries } from './connections.ts';
import { enqueue } from './jobs.ts';
import { appliedMigration, migrate, newestMigration } from './migrate.ts';
import { operatorCreatives } from './operator-creatives.ts';
import { recordsOf } from './rows.ts';
import { every, raw, sql, when, type Sql } from './sql.ts';
import { reopenWebhook, webhook, webhooks } from './webhooks.ts';

/** How its connections are called in the database, apart from those of servers. */
export const OPERATOR = 'adwright operator';

/**
 * @param create makes the tables in a database that nobody has used
 * @throws OperatorError when there is no store, or one of another version; StoreUnavailable when the database cannot be reached
 */
export async function openPostgresOperatorStore(url: string, create = false): Promise<OperatorStore> {
  const db = openConnections({ url, connections: 2, application: OPERATOR });
  try {
    if (create) await migrate(db);
    const version = await appliedMigration(db);
    if (version === 0) throw new OperatorError('the database holds no store; the first start of a server makes one');
    if (version !== newestMigration()) throw new OperatorError(`the database is at migration ${version}, this program at ${newestMigration()}; use the program that serves it`);
    return operatorStoreOver(db);
  } catch (error) {
    await db.close();
    throw error;
  }
}

function operatorStoreOver(db: Connections): OperatorStore {
  const together = (act: AuditEntry, work: (tx: Queries) => Promise<void>): Promise<void> => db.transaction(async (tx) => {
    await work(tx);
    await writeAudit(tx, act);
  });
  return {
    webhooks: (filter, limit) => webhooks(db, filter, limit),
    webhook: (webhook_id) => webhook(db, webhook_id),
    replay: (webhook_id, job_id, act) => together(act, async (tx) => {
      await tx.run(sql`SELECT 1 FROM webhooks WHERE webhook_id = ${webhook_id} FOR UPDATE`);
      const job = replayOf(await webhook(tx, webhook_id), webhook_id, job_id, act.at);
      await reopenWebhook(tx, webhook_id);
      await enqueue(tx, job);
    }),
    tasks: ({ task_id, principal_id, waiting }, limit) => newest<TaskRecord>(db, 'tasks', every(
      when(task_id, (id) => sql`task_id = ${id}`), when(principal_id, (id) => sql`principal_id = ${id}`), waiting ? raw('waiting') : undefined), limit),
    governedAccounts: (account_id, limit) => newest<AccountRecord>(db, 'accounts', every(raw('governed'), when(account_id, (id) => sql`account_id = ${id}`)), limit),
    async governanceChecks(limit) {
      const rows = await db.all<AuditRow>(sql`SELECT seq, at, principal_id, account_id, task, subjects, hash FROM audit WHERE subjects LIKE '%"plan:%' ORDER BY seq DESC LIMIT ${limit}`);
      return rows.map(listedEntry).map(({ at, principal_id, account_id, task, subjects }) => ({ at, principal_id, ...(account_id === null ? {} : { account_id }), task, subjects }));
    },
    usage: (account_id, limit) => newest<UsageRecord>(db, 'usage_records', every(when(account_id, (id) => sql`account_id = ${id}`)), limit),
    feedback: (media_buy_id, limit) => newest<FeedbackRecord>(db, 'performance_feedback', every(when(media_buy_id, (id) => sql`media_buy_id = ${id}`)), limit),
    enqueue: (job, act) => together(act, (tx) => enqueue(tx, job)),
    ...operatorCreatives(db),
    catalogs: () => allCatalogs(db),
    catalogItems: (catalog, filter) => catalogItems(db, catalog, filter),
    apiKeys: () => apiKeys(db),
    putApiKeys: (keys, act) => together(act, async (tx) => { for (const key of keys) await putApiKey(tx, key); }),
    close: () => db.close(),
  };
}

const newest = async <Rec>(db: Queries, table: 'usage_records' | 'performance_feedback' | 'tasks' | 'accounts', where: Sql, limit: number): Promise<Rec[]> =>
  recordsOf(await db.all<{ record: Rec }>(sql`SELECT record FROM ${raw(table)} WHERE ${where} ORDER BY seq DESC LIMIT ${limit}`));
