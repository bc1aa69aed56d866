import { CREATIVE_EDGES, type CreativeRecord } from '../../src/domain/creative.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Moves a creative along the edges of its states (seller specification §3.5); where it already is, it may stay. */
export const forceCreativeStatus: Scenario<'force_creative_status'> = async (params, { caller, desk }) => {
  const { creative_id, status, rejection_reason } = params;
  const [known] = await desk.store.creatives(caller.reach, [creative_id]);
  if (known === undefined) return refusal('NOT_FOUND', 'this caller has no such creative');
  if (known.status === status) return moved(status, status);
  if (!CREATIVE_EDGES[known.status].includes(status))
    return refusal('INVALID_TRANSITION', `a creative that is ${known.status} cannot become ${status}`, known.status);
  const { rejection_reason: _past, ...kept } = known;
  const creative: CreativeRecord = {
    ...kept, status, updated_date: desk.clock.now().toISOString(), ...(status === 'rejected' && rejection_reason ? { rejection_reason } : {}),
  };
  return moved(known.status, status, [{ kind: 'put_creative', creative }], [`creative:${creative_id}`]);
};
