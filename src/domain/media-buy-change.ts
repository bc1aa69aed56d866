/** Lays an update that the checks have passed over a media buy (seller specification §2.9). */
import type { UpdateMediaBuyRequest } from '../protocol/wire/update-media-buy.ts';
import { keptEntity } from './business-entity.ts';
import { advanced, type CausedEvent, type LifecycleFacts } from './media-buy-lifecycle.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import type { Attempt } from './attempted-actions.ts';
import { flightAfter } from './order/moved-flight.ts';
import { changedPackage } from './packages.ts';
import type { Vault } from './ports/vault.ts';
import { sealedWebhook } from './webhook-config.ts';

/** The buy with everything that the update says, not moved along its lifecycle yet. */
export function changedBuy(
  buy: MediaBuyRecord,
  request: UpdateMediaBuyRequest,
  added: readonly PackageRecord[],
  now: string,
  vault: Vault,
): MediaBuyRecord {
  const changes = new Map((request.packages ?? []).map((change) => [change.package_id, change]));
  const packages = buy.packages.map((record) => {
    const change = changes.get(record.package.package_id);
    return change ? changedPackage(record, change, now, vault) : record;
  });
  const { push_notification_config, reporting_webhook } = request;
  return {
    ...buy,
    ...flightAfter(buy, request, now),
    hold: request.paused ?? buy.hold,
    revision: buy.revision + 1,
    packages: [...packages, ...added],
    ...(request.invoice_recipient ? { invoice_recipient: keptEntity(request.invoice_recipient, vault) } : {}),
    ...(push_notification_config ? { push_notification_config: sealedWebhook(push_notification_config, vault) } : {}),
    ...(reporting_webhook ? { reporting_webhook: sealedWebhook(reporting_webhook, vault) } : {}),
  };
}

/** The buy, ended by the buyer. Its creatives are free again; what the library holds is not touched. */
export function canceledBuy(buy: MediaBuyRecord, { cancellation_reason: reason }: UpdateMediaBuyRequest, now: string): MediaBuyRecord {
  const cancellation = { canceled_at: now, canceled_by: 'buyer' as const, ...(reason === undefined ? {} : { reason }) };
  return advanced({ ...buy, cancellation, revision: buy.revision + 1 }, 'canceled', 'buyer', { covered: false, now }, ['cancel']);
}

/** Moves the changed buy along its lifecycle and notes what the buyer did. */
export function settledBuy(changed: MediaBuyRecord, attempts: readonly Attempt[], facts: LifecycleFacts): MediaBuyRecord {
  const actions = [...new Set(attempts.map(({ action }) => action))];
  const event: CausedEvent = actions.includes('pause') ? 'paused' : actions.includes('resume') ? 'resumed' : 'updated';
  return advanced(changed, event, 'buyer', facts, actions);
}
