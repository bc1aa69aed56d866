import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Tells the largest part of delivery a second time. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The parts of what a package delivered do not add up to more than the whole.',
  tells: retellsObjects(['get_media_buy_delivery'], (row) => {
    const [largest, ...others] = rowsOf(row['by_geo']);
    return largest === undefined ? row : { ...row, by_geo: [largest, { ...largest, geo_code: 'US' }, ...others] };
  }),
});
