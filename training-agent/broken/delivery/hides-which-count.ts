import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells figures without the window that they were counted in. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Figures that are counted in windows say in which one.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => without(row, 'measurement_window')),
});
