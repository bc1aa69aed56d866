/**
 * The lifecycle of a media buy (seller specification §3.1): `(buy, what happened, facts) -> buy`, along `MEDIA_BUY_EDGES` only.
 *
 * - `opened(draft, facts)` gives a new buy its first status.
 * - `advanced(buy, event, actor, facts)` moves it after an accepted change; `hold`, dates and `revision` were set before.
 * - `afterCoverage(buy, {covered}, now)` moves it after creatives were synced or assigned.
 * - `ticked(buy, now)` applies the flight boundaries that have passed; every reader and writer of a buy calls it first.
 * - `dueAt(buy)` says when that happens next.
 * - `forced(buy, status, now, reason?)` puts it where the seller wants it, or says `illegal`.
 *
 * All are pure. A buy that does not change comes back as the same object, so that `===` tells whether there is something to store.
 * None but `forced` counts a revision: who changes what the buyer agreed to does that.
 */
import { isTerminal, MEDIA_BUY_EDGES, type MediaBuyEvent, type MediaBuyRecord, type MediaBuyStatus } from './media-buy.ts';

/** What the rule has to know beside the buy. */
export interface LifecycleFacts {
  /** Some package has a creative that may run (see `isCovered`). */
  readonly covered: boolean;
  /** ISO 8601. */
  readonly now: string;
}

/** Events that somebody causes; those of the clock and of force have functions of their own. */
export type CausedEvent = Exclude<MediaBuyEvent['event'], 'created' | 'flight_started' | 'flight_ended' | 'forced'>;

/** A buy that has everything but a status. */
export type MediaBuyDraft = Omit<MediaBuyRecord, 'status' | 'history'>;

/** As many events as a buyer can ask for. */
const HISTORY_KEPT = 1000;

/** A new buy. It starts its life in `pending_creatives` and moves on from there as far as the facts allow. */
export function opened(draft: MediaBuyDraft, facts: LifecycleFacts): MediaBuyRecord {
  const start: MediaBuyRecord = { ...draft, status: 'pending_creatives', history: [] };
  return recorded(start, { at: facts.now, event: 'created', actor: 'buyer', status: settled(start, facts) });
}

/** The buy after somebody changed it. One event is recorded, even when the status stays. */
export function advanced(
  buy: MediaBuyRecord,
  event: CausedEvent,
  actor: MediaBuyEvent['actor'],
  facts: LifecycleFacts,
  changes?: MediaBuyEvent['changes'],
): MediaBuyRecord {
  if (isTerminal(buy.status)) return buy;
  const status = event === 'canceled' ? 'canceled' : settled(buy, facts);
  return ended(recorded(buy, { at: facts.now, event, actor, status, ...(changes && changes.length > 0 ? { changes } : {}) }), facts.now);
}

/** The buy after creatives came into the library or onto its packages. Only a buy that waits for creatives can move. */
export function afterCoverage(buy: MediaBuyRecord, { covered }: { readonly covered: boolean }, now: string): MediaBuyRecord {
  if (buy.status !== 'pending_creatives' || !covered) return buy;
  return advanced(buy, 'creatives_synced', 'buyer', { covered, now });
}

/** The buy as the clock leaves it: started and ended where those times have passed. What was forced stands until the next change. */
export function ticked(buy: MediaBuyRecord, now: string): MediaBuyRecord {
  if (buy.history.at(-1)?.event === 'forced') return buy;
  return ended(started(buy, now), now);
}

/** When the clock moves a buy next, ISO 8601 in UTC; undefined when it does not. A time that has passed: it is behind the clock. */
export function dueAt({ status, history, start_time, end_time }: MediaBuyRecord): string | undefined {
  if (history.at(-1)?.event === 'forced') return undefined;
  const edge = status === 'pending_start' ? start_time : status === 'active' || status === 'paused' ? end_time : undefined;
  return edge === undefined ? undefined : new Date(edge).toISOString();
}

/** The buy in the status that the seller forces, or `illegal` when no edge leads there. Forcing the present status changes nothing. */
export function forced(buy: MediaBuyRecord, status: MediaBuyStatus, now: string, reason?: string): MediaBuyRecord | 'illegal' {
  if (!isTerminal(buy.status) && status === buy.status) return buy;
  if (!MEDIA_BUY_EDGES[buy.status].includes(status)) return 'illegal';
  const moved: MediaBuyRecord = {
    ...buy,
    revision: buy.revision + 1,
    hold: status === 'paused' || (buy.hold && status !== 'active'),
    ...(status === 'rejected' && reason !== undefined ? { rejection_reason: reason } : {}),
    ...(status === 'canceled'
      ? { cancellation: { canceled_at: now, canceled_by: 'seller' as const, ...(reason === undefined ? {} : { reason }) } }
      : {}),
  };
  return recorded(moved, { at: now, event: 'forced', actor: 'seller', status });
}

/** Where a buy rests. Two ratchets: once past `pending_creatives` it never waits for creatives again, once begun it never waits for its start. */
function settled({ status, hold, start_time }: MediaBuyRecord, { covered, now }: LifecycleFacts): MediaBuyStatus {
  if (status === 'pending_creatives' && !covered) return status;
  const begun = status === 'active' || status === 'paused';
  if (!begun && !passed(start_time, now)) return 'pending_start';
  return hold ? 'paused' : 'active';
}

function started(buy: MediaBuyRecord, now: string): MediaBuyRecord {
  if (buy.status !== 'pending_start' || !passed(buy.start_time, now)) return buy;
  return recorded(buy, { at: buy.start_time, event: 'flight_started', actor: 'seller', status: buy.hold ? 'paused' : 'active' });
}

/** Only a buy that has begun can complete: one that never got a creative goes on waiting. */
function ended(buy: MediaBuyRecord, now: string): MediaBuyRecord {
  if ((buy.status !== 'active' && buy.status !== 'paused') || !passed(buy.end_time, now)) return buy;
  return recorded(buy, { at: buy.end_time, event: 'flight_ended', actor: 'seller', status: 'completed' });
}

function recorded(buy: MediaBuyRecord, event: Omit<MediaBuyEvent, 'revision'>): MediaBuyRecord {
  const at = Date.parse(event.at) > Date.parse(buy.updated_at) ? event.at : buy.updated_at;
  return {
    ...buy,
    status: event.status,
    updated_at: at,
    history: [...buy.history, { ...event, revision: buy.revision }].slice(-HISTORY_KEPT),
  };
}

const passed = (time: string, now: string): boolean => Date.parse(time) <= Date.parse(now);
