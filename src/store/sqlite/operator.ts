/** The store as its operator sees it from beside a running server: reads, and leaves work for the server's worker. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { AccountRecord } from '../../domain/account.ts';
import type { ApiKey } from '../../domain/api-key.ts';
import type { CatalogItemRecord, CatalogRecord } from '../../domain/catalog/catalog.ts';
import type { NewJob } from '../../domain/ports/jobs.ts';
import type { CatalogItemFilter } from '../../domain/ports/store-queries.ts';
import type { AuditEntry } from '../../domain/ports/store.ts';
import type { FeedbackRecord } from '../../domain/performance-feedback.ts';
import type { TaskRecord } from '../../domain/task.ts';
import type { UsageRecord } from '../../domain/usage-record.ts';
import type { LoggedWebhook, WebhookStatus } from '../../domain/webhook.ts';
import { ApiKeys } from './api-keys.ts';
import { writeAudit } from './audit.ts';
import { Catalogs } from './catalogs.ts';
import { newestMigration, openDatabase } from './database.ts';
import { Jobs } from './jobs.ts';
import { operatorCreatives, type OperatorCreatives } from './operator-creatives.ts';
import { Conditions, recordOf, Statements } from './rows.ts';
import { Webhooks } from './webhooks.ts';

/** What an operator cannot do, in a sentence for the operator. */
export class OperatorError extends Error {}

export interface TaskQuery {
  readonly task_id?: string;
  readonly principal_id?: string;
  /** Only tasks that a person has to decide. */
  readonly waiting?: boolean;
}

export interface OperatorStore extends OperatorCreatives {
  webhooks(filter: { readonly status?: WebhookStatus; readonly about?: string }, limit: number): readonly LoggedWebhook[];
  webhook(webhook_id: string): LoggedWebhook | undefined;
  /**
   * Has a webhook sent again, with the same bytes and under the same key, on a timetable of its own.
   * @throws OperatorError when it is unknown, or still being delivered
   */
  replay(webhook_id: string, job_id: string, act: AuditEntry): void;
  tasks(query: TaskQuery, limit: number): readonly TaskRecord[];
  /** Accounts with a governance agent, newest first. */
  governedAccounts(account_id: string | undefined, limit: number): readonly AccountRecord[];
  /** Calls that were asked about, newest first. */
  governanceChecks(limit: number): readonly AuditEntry[];
  /** What buyers reported, newest first: of all accounts, or of one; on all buys, or on one. */
  usage(account_id: string | undefined, limit: number): readonly UsageRecord[];
  feedback(media_buy_id: string | undefined, limit: number): readonly FeedbackRecord[];
  /** Leaves work for the server's worker. */
  enqueue(job: NewJob, act: AuditEntry): void;
  /** Of all buyers, oldest first. */
  catalogs(): readonly CatalogRecord[];
  catalogItems(catalog: CatalogRecord, filter: CatalogItemFilter): readonly CatalogItemRecord[];
  /** Newest first. */
  apiKeys(): readonly ApiKey[];
  /** Stores keys together; a key_id that is there already is replaced. */
  putApiKeys(keys: readonly ApiKey[], act: AuditEntry): void;
  close(): void;
}

/**
 * @param create makes a store where there is none
 * @throws OperatorError when there is no store, or one of another version
 */
export function openOperatorStore(file: string, create = false): OperatorStore {
  if (create && !existsSync(file)) openDatabase(file).close();
  if (!existsSync(file)) throw new OperatorError(`there is no store at ${file}; name the data folder with --data`);
  const sql = new Database(file);
  sql.pragma('busy_timeout = 5000');
  const version = sql.pragma('user_version', { simple: true }) as number;
  if (version !== newestMigration()) {
    sql.close();
    throw new OperatorError(`the store is at migration ${version}, this program at ${newestMigration()}; use the program that serves it`);
  }
  const rows = new Statements(sql);
  const [webhooks, jobs, apiKeys, catalogs] = [new Webhooks(rows), new Jobs(rows), new ApiKeys(rows), new Catalogs(rows)];
  return {
    webhooks: (filter, limit) => webhooks.list(filter, limit),
    webhook: (webhook_id) => webhooks.get(webhook_id),
    replay: sql.transaction((webhook_id: string, job_id: string, act: AuditEntry) => {
      const logged = webhooks.get(webhook_id);
      if (logged === undefined) throw new OperatorError(`there is no webhook "${webhook_id}"`);
      if (logged.status === 'pending') throw new OperatorError(`webhook ${webhook_id} is still being delivered`);
      webhooks.reopen(webhook_id);
      const { principal_id } = logged.webhook;
      jobs.enqueue({
        kind: 'deliver_webhook', job_id, principal_id, lane: `webhook:replay/${webhook_id}`, run_at: act.at, payload: { webhook_id, earlier_attempts: logged.attempts.length },
      });
      writeAudit(rows, act);
    }).immediate,
    usage: (account_id, limit) => newest<UsageRecord>(rows, 'usage_records', new Conditions().when(account_id, 'account_id = ?'), limit),
    feedback: (media_buy_id, limit) => newest<FeedbackRecord>(rows, 'performance_feedback', new Conditions().when(media_buy_id, 'media_buy_id = ?'), limit),
    tasks({ task_id, principal_id, waiting }, limit) {
      const where = new Conditions().when(task_id, 'task_id = ?').when(principal_id, 'principal_id = ?');
      if (waiting) where.and("status = 'submitted' AND json_extract(record, '$.request') IS NOT NULL");
      return rows.all<{ record: string }>(`SELECT record FROM tasks WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit).map((row) => recordOf<TaskRecord>(row));
    },
    ...operatorCreatives(rows),
    governedAccounts(account_id, limit) {
      const where = new Conditions().when(account_id, 'account_id = ?').and("json_extract(record, '$.governance_agents') IS NOT NULL");
      return rows.all<{ record: string }>(`SELECT record FROM accounts WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit).map((row) => recordOf<AccountRecord>(row));
    },
    governanceChecks: (limit) => rows.all<AuditRow>(
      `SELECT at, principal_id, account_id, task, subjects FROM audit WHERE subjects LIKE '%"plan:%' ORDER BY seq DESC LIMIT ?`, limit).map(auditEntry),
    enqueue: sql.transaction((job: NewJob, act: AuditEntry) => {
      jobs.enqueue(job);
      writeAudit(rows, act);
    }).immediate,
    catalogs: () => catalogs.all(),
    catalogItems: (catalog, filter) => catalogs.items(catalog, filter),
    apiKeys: () => apiKeys.list(),
    putApiKeys: sql.transaction((keys: readonly ApiKey[], act: AuditEntry) => {
      for (const key of keys) apiKeys.put(key);
      writeAudit(rows, act);
    }).immediate,
    close: () => void sql.close(),
  };
}

interface AuditRow extends Omit<AuditEntry, 'account_id' | 'subjects'> {
  readonly account_id: string | null;
  readonly subjects: string;
}

const auditEntry = ({ account_id, subjects, ...entry }: AuditRow): AuditEntry =>
  ({ ...entry, ...(account_id === null ? {} : { account_id }), subjects: JSON.parse(subjects) as string[] });

const newest = <Rec>(rows: Statements, table: 'usage_records' | 'performance_feedback', where: Conditions, limit: number): Rec[] =>
  rows.all<{ record: string }>(`SELECT record FROM ${table} WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit).map((row) => recordOf<Rec>(row));
