import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Does not say what became of the wishes. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Every wish is answered.',
  tells: retells(['get_products'], (document) => without(document, 'refinement_applied')),
});
