import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Reports what vendors measure, and does not say that it can aim at it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A product says which metrics of vendors a goal can aim at.',
  tells: retellsObjects(['get_products'], (product) => without(product, 'vendor_metric_optimization')),
});
