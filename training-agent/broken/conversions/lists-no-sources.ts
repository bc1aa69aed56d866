import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Knows nothing of the sources that were registered. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Registered sources are listed when they are asked for.',
  tells: retells(['sync_event_sources'], (document, { request }) =>
    ('event_sources' in request ? document : { ...document, event_sources: [] })),
});
