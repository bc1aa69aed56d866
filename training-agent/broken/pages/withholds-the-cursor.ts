import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { LISTS, retells } from '../telling.ts';

/** Says that there is more, and not how to get there. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A page with more behind it has a cursor.',
  tells: retells(LISTS, (document) =>
    (isObject(document['pagination']) ? { ...document, pagination: without(document['pagination'], 'cursor') } : document)),
});
