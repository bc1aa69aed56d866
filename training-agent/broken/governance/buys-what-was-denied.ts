import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Books what the governance agent of the account has denied. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What governance denies is not bought.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'GOVERNANCE_DENIED', boughtAsAsked),
});
