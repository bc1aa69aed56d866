import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells what was spent in hundredths of the currency. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What was spent is told in the units of its currency.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => ('spend' in row ? { ...row, spend: number(row['spend']) * 100 } : row)),
});
