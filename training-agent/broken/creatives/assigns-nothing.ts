import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Takes assignments, and does not make them. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative that is assigned along with its upload is in its package.',
  tells: mishears(['sync_creatives'], (request) => without(request, 'assignments')),
});
