import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Hears every wish of a search but the one for a currency. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A search in one currency shows no price in another.',
  tells: mishears(['get_products'], (request) => (isObject(request['filters']) ? { ...request, filters: without(request['filters'], 'pricing_currencies') } : request)),
});
