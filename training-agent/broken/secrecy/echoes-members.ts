import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Repeats the members of an audience. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The members of an audience are never shown.',
  tells: retellsRows(['sync_audiences'], 'audiences', (row, { request }, at) =>
    ({ ...row, members: rowsOf(request['audiences'])[at]?.['add'] })),
});
