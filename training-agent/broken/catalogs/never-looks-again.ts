import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Fetches a feed once, and does not say when it would again. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A catalogue that is fed by an address says when it is fetched next.',
  tells: retellsRows(['sync_catalogs'], 'catalogs', (row) => without(row, 'next_fetch_at')),
});
