import { forced, ticked } from '../../src/domain/media-buy-lifecycle.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Moves a media buy along the edges of its states (seller specification §3.1). What has ended does not move. */
export const forceMediaBuyStatus: Scenario<'force_media_buy_status'> = async (params, { caller, desk }) => {
  const { media_buy_id, status, rejection_reason } = params;
  const stored = await desk.store.mediaBuy(caller.reach, media_buy_id);
  if (stored === undefined) return refusal('NOT_FOUND', 'this caller has no such media buy');
  const now = desk.clock.now().toISOString();
  const buy = ticked(stored, now);
  const next = forced(buy, status, now, rejection_reason);
  if (next === 'illegal') return refusal('INVALID_TRANSITION', `a media buy that is ${buy.status} cannot become ${status}`, buy.status);
  return moved(buy.status, next.status, next === stored ? [] : [{ kind: 'put_media_buy', buy: next }], [`media_buy:${media_buy_id}`]);
};
