import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells a plan that nobody made. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A plan that is not known is not sold.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'PROPOSAL_NOT_FOUND', boughtAsAsked),
});
