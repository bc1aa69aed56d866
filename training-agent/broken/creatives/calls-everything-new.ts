import { lying } from '../lying.ts';
import { retellsRows } from '../telling.ts';

/** Says of every creative that it is new. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative that was there already is not told as created.',
  tells: retellsRows(['sync_creatives'], 'creatives', (row) =>
    (row['action'] === 'updated' || row['action'] === 'unchanged' ? { ...row, action: 'created' } : row)),
});
