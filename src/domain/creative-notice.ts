/** What subscribers of an account are told of its creatives (`creative/creative-status-changed-webhook.json`, `creative-purged-webhook.json`). */
import type { CREATIVE_EVENT_REASONS } from '../protocol/wire/list-creatives.ts';
import type { AccountRecord } from './account.ts';
import type { CreativeRecord, CreativeStatus } from './creative.ts';
import type { PurgeKind } from './creative-purge.ts';
import type { Ids } from './ports/ids.ts';
import type { Change } from './ports/store.ts';
import { queuedWebhook } from './webhook-queue.ts';

export type CreativeEventReason = (typeof CREATIVE_EVENT_REASONS)[number];

interface Cause {
  readonly reason_code: CreativeEventReason;
  readonly reason_detail?: string;
  readonly initiator: 'seller' | 'system';
}

/** What the seller, or its system, did to a creative. What buyers do themselves is no news to them. */
export type CreativeEvent = Cause & (
  /** `assignment`: on that package only; the creative keeps its status in the library. */
  | {
    readonly kind: 'status_changed'; readonly from: CreativeStatus; readonly to: CreativeStatus;
    readonly assignment?: { readonly media_buy_id: string; readonly package_id: string };
  }
  /** `hard`: nothing of it is left. */
  | { readonly kind: 'purged'; readonly purge_kind: PurgeKind }
);

/** Moves that AdCP has a notification for. */
const TOLD: Partial<Record<CreativeStatus, readonly CreativeStatus[]>> = {
  processing: ['pending_review', 'rejected'],
  pending_review: ['approved', 'rejected'],
  approved: ['pending_review', 'suspended', 'rejected', 'archived'],
  suspended: ['approved', 'rejected'],
};

/** One event for each active subscriber of these accounts that asked for its kind. */
export function creativeNotices(creative: Pick<CreativeRecord, 'creative_id'>, event: CreativeEvent, accounts: readonly AccountRecord[], ids: Ids, now: string): Change[] {
  if (event.kind === 'status_changed' && !TOLD[event.from]?.includes(event.to)) return [];
  const notification_type = event.kind === 'purged' ? 'creative.purged' : 'creative.status_changed';
  const notification_id = ids.next('ntf');
  return accounts.flatMap((account) => (account.notification_configs ?? []).flatMap((subscriber) => {
    if (!subscriber.active || !subscriber.event_types.includes(notification_type)) return [];
    const { subscriber_id, url, authentication } = subscriber;
    const webhook_id = ids.next('whk');
    const body = {
      idempotency_key: webhook_id, notification_id, notification_type, fired_at: now, subscriber_id, account_id: account.account_id, creative_id: creative.creative_id,
      ...(event.kind === 'purged' ? { purge_kind: event.purge_kind, purged_at: now } : { transition: { from: event.from, to: event.to, observed_at: now } }),
      reason_code: event.reason_code, ...(event.reason_detail === undefined ? {} : { reason_detail: event.reason_detail.slice(0, 500) }), initiator: event.initiator,
      ...(event.kind === 'status_changed' && event.assignment ? { ext: { adwright: event.assignment } } : {}),
    };
    return queuedWebhook({
      webhook_id, principal_id: account.principal_id, about: `creative:${creative.creative_id}`, notification: notification_type, url, subscriber_id,
      created_at: now, body: JSON.stringify(body), ...(authentication ? { authentication } : {}),
    }, ids.next('job'));
  }));
}
