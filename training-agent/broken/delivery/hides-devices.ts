import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells places, and keeps devices to itself. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Delivery is told by device where that was asked for and the product can.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => without(row, 'by_device_type')),
});
