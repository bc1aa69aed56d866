import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Counts events that were sent to try the way. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Events of a test are checked, and not counted.',
  tells: mishears(['log_event'], (request) => without(request, 'test_event_code')),
});
