import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells half of what happened on each day. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The days of a package add up to the package.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) =>
    ('date' in row && 'impressions' in row ? { ...row, impressions: Math.floor(number(row['impressions']) / 2) } : row)),
});
