import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Takes events from a source that was never registered. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Events of a source that was never registered are refused.',
  tells: pretends(['log_event'], ({ field }) => field === 'event_source_id', ({ request }) => {
    const { length } = rowsOf(request['events']);
    return { events_received: length, events_processed: length, match_quality: 0.5 };
  }),
});
