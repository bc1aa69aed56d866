import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells packages, and not which creatives ran in them. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A product that reports by creative does.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => without(row, 'by_creative')),
});
