import type { Reach } from '../domain/caller.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import type { PagePosition } from '../domain/pagination.ts';
import type { MediaBuyFilter, Page } from '../domain/ports/store-queries.ts';
import type { GetMediaBuysRequest } from '../protocol/wire/get-media-buys.ts';
import type { Desk } from './desk.ts';

/** A page of buys as the clock has them. */
export interface CurrentBuys {
  readonly page: Page<MediaBuyRecord>;
  /** Buys that the clock has moved since they were stored; whoever shows them records them. */
  readonly moved: readonly MediaBuyRecord[];
}

/**
 * Finds buys by id and by status, in pages. While some stored status is behind the clock, those that the clock has moved are looked at
 * whatever their status; they are recorded, so that the next call finds the store up to date.
 */
export async function currentBuys(
  asked: Pick<GetMediaBuysRequest, 'media_buy_ids' | 'status_filter'>,
  position: PagePosition,
  reach: Reach,
  desk: Desk,
): Promise<CurrentBuys> {
  const now = desk.clock.now().toISOString();
  const named = asked.media_buy_ids ? { media_buy_ids: asked.media_buy_ids } : {};
  if (asked.status_filter !== undefined && (await desk.store.anyDue(reach.principal_id, now)))
    return buysBehindTheClock({ ...named, statuses: [asked.status_filter].flat(), or_due_by: now }, position, reach, desk);
  const statuses = asked.status_filter === undefined ? {} : { statuses: [asked.status_filter].flat() };
  const stored = await desk.store.mediaBuys(reach, { ...named, ...statuses }, position);
  const current = stored.items.map((buy) => ticked(buy, now));
  return { page: { ...stored, items: current }, moved: current.filter((buy, at) => buy !== stored.items[at]) };
}

type BehindFilter = MediaBuyFilter & Required<Pick<MediaBuyFilter, 'statuses' | 'or_due_by'>>;

/** A page is filled from as many pages of the store as it takes: no more is asked for than still fits, so that it ends where they do. */
async function buysBehindTheClock(filter: BehindFilter, { limit, after }: PagePosition, reach: Reach, desk: Desk): Promise<CurrentBuys> {
  const items: MediaBuyRecord[] = [];
  const moved: MediaBuyRecord[] = [];
  const wanted = ({ status }: MediaBuyRecord) => filter.statuses.includes(status);
  let last = after;
  let total = 0;
  do {
    const page = await desk.store.mediaBuys(reach, filter, { limit: limit - items.length, ...(last === undefined ? {} : { after: last }) });
    const current = page.items.map((buy) => ticked(buy, filter.or_due_by));
    moved.push(...current.filter((buy, at) => buy !== page.items[at]));
    items.push(...current.filter(wanted));
    ({ last, total } = { last: page.last, total: page.total });
  } while (items.length < limit && last !== undefined);
  const due = await everyBuy({ ...filter, statuses: [] }, reach, desk);
  const strays = due.filter((buy) => !wanted(ticked(buy, filter.or_due_by))).length;
  return { page: { items, total: total - strays, ...(last === undefined ? {} : { last }) }, moved };
}

const BATCH = 500;

async function everyBuy(filter: MediaBuyFilter, reach: Reach, desk: Desk): Promise<MediaBuyRecord[]> {
  const found: MediaBuyRecord[] = [];
  let after: string | undefined;
  do {
    const page = await desk.store.mediaBuys(reach, filter, { limit: BATCH, ...(after === undefined ? {} : { after }) });
    found.push(...page.items);
    after = page.last;
  } while (after !== undefined);
  return found;
}
