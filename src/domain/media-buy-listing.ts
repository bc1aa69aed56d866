/** A media buy as `get_media_buys` shows it (seller specification §2.10): the record, and everything that follows from it. */
import type { MediaBuy, MediaBuyPackage } from '../protocol/wire/core/media-buy.ts';
import type { AccountRecord } from './account.ts';
import { shownAccount } from './account-view.ts';
import { shownEntity } from './business-entity.ts';
import { creativeApprovals, pendingFormats } from './creative-approvals.ts';
import type { CreativeReview } from './creative-review.ts';
import type { DeliveryLedger } from './delivery-facts.ts';
import type { Features } from './features.ts';
import { impairments, type Dependencies } from './impairments.ts';
import { shownHistory } from './media-buy-history.ts';
import { flownPackage, standing } from './media-buy-view.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { packageSnapshot } from './package-snapshot.ts';
import { picked } from './picked.ts';

/** What is shown beside the record. */
export interface Surroundings extends Dependencies {
  readonly features: Features;
  readonly account?: AccountRecord;
  /** Which creatives wait for people. */
  readonly review?: CreativeReview;
  /** As many events of the history; 0 for none. */
  readonly history: number;
  /** Present when snapshots are asked for: what was delivered, as of now. */
  readonly snapshot?: { readonly ledger?: DeliveryLedger; readonly now: string };
}

/** Nothing of how the buy is kept is shown, and no secret. */
export function shownMediaBuy(buy: MediaBuyRecord, around: Surroundings): MediaBuy {
  const { media_buy_status: status, ...where } = standing(buy, around.features);
  const open = impairments(buy, around);
  return {
    ...where,
    status,
    health: open.length > 0 ? 'impaired' : 'ok',
    ...(open.length > 0 ? { impairments: open } : {}),
    ...(around.account ? { account: shownAccount(around.account) } : {}),
    ...picked(buy, ['start_time', 'end_time', 'created_at', 'updated_at', 'cancellation', 'rejection_reason', 'context', 'ext']),
    confirmed_at: buy.confirmed_at,
    ...(buy.invoice_recipient ? { invoice_recipient: shownEntity(buy.invoice_recipient) } : {}),
    ...(around.history > 0 ? { history: shownHistory(buy, around.history) } : {}),
    packages: buy.packages.map((record) => shownPackage(record, buy, around)),
  };
}

function shownPackage(record: PackageRecord, buy: MediaBuyRecord, { creatives, review, snapshot }: Surroundings): MediaBuyPackage {
  const approvals = creativeApprovals(record, creatives, review);
  const pending = pendingFormats(record, creatives);
  return {
    ...flownPackage(record, buy),
    ...(record.pricing ? { currency: record.pricing.currency } : {}),
    ...(approvals.length > 0 ? { creative_approvals: approvals } : {}),
    ...(pending.length > 0 ? { format_ids_pending: pending } : {}),
    ...(snapshot ? packageSnapshot(record, snapshot.ledger, buy.currency, snapshot.now) : {}),
  };
}
