import { lying } from '../lying.ts';
import { retellsRows } from '../telling.ts';

/** Says of every account that it was opened just now. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An account that was there already is not told as created.',
  tells: retellsRows(['sync_accounts'], 'accounts', (row) => (row['action'] === 'failed' ? row : { ...row, action: 'created' })),
});
