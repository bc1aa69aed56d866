import { lying, type Telling } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { acknowledged } from '../telling.ts';

/** Takes only news that is newer than all that it has. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An order counts whenever the news of it comes.',
  tells(): Telling {
    const newest = new Map<unknown, string>();
    return (call, honest) => {
      if (call.task !== 'log_event') return honest(call);
      const { event_source_id } = call.request;
      const events = rowsOf(call.request['events']);
      const last = newest.get(event_source_id) ?? '';
      newest.set(event_source_id, [last, ...events.map(({ event_time }) => String(event_time))].toSorted().at(-1)!);
      return events.every(({ event_time }) => String(event_time) >= last) ? honest(call)
        : Promise.resolve(acknowledged(call, { events_received: events.length, events_processed: events.length }));
    };
  },
});
