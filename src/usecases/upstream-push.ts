import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { HttpCall, Platform } from '../domain/ports/platform.ts';
import type { Change } from '../domain/ports/store.ts';
import type { Desk } from './desk.ts';

/**
 * What a platform has to be told after the commit: one job, or nothing when there is no platform or nothing to tell.
 * @param about on whose behalf, and in which lane: pushes of one lane arrive in order
 */
export function upstreamPush(desk: Desk, { principal_id, lane }: { readonly principal_id: string; readonly lane: string }, plan: (platform: Platform) => readonly HttpCall[]): Change[] {
  const calls = desk.platform ? plan(desk.platform) : [];
  if (desk.platform === undefined || calls.length === 0) return [];
  const { platform_id } = desk.platform;
  return [
    {
      kind: 'enqueue',
      job: {
        kind: 'push_upstream',
        job_id: desk.ids.next('job'),
        principal_id,
        lane,
        run_at: desk.clock.now().toISOString(),
        payload: { platform_id, calls },
      },
    },
  ];
}

/** As many events or members as one push carries. */
const PUSHED_TOGETHER = 1000;

/** Cuts a list into parts that a platform takes in one push. */
export function pushParts<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / PUSHED_TOGETHER) }, (_, part) =>
    items.slice(part * PUSHED_TOGETHER, (part + 1) * PUSHED_TOGETHER),
  );
}

/** Pushes of one media buy. */
export const buyLane = ({ principal_id, media_buy_id }: MediaBuyRecord) => ({ principal_id, lane: `media_buy:${principal_id}/${media_buy_id}` });
