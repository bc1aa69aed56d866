import { lying } from '../lying.ts';
import { isObject } from '../retelling.ts';
import { LISTS, retells } from '../telling.ts';

/** Leads on from the last page. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The last page of a list has no cursor.',
  tells: retells(LISTS, (document) =>
    (isObject(document['pagination']) ? { ...document, pagination: { cursor: 'bW9yZQ', ...document['pagination'] } } : document)),
});
