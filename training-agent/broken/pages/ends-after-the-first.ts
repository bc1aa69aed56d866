import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { LISTS, retells } from '../telling.ts';

/** Says that the first page is all there is. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A list that goes on says so.',
  tells: retells(LISTS, (document) =>
    (isObject(document['pagination'])
      ? { ...document, pagination: { ...without(document['pagination'], 'cursor'), has_more: false } } : document)),
});
