/**
 * Where everything is kept. Asynchronous, because more than one engine stands behind it.
 * A use case loads, decides purely, and returns one change set; the store applies it whole and acknowledges when it is on disk.
 * While it cannot, it throws StoreUnavailable (`hindrance.ts`), and works again by itself when it can.
 */
import type { AccountRecord } from '../account.ts';
import type { ApiKey } from '../api-key.ts';
import type { Spending } from '../account-finances.ts';
import type { AudienceRecord } from '../audience.ts';
import type { Reach } from '../caller.ts';
import type { CatalogItemRecord, CatalogRecord } from '../catalog/catalog.ts';
import type { EventBatch } from '../conversion-event.ts';
import type { CreativeRecord } from '../creative.ts';
import type { PurgedCreative } from '../creative-purge.ts';
import type { DeliveryFact, DeliveryLedger } from '../delivery-facts.ts';
import type { Dimension } from '../delivery-parts.ts';
import type { EventSourceRecord } from '../event-source.ts';
import type { Inventory } from '../inventory.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import type { PreviewRecord } from '../preview/preview.ts';
import type { FeedbackRecord } from '../performance-feedback.ts';
import type { ProposalRecord } from '../proposal/proposal.ts';
import type { Forgotten } from '../retention.ts';
import type { TaskRecord } from '../task.ts';
import type { UsageRecord } from '../usage-record.ts';
import type { LoggedWebhook, WebhookAttempt, WebhookRecord, WebhookStatus } from '../webhook.ts';
import type { AudienceMember } from '../../protocol/wire/core/audience.ts';
import type { AnsweredTasks } from './answered-tasks.ts';
import type { Job, NewJob, QueueDepth } from './jobs.ts';
import type { SignatureNonce } from './signers.ts';
import type { AccountFilter, CatalogItemFilter, CreativeFilter, CreativeSort, MediaBuyFilter, Page, PageRequest, TaskFilter, TaskSort, WebhookFilter } from './store-queries.ts';

/** A row put with a `row_version` other than the stored one makes the whole commit stale. */
export type Change =
  /** `onlyIfNew`: stale when an account with the same brand, operator and sandbox flag has come meanwhile. */
  | { readonly kind: 'put_account'; readonly account: AccountRecord; readonly onlyIfNew?: true }
  | { readonly kind: 'put_media_buy'; readonly buy: MediaBuyRecord }
  | { readonly kind: 'put_proposal'; readonly proposal: ProposalRecord }
  /** In the place of all that was imported before. */
  | { readonly kind: 'put_inventory'; readonly inventory: Inventory }
  | { readonly kind: 'put_creative'; readonly creative: CreativeRecord }
  | { readonly kind: 'delete_creative'; readonly creative: CreativeRecord }
  /** Kept until it expires, or until newer ones of the caller need the room. */
  | { readonly kind: 'put_preview'; readonly preview: PreviewRecord }
  /** Nothing that shows the creative is left. */
  | { readonly kind: 'forget_previews'; readonly library: string; readonly creative_id: string }
  | { readonly kind: 'put_audience'; readonly audience: AudienceRecord; readonly add: readonly AudienceMember[]; readonly remove: readonly string[] }
  | { readonly kind: 'delete_audience'; readonly audience: AudienceRecord }
  /** `items` stand in the place of all that were there; `decided` are items of the catalogue with what was decided of them. */
  | { readonly kind: 'put_catalog'; readonly catalog: CatalogRecord; readonly items?: readonly CatalogItemRecord[]; readonly decided?: readonly CatalogItemRecord[] }
  | { readonly kind: 'delete_catalog'; readonly catalog: CatalogRecord }
  | { readonly kind: 'put_event_source'; readonly source: EventSourceRecord }
  | { readonly kind: 'delete_event_source'; readonly source: EventSourceRecord }
  | { readonly kind: 'record_events'; readonly batch: EventBatch }
  | { readonly kind: 'record_delivery'; readonly fact: DeliveryFact }
  | { readonly kind: 'put_feedback'; readonly feedback: FeedbackRecord }
  | { readonly kind: 'put_usage'; readonly usage: UsageRecord }
  | { readonly kind: 'put_task'; readonly task: TaskRecord }
  /** Writes an event into the outbox; the job that delivers it is enqueued beside it. */
  | { readonly kind: 'put_webhook'; readonly webhook: WebhookRecord }
  | { readonly kind: 'enqueue'; readonly job: NewJob }
  /** As many at most, of those that have ended before. */
  | { readonly kind: 'forget'; readonly what: Forgotten; readonly before: string; readonly limit: number };

