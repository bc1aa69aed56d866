import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells the smallest part first. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Parts of delivery stand in the order that was asked for, the largest first.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, /^by_(?:geo|device_type)$/.test(name) ? rowsOf(value).toReversed() : value]))),
});
