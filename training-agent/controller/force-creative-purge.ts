import { purgeFlaw } from '../../src/domain/creative-purge.ts';
import { purgeCreative } from '../../src/usecases/purge-creative.ts';
import { moved, refusal, type Scenario } from './scenario.ts';

/** Destroys a creative as a retention sweep or a takedown would, and tells its subscribers. */
export const forceCreativePurge: Scenario<'force_creative_purge'> = async (params, { caller, desk }) => {
  const { creative_id, purge_kind: kind = 'soft', reason_detail } = params;
  const reason_code = params.reason_code ?? (kind === 'hard' ? 'legal_erasure' : 'retention_expired');
  const [known] = await desk.store.creatives(caller.reach, [creative_id]);
  if (known === undefined) return refusal('NOT_FOUND', 'this caller has no such creative');
  const flaw = purgeFlaw(kind, reason_code);
  if (flaw !== undefined) return refusal('INVALID_PARAMS', `params.purge_kind: ${flaw}`);
  const initiator = reason_code === 'retention_expired' ? 'system' as const : 'seller' as const;
  const changes = await purgeCreative(known, { kind, reason_code, initiator, ...(reason_detail === undefined ? {} : { reason_detail }) }, desk);
  return moved(known.status, 'purged', changes, [`creative:${creative_id}`]);
};
