import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Keeps the clicks to itself. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A metric that the product reports is reported.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => without(row, 'clicks')),
});
