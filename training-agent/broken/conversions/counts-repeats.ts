import { lying } from '../lying.ts';
import { freshKey, rowsOf } from '../retelling.ts';

/** Counts an event as often as it is sent. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An event that its source sends again counts once.',
  tells: () => {
    const seen = new Set<string>();
    return (call, honest) => {
      if (call.task !== 'log_event') return honest(call);
      const events = rowsOf(call.request['events']).map((event) => {
        const mark = JSON.stringify([call.request['event_source_id'], event['event_id'], event['event_type']]);
        const again = seen.has(mark);
        seen.add(mark);
        return again ? { ...event, event_id: freshKey() } : event;
      });
      return honest({ ...call, request: { ...call.request, events } });
    };
  },
});
