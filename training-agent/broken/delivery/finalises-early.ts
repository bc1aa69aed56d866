import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Says since when figures are final that are not. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Only final figures say when they became final.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) =>
    ('spend' in row && row['is_final'] !== true ? { ...row, is_final: false, finalized_at: '2026-01-01T00:00:00Z' } : row)),
});