export interface AuditEntry {
  readonly at: string;
  readonly principal_id: string;
  readonly account_id?: string;
  readonly task: string;
  /** What was touched: `media_buy:mb_...`, `creative:...`. Never payloads. */
  readonly subjects: readonly string[];
}

/** The answer to keep for replays, stored in the same commit as what it acknowledges. */
export interface IdempotencyAnswer {
  readonly scope: string;
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ChangeSet {
  readonly changes: readonly Change[];
  readonly audit: AuditEntry;
  readonly answer?: IdempotencyAnswer;
}

export interface IdempotencyClaim {
  readonly scope: string;
  readonly key: string;
  readonly task: string;
  /** SHA-256 of the canonical payload. */
  readonly fingerprint: string;
  readonly at: string;
  /** A claim that was not answered by then is free again. */
  readonly claimExpiresAt: string;
  /** Until when an answer is replayed. */
  readonly answerExpiresAt: string;
}

export type ClaimOutcome =
  | { readonly kind: 'claimed' }
  | { readonly kind: 'replay'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'in_flight' };

/** Where a creative is assigned: only in buys that have not ended. */
export interface CreativeAssignmentRow {
  readonly creative_id: string;
  /** That of the buy. */
  readonly library: string;
  readonly media_buy_id: string;
  readonly package_id: string;
  readonly assigned_date: string;
}

/** What a creative has delivered over its life, in all buys of one library. */
export interface CreativeDeliveryRow {
  readonly creative_id: string;
  readonly library: string;
  readonly impressions: number;
  /** UTC day of the last impression. */
  readonly last_day: string;
}

/** Half-open, in UTC days (`YYYY-MM-DD`) or, for a ledger by the hour, in hours (`YYYY-MM-DDTHH`). */
export interface DeliveryRange {
  readonly start: string;
  readonly end: string;
  /** Conversions by the hour are kept where the package is reported by the hour. Absent: by the day. */
  readonly by?: 'hour';
}

export interface Store {
  // credentials
  /** The key with this SHA-256, whether it still opens anything or not. */
  apiKey(key_sha256: string): Promise<ApiKey | undefined>;
  /** Notes when a key was last used. */
  apiKeyUsed(key_id: string, at: string): Promise<void>;
  /** Takes the nonce of a signature, durably. @returns false when it is taken already; the expired may be forgotten */
  claimNonce(nonce: SignatureNonce): Promise<boolean>;

  // accounts
  account(principal_id: string, account_id: string): Promise<AccountRecord | undefined>;
  accounts(principal_id: string, filter: AccountFilter, page: PageRequest): Promise<Page<AccountRecord>>;

  // media buys
  mediaBuy(reach: Reach, media_buy_id: string): Promise<MediaBuyRecord | undefined>;
  mediaBuys(reach: Reach, filter: MediaBuyFilter, page: PageRequest): Promise<Page<MediaBuyRecord>>;
  /** Whether the clock has moved some buy of a caller since it was stored: only then are stored statuses behind. */
  anyDue(principal_id: string, now: string): Promise<boolean>;
  /** The buys that hold these packages. */
  mediaBuysOfPackages(reach: Reach, package_ids: readonly string[]): Promise<readonly MediaBuyRecord[]>;
  /** The buys, not yet ended, to which any of these creatives is assigned, known to the library or not. */
  mediaBuysAwaiting(reach: Reach, creative_ids: readonly string[]): Promise<readonly MediaBuyRecord[]>;

  // inventory
  /** What was imported for sale; nothing when nothing was. */
  inventory(): Promise<Inventory | undefined>;

  // proposals
  /** In the order of the ids; those that are not there are left out. Without an account drafted, with any of the caller's accounts found. */
  proposals(reach: Reach, proposal_ids: readonly string[]): Promise<readonly ProposalRecord[]>;
  /** The drafts of one search that nobody has changed, as they were drafted. */
  draftedProposals(principal_id: string, library: string, origin: string): Promise<readonly ProposalRecord[]>;

