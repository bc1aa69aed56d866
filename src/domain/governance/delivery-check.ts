/** How a governance agent hears what became of the purchases that it approved: when it asked for that (`next_check`). */
import type { DeliveryMetrics } from '../../protocol/wire/check-governance.ts';
import type { DeliveryLedger } from '../delivery-facts.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import { wireAmount } from '../money.ts';
import type { Ids } from '../ports/ids.ts';
import type { Change } from '../ports/store.ts';

export interface DeliveryCheckDue {
  readonly media_buy_id: string;
  /** The approval that asked for it: a later one has a timetable of its own. */
  readonly approved_by: string;
  /** ISO 8601: what was told before reaches up to here. */
  readonly since: string;
}

/** The job that tells the agent next. */
export function queuedCheck(
  { principal_id, media_buy_id }: MediaBuyRecord, { run_at, ...due }: Omit<DeliveryCheckDue, 'media_buy_id'> & { readonly run_at: string }, ids: Ids,
): Change {
  return { kind: 'enqueue', job: {
    kind: 'check_delivery', job_id: ids.next('job'), principal_id, lane: `governance:${principal_id}/${media_buy_id}`, run_at: new Date(run_at).toISOString(), payload: { media_buy_id, ...due },
  } };
}

/** What the ledger knows, of the days since and of the whole life. Figures are kept by UTC day, so that a period begins with one. */
export function deliveryMetrics({ currency }: MediaBuyRecord, ledger: DeliveryLedger | undefined, since: string, now: string): DeliveryMetrics {
  const day = since.slice(0, 10);
  const rows = ledger?.rows ?? [];
  const recent = rows.filter((row) => row.day >= day);
  const spend = (of: typeof rows) => wireAmount(of.reduce((sum, { counters }) => sum + counters.spend_micros, 0), currency);
  const impressions = (of: typeof rows) => of.reduce((sum, { counters }) => sum + counters.impressions, 0);
  return {
    reporting_period: { start: `${day}T00:00:00.000Z`, end: now },
    spend: spend(recent), cumulative_spend: spend(rows), impressions: impressions(recent), cumulative_impressions: impressions(rows),
  };
}
