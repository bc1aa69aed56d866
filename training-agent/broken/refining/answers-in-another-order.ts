import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Answers wishes from the last to the first. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Wishes are answered in their order.',
  tells: retells(['get_products'], (document) =>
    ('refinement_applied' in document ? { ...document, refinement_applied: rowsOf(document['refinement_applied']).toReversed() } : document)),
});
