import { lying } from '../lying.ts';
import { withPackages, without } from '../retelling.ts';
import { BUYS, retells } from '../telling.ts';

/** Shows a package without the price that it was bought at. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A package shows the pricing option that it was bought with.',
  tells: retells(BUYS, (document) => withPackages(document, (row) => without(row, 'pricing_option_id'))),
});
