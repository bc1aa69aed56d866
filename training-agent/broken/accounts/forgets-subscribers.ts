import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Takes subscribers, and forgets them. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Subscribers that were registered are shown with their account.',
  tells: retellsRows(['list_accounts', 'sync_accounts'], 'accounts', (row) => without(row, 'notification_configs')),
});
