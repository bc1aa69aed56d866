import { lying } from '../lying.ts';
import { withPackages, without } from '../retelling.ts';
import { BUYS, retells } from '../telling.ts';

/** Shows a package without what was bid for it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A bid is shown as it was made.',
  tells: retells(BUYS, (document) => withPackages(document, (row) => without(row, 'bid_price'))),
});
