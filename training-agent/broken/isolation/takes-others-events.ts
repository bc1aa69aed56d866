import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Counts events for a source of another buyer. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Only its buyer logs events of a source.',
  tells: asksAsOthers(['log_event']),
});
