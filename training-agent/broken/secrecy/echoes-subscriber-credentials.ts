import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Repeats the credentials of a subscriber. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The secret of a subscriber is never shown.',
  tells: retellsRows(['sync_accounts'], 'accounts', (row, { request }, at) => ({
    ...row, ...('notification_configs' in row ? { notification_configs: rowsOf(request['accounts'])[at]?.['notification_configs'] } : {}),
  })),
});
