import { lying } from '../lying.ts';
import { isObject, without } from '../retelling.ts';
import { LISTS, mishears } from '../telling.ts';

/** Begins every page anew. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Each row of a list is on one page.',
  tells: mishears(LISTS, (request) =>
    (isObject(request['pagination']) ? { ...request, pagination: without(request['pagination'], 'cursor') } : request)),
});
