import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { mishears } from '../telling.ts';

const HOUR_MS = 3_600_000;

/** Dates events by the clock of New York. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Conversions stand on the UTC day on which they happened.',
  tells: mishears(['log_event'], (request) => ({
    ...request,
    events: rowsOf(request['events']).map((event) => ({ ...event, event_time: new Date(Date.parse(String(event['event_time'])) - 5 * HOUR_MS).toISOString() })),
  })),
});
