/** What is written, as a value: it may travel to the thread that writes. */
import type { Job } from '../../domain/ports/jobs.ts';
import type { SignatureNonce } from '../../domain/ports/signers.ts';
import type { AuditEntry, Change, ChangeSet, IdempotencyAnswer, IdempotencyClaim } from '../../domain/ports/store.ts';
import type { WebhookAttempt, WebhookStatus } from '../../domain/webhook.ts';
import { writeAudit } from './audit.ts';
import { columnsOf, type EventColumns } from './event-columns.ts';
import type { JobOutcome } from './jobs.ts';
import type { Tables } from './tables.ts';

export type Write =
  /** `claim`: the one that the answer is kept under. */
  | { readonly kind: 'commit'; readonly changes: readonly StoredChange[]; readonly audit: AuditEntry; readonly answer?: IdempotencyAnswer; readonly claim?: IdempotencyClaim }
  | { readonly kind: 'lease_jobs'; readonly now: string; readonly leaseUntil: string; readonly limit: number }
  | { readonly kind: 'finish_job'; readonly job_id: string; readonly outcome: JobOutcome }
  | { readonly kind: 'attempted'; readonly webhook_id: string; readonly attempt: WebhookAttempt; readonly status: WebhookStatus }
  | { readonly kind: 'api_key_used'; readonly key_id: string; readonly at: string }
  | { readonly kind: 'claim_nonce'; readonly nonce: SignatureNonce }
  | { readonly kind: 'try' };

type StoredChange = Exclude<Change, { readonly kind: 'record_events' }> | { readonly kind: 'record_events'; readonly columns: EventColumns };

export const commitOf = ({ changes, ...set }: ChangeSet, claim: IdempotencyClaim | undefined): WriteOf<'commit'> => ({
  kind: 'commit', ...set, ...(claim ? { claim } : {}),
  changes: changes.map((change) => (change.kind === 'record_events' ? { kind: 'record_events', columns: columnsOf(change.batch) } : change)),
});

/** What comes of each kind. */
export interface Written {
  readonly commit: undefined;
  readonly lease_jobs: readonly Job[];
  readonly finish_job: undefined;
  readonly attempted: undefined;
  readonly api_key_used: undefined;
  /** Whether it is new. */
  readonly claim_nonce: boolean;
  readonly try: undefined;
}
export type WriteOf<Kind extends Write['kind']> = Extract<Write, { readonly kind: Kind }>;

/** Within a transaction. Keeps nothing in memory, so that a transaction that was taken back can be tried again. @throws Stale */
export function perform(write: Write, tables: Tables): Written[Write['kind']] {
  switch (write.kind) {
    case 'commit': apply(write, tables); return undefined;
    case 'lease_jobs': return tables.jobs.lease(write.now, write.leaseUntil, write.limit);
    case 'finish_job': tables.jobs.finish(write.job_id, write.outcome); return undefined;
    case 'attempted': tables.webhooks.attempted(write.webhook_id, write.attempt, write.status); return undefined;
    case 'api_key_used': tables.apiKeys.used(write.key_id, write.at); return undefined;
    case 'claim_nonce': return tables.nonces.claim(write.nonce);
    case 'try': tables.jobs.tryRoom(); return undefined;
  }
}

function apply({ changes, audit, answer, claim }: WriteOf<'commit'>, tables: Tables): void {
  for (const change of changes) applyChange(change, tables);
  writeAudit(tables.rows, audit);
  if (answer && claim) tables.keys.answer(claim, answer);
}

function applyChange(change: StoredChange, tables: Tables): void {
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
    case 'record_events': return tables.events.record(change.columns);
    case 'record_delivery': return tables.delivery.record(change.fact);
    case 'put_feedback': return tables.books.putFeedback(change.feedback);
    case 'put_usage': return tables.books.putUsage(change.usage);
    case 'put_task': return tables.tasks.put(change.task);
    case 'put_webhook': return tables.webhooks.put(change.webhook);
    case 'forget': return tables.old.forget(change.what, change.before, change.limit);
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
