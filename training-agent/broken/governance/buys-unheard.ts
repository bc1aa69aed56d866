import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Books without a word of the governance agent. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Nothing is bought before governance was heard.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'GOVERNANCE_UNAVAILABLE', boughtAsAsked),
});
