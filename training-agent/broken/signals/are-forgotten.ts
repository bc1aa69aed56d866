import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Does not tell by which signals a package is targeted. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The signals of a package are told with it.',
  tells: retellsObjects(BUYS, (object) => without(without(object, 'signal_targeting'), 'signal_targeting_groups')),
});
