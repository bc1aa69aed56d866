import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { BUYS, retellsObjects } from '../telling.ts';

/** Adds its fee to what the buyer set aside. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The budget of a buy is the sum of its packages.',
  tells: retellsObjects(BUYS, (object) =>
    ('total_budget' in object ? { ...object, total_budget: number(object['total_budget']) * 1.05 } : object)),
});
