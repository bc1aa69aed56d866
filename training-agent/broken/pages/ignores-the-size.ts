import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { LISTS, mishears } from '../telling.ts';

/** Gives as much as it likes. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A page holds no more rows than were asked for.',
  tells: mishears(LISTS, (request) =>
    (isObject(request['pagination']) ? { ...request, pagination: without(request['pagination'], 'max_results') } : request)),
});
