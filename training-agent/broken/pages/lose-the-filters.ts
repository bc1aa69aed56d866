import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Goes on with everything where a page ended. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A page goes on with what was asked for.',
  tells: mishears(['list_creatives'], (request) =>
    (isObject(request['pagination']) && 'cursor' in request['pagination'] ? without(request, 'filters') : request)),
});
