import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Does not say until when a commitment holds. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A commitment says until when it holds.',
  tells: retellsRows(['get_products'], 'proposals', (proposal) => without(proposal, 'expires_at')),
});
