import { lying } from '../lying.ts';
import { isObject } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Shows to whoever reads a buy what opens the buyer's lists. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The token that opens a list is not shown.',
  tells: retellsObjects(BUYS, (object) => (isObject(object['collection_list'])
    ? { ...object, collection_list: { ...object['collection_list'], auth_token: 'of the buyer' } } : object)),
});
