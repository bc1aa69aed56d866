import { lying } from '../lying.ts';
import { isObject } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Tells countries, whatever level was asked for. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Places are told at the level that was asked for.',
  tells: mishears(['get_media_buy_delivery'], (request) => {
    const dimensions = request['reporting_dimensions'];
    if (!isObject(dimensions) || !isObject(dimensions['geo'])) return request;
    return { ...request, reporting_dimensions: { ...dimensions, geo: { ...dimensions['geo'], geo_level: 'country' } } };
  }),
});
