import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Tells the reach of every span as that of the whole flight. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Reach is told with the span that it was counted in.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) =>
    ('reach_window' in row ? { ...row, reach_window: { kind: 'cumulative' } } : row)),
});
