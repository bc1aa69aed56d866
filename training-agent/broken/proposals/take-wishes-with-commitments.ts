import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Commits, and leaves the wishes beside it aside. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A commitment stands alone.',
  tells: mishears(['get_products'], (request) => {
    const commitments = rowsOf(request['refine']).filter(({ action }) => action === 'finalize');
    return commitments.length > 0 ? { ...request, refine: commitments } : request;
  }),
});
