import { lying } from '../lying.ts';
import { withPackages, without } from '../retelling.ts';
import { BUYS, retells } from '../telling.ts';

/** Shows a package as if it ran for everybody. */
export const { promise, facade, openSandbox } = lying({
  promise: 'What a package is targeted at is shown as it was asked for.',
  tells: retells(BUYS, (document) => withPackages(document, (row) => without(row, 'targeting_overlay'))),
});
