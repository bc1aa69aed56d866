import { lying } from '../lying.ts';
import { isObject } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Stays out of a list of collections that the buyer has dropped. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A list of collections that a change leaves out is gone.',
  tells: retellsObjects(BUYS, (object) => (isObject(object['collection_list']) && object['collection_list_exclude'] === undefined
    ? { ...object, collection_list_exclude: { ...object['collection_list'], list_id: 'dropped' } } : object)),
});
