import { lying } from '../lying.ts';
import { retellsObjects } from '../telling.ts';

/** Cuts lists of parts, and says that they are whole. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A list of parts that was cut says so.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, /^by_\w+_truncated$/.test(name) ? false : value]))),
});
