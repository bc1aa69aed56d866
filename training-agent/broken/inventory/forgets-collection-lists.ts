import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Does not tell in which list of collections a package runs. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The list of collections of a package is told with it.',
  tells: retellsObjects(BUYS, (object) => without(object, 'collection_list')),
});
