import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Knows nothing of the accounts that it opened. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An account that was opened is listed.',
  tells: retells(['list_accounts'], (document) => ({ ...document, accounts: [] })),
});
