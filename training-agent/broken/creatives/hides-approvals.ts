import { lying } from '../lying.ts';
import { withPackages, without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Does not say what became of the creatives of a package. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A package says of each of its creatives whether it is approved.',
  tells: retells(['get_media_buys'], (document) => withPackages(document, (row) => without(row, 'creative_approvals'))),
});
