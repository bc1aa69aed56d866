import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Ranks the whole catalogue by a brief that it should not have been given. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A brief is refused where the whole catalogue is asked for.',
  tells: mishears(['get_products'], (request) => (request['buying_mode'] === 'wholesale' ? without(request, 'brief') : request)),
});
