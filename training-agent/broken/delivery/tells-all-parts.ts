import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Tells every part, however few were asked for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'As many parts of delivery are told as were asked for.',
  tells: mishears(['get_media_buy_delivery'], (request) => {
    const dimensions = request['reporting_dimensions'];
    if (!isObject(dimensions)) return request;
    const all = Object.entries(dimensions).map(([name, cut]) => [name, isObject(cut) ? without(cut, 'limit') : cut]);
    return { ...request, reporting_dimensions: Object.fromEntries(all) };
  }),
});
