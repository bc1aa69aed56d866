import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishearsPackages } from '../telling.ts';

/** Takes an order, and leaves the creatives in it lying. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Creatives that come with an order are in the library and in their package.',
  tells: mishearsPackages((bought) => without(bought, 'creatives')),
});
