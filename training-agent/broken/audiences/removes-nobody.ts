import { lying } from '../lying.ts';
import { rowsOf, without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Keeps the members that were taken out. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A member that was removed is in the audience no longer.',
  tells: mishears(['sync_audiences'], (request) =>
    ('audiences' in request ? { ...request, audiences: rowsOf(request['audiences']).map((each) => without(each, 'remove')) } : request)),
});
