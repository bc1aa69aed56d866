import { lying } from '../lying.ts';
import { retellsRows } from '../telling.ts';

/** Says of every audience that it can be used. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An audience with fewer members than are needed is not ready.',
  tells: retellsRows(['sync_audiences'], 'audiences', (row) =>
    ('status' in row
      ? { ...row, status: 'ready', matched_count: row['matched_count'] ?? 3, minimum_size: row['minimum_size'] ?? 100 } : row)),
});
