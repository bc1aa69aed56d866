import { lying } from '../lying.ts';
import { rewrites, withReported } from '../relaying.ts';
import { without } from '../retelling.ts';

/** Does not say which figures the new ones take the place of. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Figures of a later window say which window they supersede.',
  webhooks: rewrites((body) => withReported(body, (row) => without(row, 'supersedes_window'))),
});
