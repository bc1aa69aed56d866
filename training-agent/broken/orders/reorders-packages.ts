import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Confirms the packages in an order of its own. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Packages come back in the order in which they were asked for.',
  tells: retells(['create_media_buy'], (document) => ({ ...document, packages: rowsOf(document['packages']).toReversed() })),
});
