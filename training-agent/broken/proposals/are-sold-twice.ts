import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells a plan that was bought. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A plan is bought once.',
  tells: pretends(['create_media_buy'], ({ code, field }) => code === 'INVALID_STATE' && field === 'proposal_id', boughtAsAsked),
});
