import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Tells of the first thing that an order has lost, as if that concerned all its packages. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Each thing that a media buy has lost is told by itself, with the packages that it concerns.',
  tells: retellsRows(['get_media_buys'], 'media_buys', (buy) => {
    const [first, ...others] = rowsOf(buy['impairments']);
    if (first === undefined || others.length === 0) return buy;
    return { ...buy, impairments: [{ ...first, package_ids: rowsOf(buy['packages']).map(({ package_id }) => package_id) }] };
  }),
});
