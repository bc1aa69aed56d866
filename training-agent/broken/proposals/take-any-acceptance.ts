import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells a plan on the acceptance of another order. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An acceptance counts for the order that it names.',
  tells: pretends(['create_media_buy'], ({ code }) => code === 'IO_REQUIRED', boughtAsAsked),
});
