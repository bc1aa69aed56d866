import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells what it does not have. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A product that is not there cannot be bought.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'PRODUCT_NOT_FOUND', boughtAsAsked),
});
