import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Says of every account that it was opened. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An account that could not be opened says so.',
  tells: retellsRows(['sync_accounts'], 'accounts', (row) =>
    (row['action'] === 'failed' ? { ...without(row, 'errors'), action: 'created', status: 'active' } : row)),
});
