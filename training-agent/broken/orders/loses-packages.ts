import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Shows a package less than was bought. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A buy is shown with all of its packages.',
  tells: retellsRows(['get_media_buys'], 'media_buys', (buy) => ({ ...buy, packages: rowsOf(buy['packages']).slice(0, 1) })),
});
