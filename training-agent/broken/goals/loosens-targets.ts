import { lying } from '../lying.ts';
import { isObject, number } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Aims at twice what a result may cost. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A target is kept as it was asked for.',
  tells: retellsObjects(BUYS, (object) =>
    (isObject(object['target']) ? { ...object, target: { ...object['target'], value: number(object['target']['value']) * 2 } } : object)),
});
