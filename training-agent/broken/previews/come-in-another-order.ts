import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Answers the last of a batch first. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The results of a batch of previews stand in the order of its requests.',
  tells: retells(['preview_creative'], (document) =>
    ('results' in document ? { ...document, results: rowsOf(document['results']).toReversed() } : document)),
});
