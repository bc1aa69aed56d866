import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells rates in hundredths. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A rate is a part of one.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => Object.fromEntries(Object.entries(row).map(([name, value]) =>
    [name, ['ctr', 'completion_rate', 'viewable_rate'].includes(name) ? number(value) * 100 : value]))),
});
