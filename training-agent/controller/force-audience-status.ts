import { AUDIENCE_EDGES, type AudienceRecord } from '../../src/domain/audience.ts';
import { audienceStatus } from '../../src/domain/audience-view.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Moves an audience along the edges of its states (seller specification §3.5); where it already is, it may stay. */
export const forceAudienceStatus: Scenario<'force_audience_status'> = async (params, { caller, desk }) => {
  const { audience_id, status, reason } = params;
  const [known] = await desk.store.audiences(caller.reach, [audience_id]);
  if (known === undefined) return refusal('NOT_FOUND', 'this caller has no such audience');
  const present = audienceStatus(known, desk.features.audience_targeting?.minimum_audience_size ?? 1);
  if (present !== status && !AUDIENCE_EDGES[present].includes(status))
    return refusal('INVALID_TRANSITION', `an audience that is ${present} cannot become ${status}`, present);
  const { forced_reason: _past, ...kept } = known;
  const audience: AudienceRecord = {
    ...kept, forced_status: status, forced_at: known.forced_status === status && known.forced_at ? known.forced_at : desk.clock.now().toISOString(), ...(status === 'suspended' && reason ? { forced_reason: reason } : {}),
  };
  return moved(present, status, [{ kind: 'put_audience', audience, add: [], remove: [] }], [`audience:${audience_id}`]);
};
