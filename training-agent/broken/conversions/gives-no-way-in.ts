import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Registers a source, and does not say how to feed it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A registered source says how to send events.',
  tells: retellsRows(['sync_event_sources'], 'event_sources', (row) => without(row, 'setup')),
});
