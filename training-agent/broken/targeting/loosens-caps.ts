import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Keeps a cap that is twice the one that was asked for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A frequency cap is kept as it was asked for.',
  tells: retellsObjects(BUYS, (object) => ('max_impressions' in object
    ? { ...object, max_impressions: number(object['max_impressions']) * 2 } : object)),
});
