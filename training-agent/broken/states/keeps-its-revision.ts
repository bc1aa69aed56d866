import { lying } from '../lying.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Changes a buy, and says that it is the same. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Every change of a buy raises its revision.',
  tells: retellsObjects(BUYS, (object) => ('revision' in object ? { ...object, revision: 1 } : object)),
});
