import { lying } from '../lying.ts';
import { withPackages, without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Forgets what the buyer calls a package. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The context of a package is kept with it.',
  tells: retells(['get_media_buys', 'update_media_buy'], (document) => withPackages(document, (row) => without(row, 'context'))),
});
