import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Counts one item more than it was given. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A catalogue has as many items as were uploaded.',
  tells: retellsRows(['sync_catalogs'], 'catalogs', (row) => ('item_count' in row ? { ...row, item_count: number(row['item_count']) + 1 } : row)),
});
