import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Counts what it cannot show, and does not say which items that are. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An item that cannot be shown is named, with the reason.',
  tells: retellsRows(['sync_catalogs'], 'catalogs', (row) => without(row, 'item_issues')),
});
