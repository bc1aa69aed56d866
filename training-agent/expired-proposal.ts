import { refuse } from '../src/protocol/errors.ts';
import type { CreateMediaBuyRequest, CreateMediaBuySuccess } from '../src/protocol/wire/create-media-buy.ts';
import type { UseCase } from '../src/usecases/desk.ts';

/** A proposal that every caller of a sandbox has let expire. Nobody can wait in a test until one does; the harness knows this one by name. */
const EXPIRED = 'expired-proposal-sentinel-v1';

/** `create_media_buy` that knows of a proposal whose time is over. */
export function oneProposalExpired(createMediaBuy: UseCase<CreateMediaBuyRequest, CreateMediaBuySuccess>): UseCase<CreateMediaBuyRequest, CreateMediaBuySuccess> {
  return async (request, caller, desk) => {
    const decision = await createMediaBuy(request, caller, desk);
    if (request.proposal_id !== EXPIRED || decision.kind !== 'refused' || decision.errors[0].code !== 'PROPOSAL_NOT_FOUND') return decision;
    return refuse('PROPOSAL_EXPIRED', `proposal "${EXPIRED}" expired`, { field: 'proposal_id' });
  };
}
