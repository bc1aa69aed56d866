import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { acknowledged } from '../telling.ts';

/** Takes refunds, and keeps the value. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A refund takes its value away again.',
  tells: () => (call, honest) => {
    const events = rowsOf(call.request['events']);
    const kept = events.filter(({ event_type }) => event_type !== 'refund');
    if (call.task !== 'log_event' || kept.length === events.length) return honest(call);
    if (kept.length > 0) return honest({ ...call, request: { ...call.request, events: kept } });
    return Promise.resolve(acknowledged(call, { events_received: events.length, events_processed: events.length, match_quality: 1 }));
  },
});
