import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Does not say whether the list of properties counted. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An answer says whether the list of properties counted.',
  tells: retells(['get_products'], (document) => without(document, 'property_list_applied')),
});
