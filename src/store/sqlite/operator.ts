/** The embedded store as its operator sees it from beside a running server. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { AccountRecord } from '../../domain/account.ts';
import { OperatorError, replayOf, type OperatorStore } from '../../domain/ports/operator-store.ts';
import type { AuditEntry } from '../../domain/ports/store.ts';
import type { FeedbackRecord } from '../../domain/performance-feedback.ts';
import type { TaskRecord } from '../../domain/task.ts';
import type { UsageRecord } from '../../domain/usage-record.ts';
import { ApiKeys } from './api-keys.ts';
import { writeAudit } from './audit.ts';
import { Catalogs } from './catalogs.ts';
import { newestMigration, openDatabase } from './database.ts';
import { Jobs } from './jobs.ts';
import { operatorCreatives } from './operator-creatives.ts';
import { Conditions, recordOf, Statements } from './rows.ts';
import { Webhooks } from './webhooks.ts';

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
  const together = (act: AuditEntry, work: () => void): void => sql.transaction(() => {
    work();
    writeAudit(rows, act);
  }).immediate();
  return {
    webhooks: async (filter, limit) => webhooks.list(filter, limit),
    webhook: async (webhook_id) => webhooks.get(webhook_id),
    replay: async (webhook_id, job_id, act) => together(act, () => {
      const job = replayOf(webhooks.get(webhook_id), webhook_id, job_id, act.at);
      webhooks.reopen(webhook_id);
      jobs.enqueue(job);
    }),
    usage: async (account_id, limit) => newest<UsageRecord>(rows, 'usage_records', new Conditions().when(account_id, 'account_id = ?'), limit),
    feedback: async (media_buy_id, limit) => newest<FeedbackRecord>(rows, 'performance_feedback', new Conditions().when(media_buy_id, 'media_buy_id = ?'), limit),
    async tasks({ task_id, principal_id, waiting }, limit) {
      const where = new Conditions().when(task_id, 'task_id = ?').when(principal_id, 'principal_id = ?');
      if (waiting) where.and("status = 'submitted' AND json_extract(record, '$.request') IS NOT NULL");
      return newest<TaskRecord>(rows, 'tasks', where, limit);
    },
    ...operatorCreatives(rows),
    async governedAccounts(account_id, limit) {
      return newest<AccountRecord>(rows, 'accounts', new Conditions().when(account_id, 'account_id = ?').and("json_extract(record, '$.governance_agents') IS NOT NULL"), limit);
    },
    governanceChecks: async (limit) => rows.all<AuditRow>(
      `SELECT at, principal_id, account_id, task, subjects FROM audit WHERE subjects LIKE '%"plan:%' ORDER BY seq DESC LIMIT ?`, limit).map(auditEntry),
    enqueue: async (job, act) => together(act, () => jobs.enqueue(job)),
    catalogs: async () => catalogs.all(),
    catalogItems: async (catalog, filter) => catalogs.items(catalog, filter),
    apiKeys: async () => apiKeys.list(),
    putApiKeys: async (keys, act) => together(act, () => { for (const key of keys) apiKeys.put(key); }),
    close: async () => void sql.close(),
  };
}

interface AuditRow extends Omit<AuditEntry, 'account_id' | 'subjects'> {
  readonly account_id: string | null;
  readonly subjects: string;
}

const auditEntry = ({ account_id, subjects, ...entry }: AuditRow): AuditEntry =>
  ({ ...entry, ...(account_id === null ? {} : { account_id }), subjects: JSON.parse(subjects) as string[] });

const newest = <Rec>(rows: Statements, table: 'usage_records' | 'performance_feedback' | 'tasks' | 'accounts', where: Conditions, limit: number): Rec[] =>
  rows.all<{ record: string }>(`SELECT record FROM ${table} WHERE ${where} ORDER BY seq DESC LIMIT ?`, ...where.values, limit).map((row) => recordOf<Rec>(row));
