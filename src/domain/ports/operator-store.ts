/** The store as its operator sees it from beside running servers: reads, and leaves work for a server's worker. */
import type { AccountRecord } from '../account.ts';
import type { ApiKey } from '../api-key.ts';
import type { CatalogItemRecord, CatalogRecord } from '../catalog/catalog.ts';
import type { CreativeRecord, CreativeStatus } from '../creative.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import type { FeedbackRecord } from '../performance-feedback.ts';
import type { TaskRecord } from '../task.ts';
import type { UsageRecord } from '../usage-record.ts';
import type { LoggedWebhook, WebhookStatus } from '../webhook.ts';
import type { NewJob } from './jobs.ts';
import type { CatalogItemFilter } from './store-queries.ts';
import type { AuditEntry } from './store.ts';

/** What an operator cannot do, in a sentence for the operator. */
export class OperatorError extends Error {}

export interface TaskQuery {
  readonly task_id?: string;
  readonly principal_id?: string;
  /** Only tasks that a person has to decide. */
  readonly waiting?: boolean;
}

export interface CreativeQuery {
  readonly creative_id?: string;
  readonly principal_id?: string;
  readonly account_id?: string;
  readonly status?: CreativeStatus;
}

/** A creative on a package of a media buy that has not ended. */
export interface AssignedCreative {
  readonly buy: MediaBuyRecord;
  readonly package_id: string;
  readonly creative: CreativeRecord;
}

export interface AssignmentQuery {
  readonly products?: readonly string[];
  readonly creative?: CreativeRecord;
  readonly package_id?: string;
}

export interface OperatorStore {
  webhooks(filter: { readonly status?: WebhookStatus; readonly about?: string }, limit: number): Promise<readonly LoggedWebhook[]>;
  webhook(webhook_id: string): Promise<LoggedWebhook | undefined>;
  /**
   * Has a webhook sent again, with the same bytes and under the same key, on a timetable of its own.
   * @throws OperatorError when it is unknown, or still being delivered
   */
  replay(webhook_id: string, job_id: string, act: AuditEntry): Promise<void>;
  tasks(query: TaskQuery, limit: number): Promise<readonly TaskRecord[]>;
  /** Accounts with a governance agent, newest first. */
  governedAccounts(account_id: string | undefined, limit: number): Promise<readonly AccountRecord[]>;
  /** Calls that were asked about, newest first. */
  governanceChecks(limit: number): Promise<readonly AuditEntry[]>;
  /** What buyers reported, newest first: of all accounts, or of one; on all buys, or on one. */
  usage(account_id: string | undefined, limit: number): Promise<readonly UsageRecord[]>;
  feedback(media_buy_id: string | undefined, limit: number): Promise<readonly FeedbackRecord[]>;
  /** Leaves work for a server's worker. */
  enqueue(job: NewJob, act: AuditEntry): Promise<void>;
  /** Newest first; none that was purged. */
  creatives(query: CreativeQuery, limit: number): Promise<readonly CreativeRecord[]>;
  assignedCreatives(query: AssignmentQuery, limit: number): Promise<readonly AssignedCreative[]>;
  /** Of all buyers, oldest first. */
  catalogs(): Promise<readonly CatalogRecord[]>;
  catalogItems(catalog: CatalogRecord, filter: CatalogItemFilter): Promise<readonly CatalogItemRecord[]>;
  /** Newest first. */
  apiKeys(): Promise<readonly ApiKey[]>;
  /** Stores keys together; a key_id that is there already is replaced. */
  putApiKeys(keys: readonly ApiKey[], act: AuditEntry): Promise<void>;
  close(): Promise<void>;
}

/** The job that sends a webhook again. @throws OperatorError when it is unknown, or still being delivered */
export function replayOf(logged: LoggedWebhook | undefined, webhook_id: string, job_id: string, run_at: string): NewJob {
  if (logged === undefined) throw new OperatorError(`there is no webhook "${webhook_id}"`);
  if (logged.status === 'pending') throw new OperatorError(`webhook ${webhook_id} is still being delivered`);
  const { principal_id } = logged.webhook;
  return { kind: 'deliver_webhook', job_id, principal_id, lane: `webhook:replay/${webhook_id}`, run_at, payload: { webhook_id, earlier_attempts: logged.attempts.length } };
}
