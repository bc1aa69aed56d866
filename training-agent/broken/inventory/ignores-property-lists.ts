import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Searches everywhere, whatever the list says. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A search within a list of properties finds what is on them.',
  tells: mishears(['get_products'], (request) => without(request, 'property_list')),
});
