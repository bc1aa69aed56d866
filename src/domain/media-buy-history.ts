/** The history of a media buy in the words that AdCP gives to buyers (`history[].action`). */
import type { MediaBuyAction } from '../protocol/wire/core/media-buy-action.ts';
import type { HistoryEntry } from '../protocol/wire/core/media-buy.ts';
import type { Static } from 'typebox';
import type { MediaBuyEvent, MediaBuyRecord, MediaBuyStatus } from './media-buy.ts';

/** The last events, the newest first. */
export function shownHistory({ history }: MediaBuyRecord, count: number): Static<typeof HistoryEntry>[] {
  return history
    .toReversed()
    .slice(0, count)
    .map((event) => ({
      revision: event.revision,
      timestamp: event.at,
      actor: event.actor,
      action: actionOf(event),
      ...(event.changes ? { summary: `The buyer asked for: ${event.changes.join(', ')}.` } : {}),
    }));
}

function actionOf({ event, status, changes = [] }: MediaBuyEvent): string {
  switch (event) {
    case 'created':
    case 'paused':
    case 'resumed':
    case 'canceled':
      return event;
    case 'updated':
      return updated(changes);
    case 'creatives_synced':
    case 'flight_started':
    case 'flight_ended':
    case 'forced':
      return ENTERED[status];
  }
}

const BUDGETS: readonly MediaBuyAction[] = ['increase_budget', 'decrease_budget', 'reallocate_budget'];
const DATES: readonly MediaBuyAction[] = ['extend_flight', 'shorten_flight', 'update_flight_dates'];

function updated(changes: readonly MediaBuyAction[]): string {
  const only = (actions: readonly MediaBuyAction[]) => changes.length > 0 && changes.every((action) => actions.includes(action));
  return only(BUDGETS) ? 'updated_budget' : only(DATES) ? 'updated_dates' : 'updated_packages';
}

const ENTERED: Readonly<Record<MediaBuyStatus, string>> = {
  pending_creatives: 'pending_creatives',
  pending_start: 'pending_start',
  active: 'activated',
  paused: 'paused',
  completed: 'completed',
  rejected: 'rejected',
  canceled: 'canceled',
};
