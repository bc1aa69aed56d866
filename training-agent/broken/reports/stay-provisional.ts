import { lying } from '../lying.ts';
import { rewrites, withReported } from '../relaying.ts';

/** Never calls figures final. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The last figures that are posted are final.',
  webhooks: rewrites((body) => withReported(body, (row) => ('is_final' in row ? { ...row, is_final: false } : row))),
});
