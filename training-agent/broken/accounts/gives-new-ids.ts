import { lying } from '../lying.ts';
import { freshKey } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Opens a new account whenever it is asked for the old one. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An account that is synced again keeps its id.',
  tells: retellsRows(['sync_accounts'], 'accounts', (row) =>
    ('account_id' in row ? { ...row, account_id: `acct_${freshKey().slice(0, 8)}` } : row)),
});
