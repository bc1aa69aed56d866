/** What a buyer sees of a media buy after changing it (seller specification §2.8, §2.9). Everything is derived from the record. */
import type { AvailableAction, MediaBuyAction } from '../protocol/wire/core/media-buy-action.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import type { Features } from './features.ts';
import { availableActions } from './media-buy-actions.ts';
import { totalBudget } from './media-buy-totals.ts';
import type { MediaBuyRecord, MediaBuyStatus, PackageRecord } from './media-buy.ts';

/** Where a buy stands, and what may be done with it. */
export interface Standing {
  readonly media_buy_id: string;
  readonly media_buy_status: MediaBuyStatus;
  readonly revision: number;
  readonly currency: string;
  readonly total_budget: number;
  valid_actions: MediaBuyAction[];
  available_actions: AvailableAction[];
}

/** A package as it is shown: one without a flight of its own runs with the buy. */
export const flownPackage = ({ package: bought }: PackageRecord, { start_time, end_time }: MediaBuyRecord): Package => ({ start_time, end_time, ...bought });

/** Both lists of actions say the same; the older one by name alone. */
export function standing(buy: MediaBuyRecord, features: Features): Standing {
  const available_actions = availableActions(buy, features);
  return {
    media_buy_id: buy.media_buy_id,
    media_buy_status: buy.status,
    revision: buy.revision,
    currency: buy.currency,
    total_budget: totalBudget(buy),
    valid_actions: available_actions.map(({ action }) => action),
    available_actions,
  };
}
