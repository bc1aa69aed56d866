import type { Reach } from '../domain/caller.ts';
import type { MediaBuyRecord, MediaBuyStatus } from '../domain/media-buy.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import { pageOfList, type PagePosition } from '../domain/pagination.ts';
import type { MediaBuyFilter, Page } from '../domain/ports/store.ts';
import type { GetMediaBuysRequest } from '../protocol/wire/get-media-buys.ts';
import type { Desk } from './desk.ts';

/** A page of buys as the clock has them. */
export interface CurrentBuys {
  readonly page: Page<MediaBuyRecord>;
  /** Buys that the clock has moved since they were stored; whoever shows them records them. */
  readonly moved: readonly MediaBuyRecord[];
}

/** Where the clock alone leads from a stored status. */
const CLOCK_LEADS_TO: Readonly<Record<MediaBuyStatus, readonly MediaBuyStatus[]>> = {
  pending_creatives: [],
  pending_start: ['active', 'paused', 'completed'],
  active: ['completed'],
  paused: ['completed'],
  completed: [],
  rejected: [],
  canceled: [],
};

/**
 * Finds buys by id and by status. A stored status may be behind the clock, so that the store alone cannot tell which buys have a
 * status: those that may have come to it are loaded too, and the page is cut after the clock has been applied.
 */
export async function currentBuys(
  asked: Pick<GetMediaBuysRequest, 'media_buy_ids' | 'status_filter'>,
  position: PagePosition,
  reach: Reach,
  desk: Desk,
): Promise<CurrentBuys> {
  const now = desk.clock.now().toISOString();
  const named = asked.media_buy_ids ? { media_buy_ids: asked.media_buy_ids } : {};
  if (asked.status_filter === undefined) {
    const stored = await desk.store.mediaBuys(reach, named, position);
    const current = stored.items.map((buy) => ticked(buy, now));
    return { page: { ...stored, items: current }, moved: current.filter((buy, at) => buy !== stored.items[at]) };
  }
  const wanted = [asked.status_filter].flat();
  const statuses = (Object.keys(CLOCK_LEADS_TO) as MediaBuyStatus[]).filter((from) =>
    [from, ...CLOCK_LEADS_TO[from]].some((to) => wanted.includes(to)),
  );
  const stored = await everyBuy({ ...named, statuses }, reach, desk);
  const current = stored.map((buy) => ticked(buy, now));
  return {
    page: pageOfList(
      current.filter(({ status }) => wanted.includes(status)),
      position,
    ),
    moved: current.filter((buy, at) => buy !== stored[at]),
  };
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