  // libraries
  /** None that was purged. */
  creatives(reach: Reach, creative_ids: readonly string[]): Promise<readonly CreativeRecord[]>;
  /** What is left of those that were. */
  purgedCreatives(reach: Reach, creative_ids: readonly string[]): Promise<readonly PurgedCreative[]>;
  listCreatives(reach: Reach, filter: CreativeFilter, sort: CreativeSort, page: PageRequest): Promise<Page<CreativeRecord>>;
  creativeAssignments(reach: Reach, creative_ids: readonly string[]): Promise<readonly CreativeAssignmentRow[]>;
  /** Those of the creatives that have served. */
  creativeDelivery(reach: Reach, creative_ids: readonly string[]): Promise<readonly CreativeDeliveryRow[]>;
  /** Whoever has the id may look; what has expired is not there. @param now ISO 8601 */
  preview(preview_id: string, now: string): Promise<PreviewRecord | undefined>;
  /** All of the reach when no ids are given. */
  audiences(reach: Reach, audience_ids?: readonly string[]): Promise<readonly AudienceRecord[]>;
  /** Which of these external ids the audience already holds. */
  audienceMembers(audience: AudienceRecord, external_ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** All of the reach when no ids are given. */
  catalogs(reach: Reach, catalog_ids?: readonly string[]): Promise<readonly CatalogRecord[]>;
  /** In the order of the catalogue. */
  catalogItems(catalog: CatalogRecord, filter?: CatalogItemFilter): Promise<readonly CatalogItemRecord[]>;
  /** Which of these ids an item of some catalogue of the library is known by to events. */
  knownContents(library: string, content_ids: readonly string[]): Promise<ReadonlySet<string>>;
  eventSources(reach: Reach, event_source_ids?: readonly string[]): Promise<readonly EventSourceRecord[]>;

  // delivery
  /** Ledgers of the buys that exist, in the order of the ids; with parts by the dimensions that are named. */
  delivery(principal_id: string, media_buy_ids: readonly string[], range?: DeliveryRange, dimensions?: readonly Dimension[]): Promise<readonly DeliveryLedger[]>;

  // books
  /** What the buys of an account spent on half-open UTC days, a row a currency, the one that it bought in last at the end. */
  spending(principal_id: string, account_id: string, range: { readonly start: string; readonly end: string }): Promise<readonly Spending[]>;
  /** In the order in which it came. */
  feedback(principal_id: string, media_buy_id: string): Promise<readonly FeedbackRecord[]>;
  usage(principal_id: string, account_id: string): Promise<readonly UsageRecord[]>;

  // tasks and webhooks
  task(principal_id: string, task_id: string): Promise<TaskRecord | undefined>;
  tasks(principal_id: string, filter: TaskFilter, sort: TaskSort, page: PageRequest): Promise<Page<TaskRecord>>;
  webhook(webhook_id: string): Promise<LoggedWebhook | undefined>;
  /** Newest first. */
  webhooks(filter: WebhookFilter, limit: number): Promise<readonly LoggedWebhook[]>;
  /** Writes down an attempt, and what it leaves the webhook as. */
  attempted(webhook_id: string, attempt: WebhookAttempt, status: WebhookStatus): Promise<void>;

  /** Where several servers share the store, what any of them has answered over a transport that can be asked again. */
  readonly answered?: AnsweredTasks;

  // retention
  /** How many of these ended before a time, ISO 8601, as far as `limit`. What waits or is open never ends. */
  forgettable(what: Forgotten, before: string, limit: number): Promise<number>;

  // writes
  /** Takes a key, durably, before anything is done under it. */
  claim(claim: IdempotencyClaim): Promise<ClaimOutcome>;
  /** Gives a key back after a failure, so that nothing of it is remembered. */
  release(scope: string, key: string): Promise<void>;
  /** All or nothing. `stale`: a row has changed since it was read; load and decide again. */
  commit(set: ChangeSet): Promise<'committed' | 'stale'>;

  // jobs
  /** The next due job of each free lane, leased until `leaseUntil`. */
  leaseJobs(now: string, leaseUntil: string, limit: number): Promise<readonly Job[]>;
  finishJob(job_id: string, outcome: { readonly kind: 'done' } | { readonly kind: 'failed'; readonly reason: string } | { readonly kind: 'again'; readonly run_at: string; readonly reason: string }): Promise<void>;
  /** How many pushes upstream of a caller, up to a position, are neither done nor given up, and the position of the newest. */
  pendingPushes(principal_id: string, upTo?: number): Promise<{ readonly count: number; readonly newest: number }>;

  /** Kinds of which nothing waits are left out. */
  queue(): Promise<readonly QueueDepth[]>;

  /** Writes as much as a call does and takes it back: whether calls would be recorded now. @throws StoreUnavailable */
  tryWrite(): Promise<void>;

  close(): Promise<void>;
}
