import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Counts whom it reached, and not what it counts. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Reach is told with its unit.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => without(row, 'reach_unit')),
});
