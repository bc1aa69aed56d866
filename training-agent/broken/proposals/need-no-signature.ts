import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells a plan without an acceptance of its order. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A plan under an insertion order is sold to whoever accepts that order.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'IO_REQUIRED', boughtAsAsked),
});
