import { lying } from '../lying.ts';
import { valueAt } from '../retelling.ts';
import { LISTS, retells } from '../telling.ts';

/** Leaves out the first row of every page but the first. */
export const { promise, facade, openSandbox } = lying({
  promise: 'No row of a list falls between two pages.',
  tells: retells(LISTS, (document, { request }) => (valueAt(request, 'pagination.cursor') === undefined ? document
    : Object.fromEntries(Object.entries(document).map(([name, member]) => [name, Array.isArray(member) ? member.slice(1) : member])))),
});
