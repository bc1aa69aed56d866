import { lying } from '../lying.ts';
import { rewrites, withReported } from '../relaying.ts';
import { number } from '../retelling.ts';

/** Posts other figures than it answers. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A report that is posted says what one that is asked for says.',
  webhooks: rewrites((body) => withReported(body, (row) => ({ ...row, impressions: number(row['impressions']) + 1 }))),
});
