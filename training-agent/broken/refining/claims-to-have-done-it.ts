import { lying } from '../lying.ts';
import { retellsRows } from '../telling.ts';

/** Says that every wish was met. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A wish that could not be met is called so.',
  tells: retellsRows(['get_products'], 'refinement_applied', (entry) => ({ ...entry, status: 'applied' })),
});
