import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Runs for those whom the buyer wanted left out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An audience that is excluded stays excluded.',
  tells: retellsObjects(BUYS, (object) => ('audience_exclude' in object
    ? { ...without(object, 'audience_exclude'), audience_include: object['audience_exclude'] } : object)),
});
