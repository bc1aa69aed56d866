import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Says of a fixed price that it is a floor, too. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A price is fixed, or an auction\'s.',
  tells: retellsObjects(['get_products'], (object) =>
    ('fixed_price' in object ? { ...object, floor_price: object['fixed_price'] } : object)),
});
