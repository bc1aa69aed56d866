import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Keeps what vendors measured to itself. */
export const { promise, facade, openSandbox } = lying({
  promise: "A vendor's metric that was committed is reported when it was measured.",
  tells: retellsObjects(['get_media_buy_delivery'], (row) => without(row, 'vendor_metric_values')),
});
