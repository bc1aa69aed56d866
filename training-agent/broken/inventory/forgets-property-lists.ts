import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Does not tell on which list of properties a package runs. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The list of properties of a package is told with it.',
  tells: retellsObjects(BUYS, (object) => without(object, 'property_list')),
});
