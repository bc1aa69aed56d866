import type { CreativeEventReason } from '../../src/domain/creative-notice.ts';
import { CREATIVE_EDGES, inStatus, type CreativeRecord, type CreativeStatus } from '../../src/domain/creative.ts';
import { creativeNews } from '../../src/usecases/creative-news.ts';
import { touchedBuys } from '../../src/usecases/touched-buys.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Moves a creative along the edges of its states (seller specification §3.5); where it already is, it may stay. Where people look at creatives, buys go on by it. */
export const forceCreativeStatus: Scenario<'force_creative_status'> = async (params, { caller, desk }) => {
  const { creative_id, status, rejection_reason } = params;
  const detail = params.reason_detail ?? rejection_reason;
  const [known] = await desk.store.creatives(caller.reach, [creative_id]);
  if (known === undefined) return refusal('NOT_FOUND', 'this caller has no such creative');
  if (known.status === status) return moved(status, status);
  if (!CREATIVE_EDGES[known.status].includes(status))
    return refusal('INVALID_TRANSITION', `a creative that is ${known.status} cannot become ${status}`, known.status);
  const { rejection_reason: _past, ...kept } = known;
  const now = desk.clock.now().toISOString();
  const creative: CreativeRecord = {
    ...inStatus(kept, status, now), updated_date: now, ...(status === 'rejected' && rejection_reason ? { rejection_reason } : {}),
  };
  const cause = { reason_code: params.reason_code ?? usualReason(known.status, status), ...(detail === undefined ? {} : { reason_detail: detail }), initiator: 'seller' as const };
  const news = await creativeNews(creative, { kind: 'status_changed', from: known.status, to: status, ...cause }, desk);
  const buys = desk.review?.creatives ? await touchedBuys(creative, 'changed', desk) : [];
  return moved(known.status, status, [{ kind: 'put_creative', creative }, ...news, ...buys], [`creative:${creative_id}`]);
};

/** Why a creative moves, when the test does not say. */
function usualReason(from: CreativeStatus, to: CreativeStatus): CreativeEventReason {
  if (to === 'approved') return 'review_passed';
  if (from === 'processing') return to === 'rejected' ? 'processing_failure' : 'seller_rereview';
  if (from === 'pending_review') return 'review_failure';
  return to === 'archived' ? 'seller_archive' : 'policy_revocation';
}
