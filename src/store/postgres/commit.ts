/** One change set, applied whole within a transaction. */
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { Change, ChangeSet } from '../../domain/ports/store.ts';
import { putAccount } from './accounts.ts';
import { AUDIENCES, putAudience } from './audiences.ts';
import { writeAudit } from './audit.ts';
import { putFeedback, putUsage } from './books.ts';
import { CATALOGS, putCatalog } from './catalogs.ts';
import type { Queries } from './connections.ts';
import { CREATIVES } from './creatives.ts';
import { recordDelivery } from './delivery.ts';
import { EVENT_SOURCES } from './event-sources.ts';
import { catchUp, recordEvents } from './events.ts';
import { answer } from './idempotency.ts';
import { putInventory } from './inventory.ts';
import { enqueue } from './jobs.ts';
import { putIn, takeOut } from './libraries.ts';
import { putMediaBuy } from './media-buys.ts';
import { forgetPreviews, putPreview } from './previews.ts';
import { putProposal } from './proposals.ts';
import { forget } from './retention.ts';
import { takeStreams } from './streams.ts';
import { putTask } from './tasks.ts';
import { putWebhook } from './webhooks.ts';

/**
 * First it is made sure that the answer may be kept, last the audit is written, whose end all servers wait for.
 * @throws Stale when a row has changed since it was read, or the claim is gone
 */
export async function apply(tx: Queries, set: ChangeSet, holder: string, policy: AttributionPolicy): Promise<void> {
  if (set.answer) await answer(tx, holder, set.answer);
  await takeStreams(tx, set.changes, policy);
  for (const change of set.changes) await applyChange(tx, change, policy);
  await writeAudit(tx, set.audit);
}

async function applyChange(tx: Queries, change: Change, policy: AttributionPolicy): Promise<unknown> {
  switch (change.kind) {
    case 'put_account': return putAccount(tx, change.account, change.onlyIfNew === true);
    case 'put_media_buy': {
      const { seq, before } = await putMediaBuy(tx, change.buy, policy);
      return catchUp(tx, change.buy, seq, before, policy);
    }
    case 'put_proposal': return putProposal(tx, change.proposal);
    case 'put_inventory': return putInventory(tx, change.inventory);
    case 'put_creative': return putIn(tx, CREATIVES, change.creative);
    case 'delete_creative': return takeOut(tx, CREATIVES, change.creative);
    case 'put_preview': return putPreview(tx, change.preview);
    case 'forget_previews': return forgetPreviews(tx, change.library, change.creative_id);
    case 'put_audience': return putAudience(tx, change);
    case 'delete_audience': return takeOut(tx, AUDIENCES, change.audience);
    case 'put_catalog': return putCatalog(tx, change);
    case 'delete_catalog': return takeOut(tx, CATALOGS, change.catalog);
    case 'put_event_source': return putIn(tx, EVENT_SOURCES, change.source);
    case 'delete_event_source': return takeOut(tx, EVENT_SOURCES, change.source);
    case 'record_events': return recordEvents(tx, change.batch, policy);
    case 'record_delivery': return recordDelivery(tx, change.fact);
    case 'put_feedback': return putFeedback(tx, change.feedback);
    case 'put_usage': return putUsage(tx, change.usage);
    case 'put_task': return putTask(tx, change.task);
    case 'put_webhook': return putWebhook(tx, change.webhook);
    case 'forget': return forget(tx, change.what, change.before, change.limit);
    case 'enqueue': return enqueue(tx, change.job);
  }
}
