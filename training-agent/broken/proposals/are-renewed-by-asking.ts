import type { JsonObject } from '../../../src/protocol/envelope.ts';
import { lying } from '../lying.ts';
import { freshKey } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Writes a new insertion order whenever it is asked. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Committing again changes nothing about a commitment.',
  tells: retellsRows(['get_products'], 'proposals', (proposal) =>
    ('insertion_order' in proposal ? { ...proposal, insertion_order: { ...(proposal['insertion_order'] as JsonObject), io_id: `io_${freshKey()}` } } : proposal)),
});
